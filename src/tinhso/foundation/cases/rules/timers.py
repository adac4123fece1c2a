"""When somebody is to be told about open work, and who. Pure.

Decree 118/2025/NĐ-CP: what was filed online is shown to the officer within 2 hours (art. 17.2); who will be late says
so and apologises a day before (art. 19.6); read. Warnings and telling the head are practice (assumed). The lengths are
law data (`data/periods.yaml` of calendars).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tinhso.core.errors import Invalid
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.period import Period, after, before


class Timer(StrEnum):
    """What is told. The value is also the key of the alert."""

    UNCLAIMED = "unclaimed"
    WARN = "warn"
    APOLOGISE = "apologise"
    LATE = "late"


PERIODS: Mapping[Timer, str] = {
    Timer.UNCLAIMED: "first-alert",
    Timer.WARN: "warn-before",
    Timer.APOLOGISE: "apologise-before",
    Timer.LATE: "escalate-after",
}
"""The period of law that each timer counts."""

TELLS_HEAD = frozenset({Timer.LATE})
"""What is also told to those in charge of the post's agency; the rest only to the post."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the timers of one open piece of work depend on. `entry`: it takes in what a person filed online.
    `case_due`: None while the clock is paused, or where the procedure has no date."""

    opened_at: datetime
    due_at: datetime
    case_due: datetime | None = None
    claimed: bool = False
    entry: bool = False


def moments(
    work: Work, periods: Mapping[Timer, Period], calendar: WorkingCalendar
) -> tuple[tuple[datetime, Timer], ...]:
    """The moments at which something is told of `work`, in order.

    A warning that would come before the work was opened is left out: it would tell nothing new.
    """
    found: list[tuple[datetime, Timer]] = []
    for timer, moment in _each(work, periods, calendar):
        if moment > work.opened_at:
            found.append((moment, timer))
    return tuple(sorted(found))


def _each(work: Work, periods: Mapping[Timer, Period], calendar: WorkingCalendar) -> tuple[tuple[Timer, datetime], ...]:
    ways = [(Timer.LATE, work.due_at, after), (Timer.WARN, work.due_at, before)]
    if work.entry and not work.claimed:
        ways.append((Timer.UNCLAIMED, work.opened_at, after))
    if work.case_due and not work.entry:
        ways.append((Timer.APOLOGISE, work.case_due, before))
    found = []
    for timer, origin, count in ways:
        try:
            found.append((timer, count(origin, periods[timer], calendar)))
        except Invalid:
            continue
    return tuple(found)
