"""What a draft changes in the release it began from, as people compare it: place, before, after. Pure."""

import json
from typing import Any, NamedTuple, Protocol

from tinhso.foundation.cases.rules.difference import differences


class _Base(Protocol):
    document: str
    templates: dict[str, str]


class _Draft(Protocol):
    document: Any
    templates: Any
    base: Any


class Change(NamedTuple):
    """`before` and `after` are empty where there was or is nothing."""

    place: str
    before: str
    after: str


def changes(draft: _Draft) -> tuple[Change, ...]:
    """Every place in which the draft differs, templates by their name."""
    base: _Base | None = draft.base
    before = {"templates": base.templates, **json.loads(base.document)} if base else {}
    after = {"templates": draft.templates, **draft.document}
    return tuple(
        Change(" › ".join(found.place), _said(found.before), _said(found.after)) for found in differences(before, after)
    )


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
