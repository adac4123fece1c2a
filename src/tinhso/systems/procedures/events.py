"""The event types of procedures."""

from dataclasses import dataclass
from typing import Any

from tinhso.foundation.events.types import event_type


@event_type("procedures.record.imported", version=1)
@dataclass(frozen=True, slots=True)
class RecordsImported:
    """New content of the national catalogue was taken in, of one file; `codes` are the records it changed."""

    file: str
    parser_version: int
    created: int
    changed: int
    read_again: int
    codes: list[str]


@event_type("procedures.review.settled", version=1)
@dataclass(frozen=True, slots=True)
class ReviewSettled:
    """A person settled one value of a procedure, at one or several rows that say the same."""

    code: str
    field: str
    positions: list[int | None]
    reasons: list[str]
    value: dict[str, Any]


@event_type("procedures.sector.confirmed", version=1)
@dataclass(frozen=True, slots=True)
class FreeConfirmed:
    """A person confirmed that procedures of a sector, which the catalogue only calls free, are free."""

    sector: str
    codes: list[str]
    items: int
