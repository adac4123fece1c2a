"""Why a date is what it is: the steps of the computation as data. `words.py` says them to people."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tinhso.core.time import iso
from tinhso.foundation.calendars.rules.calendar import Arrival
from tinhso.foundation.calendars.rules.days import DayOff
from tinhso.foundation.calendars.rules.limit import Unit

FIRST_DAY = "Điều 147 Bộ luật Dân sự 2015"
"""In days, weeks and months the first day is not counted; in hours the limit runs from the moment itself."""

LAST_DAY = "Điều 148 Bộ luật Dân sự 2015"
"""A last day that is a day off gives way to the next working day; a month without that day ends on its last."""


class Received(NamedTuple):
    """When the clock was started, and the first open moment from then, from which it runs."""

    at: datetime
    runs_from: datetime
    arrival: Arrival


class Restarted(NamedTuple):
    """The limit runs from zero again; what was counted before is void."""

    at: datetime
    runs_from: datetime
    arrival: Arrival
    ground: str


class Counted(NamedTuple):
    """The limit. `not_counted` is the first day, left out (None in hours and within the day)."""

    amount: int
    unit: Unit
    not_counted: date | None
    basis: str


class ShortMonth(NamedTuple):
    """The last month has no such day: the limit runs to its last day."""

    last_day: date
    basis: str


class AfterCutOff(NamedTuple):
    """Received too late for the same day: the result is due on the next working day."""

    cut_off: str


class Paused(NamedTuple):
    """A pause and what it is worth: seconds of working hours, working days or calendar days, as the unit counts."""

    begin: datetime
    end: datetime
    worth: int
    ground: str


class PausedTooLate(NamedTuple):
    """A pause that began when the limit had already run out; it moves nothing."""

    begin: datetime
    due: datetime


class Standing(NamedTuple):
    """The clock is paused and stands: there is no due date until it runs again."""

    since: datetime
    ground: str


class Extended(NamedTuple):
    amount: int
    unit: Unit
    ground: str


class Shortened(NamedTuple):
    amount: int
    unit: Unit
    ground: str


class Skipped(NamedTuple):
    """Days between the first day and the last that are not working days and were not counted."""

    days: tuple[DayOff, ...]


class Moved(NamedTuple):
    """The last day by the calendar was a day off (or one of several): the end moved to the next working day."""

    last_day: date
    to: date
    days: tuple[DayOff, ...]
    basis: str


class Hours(NamedTuple):
    """Open seconds used on each day; they add up to the limit (and its extensions)."""

    parts: tuple[tuple[date, int], ...]


class Undecided(NamedTuple):
    """The span reaches years whose days off have not been decided and are assumed here."""

    decided_through: date


class NoDate(NamedTuple):
    """The procedure promises no date: people are told when it is done."""


class Ends(NamedTuple):
    """The due moment: close of business of the last day, or the moment when the hours are used up."""

    at: datetime


Step = (
    Received
    | Restarted
    | Counted
    | ShortMonth
    | AfterCutOff
    | Paused
    | PausedTooLate
    | Standing
    | Extended
    | Shortened
    | Skipped
    | Moved
    | Hours
    | Undecided
    | NoDate
    | Ends
)


def plain(step: Step) -> dict[str, Any]:
    """A step as JSON values: `{"step": "paused", "begin": "…+07:00", …}`."""
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in type(step).__name__).lstrip("_")
    return {"step": name, **{key: _plain(value) for key, value in step._asdict().items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, DayOff):
        return {key: _plain(item) for key, item in value._asdict().items() if item != ""}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
