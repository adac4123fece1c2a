"""How far away a due moment is, as people ask: by dates, not by the clock, except on the last day of an hours limit."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tinhso.core.time import business_date
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar


class Timeliness(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Remaining(NamedTuple):
    """`days`: working days left after today (calendar days late, when LATE). `due`: the due moment."""

    timeliness: Timeliness
    days: int
    due: datetime


def timeliness(finished: datetime, due: datetime) -> Timeliness:
    """Dates are compared, not hours, as one-stop systems do: before the due date, on it, after it."""
    done, promised = business_date(finished), business_date(due)
    if done < promised:
        return Timeliness.EARLY
    return Timeliness.ON_TIME if done == promised else Timeliness.LATE


def remaining(due: datetime, now: datetime, calendar: WorkingCalendar) -> Remaining:
    """What is left at `now`. Raises Invalid when today is outside the calendar."""
    state = timeliness(now, due)
    today, last = business_date(now), business_date(due)
    days = (today - last).days if state is Timeliness.LATE else calendar.working_days_between(today, last)
    return Remaining(state, days, due)
