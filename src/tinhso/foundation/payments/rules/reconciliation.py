"""A day's transactions, ours against the gateway's file."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One successful movement at a gateway; `amount` in đồng, below 0 for a refund."""

    external_id: str
    amount: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    external_id: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One day: `missing_here` only the file has, `missing_there` only we have, `different` disagree on the amount."""

    matched: tuple[Row, ...]
    missing_here: tuple[Row, ...]
    missing_there: tuple[Row, ...]
    different: tuple[Difference, ...]

    @property
    def clean(self) -> bool:
        return not (self.missing_here or self.missing_there or self.different)


def compare(ours: Iterable[Row], theirs: Iterable[Row]) -> Reconciliation:
    """Compare by transaction id. Raises ValueError when one side names an id twice."""
    here, there = _by_id(ours), _by_id(theirs)
    both = [key for key in here if key in there]
    return Reconciliation(
        matched=tuple(here[key] for key in both if here[key].amount == there[key].amount),
        missing_here=tuple(row for key, row in there.items() if key not in here),
        missing_there=tuple(row for key, row in here.items() if key not in there),
        different=tuple(
            Difference(key, here[key].amount, there[key].amount)
            for key in both
            if here[key].amount != there[key].amount
        ),
    )


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row.external_id in found:
            raise ValueError(f"transaction {row.external_id} comes twice")
        found[row.external_id] = row
    return found
