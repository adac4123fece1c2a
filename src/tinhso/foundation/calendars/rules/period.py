"""A period counted from, or back from, a moment on a calendar. Pure."""

from datetime import datetime, timedelta
from typing import NamedTuple

from tinhso.core.time import local
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import started


class Period(NamedTuple):
    """`amount` 0: at once."""

    amount: int
    unit: Unit


def after(moment: datetime, period: Period, calendar: WorkingCalendar) -> datetime:
    """When a period that begins at `moment` ends: as a time limit does. Raises Invalid outside the calendar."""
    if not period.amount:
        return local(moment)
    found = due(started(moment), TimeLimit(period.amount, period.unit), calendar).at
    if found is None:
        raise ValueError("a clock just started is running")
    return found


def before(moment: datetime, period: Period, calendar: WorkingCalendar) -> datetime:
    """The last moment that is still a whole period before `moment`.

    In hours: so many open hours earlier. In days: when the office opens on the day so many days earlier (working days,
    or calendar days, then the last working day up to that day). Raises Invalid outside the calendar.
    """
    if not period.amount:
        return local(moment)
    at = local(moment)
    if period.unit is Unit.HOURS:
        opening = calendar.open_seconds_at(calendar.index(at), at.hour * 3600 + at.minute * 60 + at.second)
        return calendar.moment_after(max(opening - period.amount * 3600, 1))
    if period.unit is Unit.WORKING_DAYS:
        number = calendar.working_before[calendar.index(at)] - period.amount
    else:
        days = {Unit.WEEKS: 7, Unit.MONTHS: 30}.get(period.unit, 1) * period.amount
        number = calendar.working_before[calendar.index(at - timedelta(days=days)) + 1] - 1
    day = calendar.working[max(number, 0)]
    return calendar.moment(day, calendar.sessions[day][0][0])
