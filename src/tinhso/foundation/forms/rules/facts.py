"""What a validation needs to know of the world, passed in; and what it finds wrong, as data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Facts:
    """`today` in Vietnam; `prefixes` are the first three digits that personal numbers may have (63 old
    provinces and countries: they never change, so not the list of 34); `communes` maps code to full name as
    of the day of filing. An empty list checks nothing of its kind."""

    today: date
    prefixes: Collection[str] = ()
    communes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one answer; `words.py` says it to a person. `why` is the author's explanation."""

    question: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
