"""The English of `words.py`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from tinhso.foundation.calendars.rules import explanation as why
from tinhso.foundation.calendars.rules.calendar import Arrival
from tinhso.foundation.calendars.rules.days import DayOff, OffKind
from tinhso.foundation.calendars.rules.limit import Unit
from tinhso.foundation.calendars.rules.remaining import Remaining, Timeliness

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = {
    Unit.HOURS: "working hour",
    Unit.DAYS: "day",
    Unit.WORKING_DAYS: "working day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
}
_ARRIVALS = {
    Arrival.BEFORE_OPENING: "before opening",
    Arrival.BETWEEN_SESSIONS: "between sessions",
    Arrival.AFTER_CLOSING: "after closing",
    Arrival.CLOSED_DAY: "on a day off",
}
_BASES = {why.FIRST_DAY: "Civil Code 2015 art. 147", why.LAST_DAY: "Civil Code 2015 art. 148"}
_LISTED_WEEKENDS = 4


def due(at: datetime | None) -> str:
    return f"Due: {moment(at)}" if at else "There is no due date while the clock is paused"


def moment(at: datetime) -> str:
    return f"{at:%H:%M} on {at:%d/%m/%Y}"


def day(value: date) -> str:
    return f"{_WEEKDAYS[value.weekday()]} {_short(value)}"


_WHOLE = {Unit.WITHIN_DAY: "within the day", Unit.NO_DATE: "no date promised"}


def amount(number: int, unit: Unit) -> str:
    return _WHOLE.get(unit) or _many(number, _UNITS[unit])


def relative(left: Remaining) -> str:
    match left.timeliness:
        case Timeliness.LATE:
            return f"{_many(left.days, 'day')} late"
        case Timeliness.ON_TIME:
            return "Due today"
        case Timeliness.EARLY:
            date_text = _short(left.due.date())
            return f"{_many(left.days, 'working day')} left ({date_text})" if left.days else f"Due {date_text}"


def step(value: why.Step, unit: Unit) -> str:
    match value:
        case why.Received(at, runs_from, arrival):
            return f"Received at {moment(at)}{_delayed(runs_from, arrival)}"
        case why.Restarted(at, runs_from, arrival, ground):
            return f"Restarted from zero at {moment(at)}{_delayed(runs_from, arrival)}{_by(ground)}"
        case why.Counted():
            return _counted(value)
        case why.ShortMonth(last_day, basis):
            return f"the last month has no such day, so it runs to {_short(last_day)}{_by(basis)}"
        case why.AfterCutOff(cut_off):
            return f"received after {cut_off}, so the result is due on the next working day"
        case why.Paused(begin, end, worth, ground):
            return f"Paused from {moment(begin)} to before {moment(end)}{_by(ground)}, moved by {_worth(worth, unit)}"
        case why.PausedTooLate(begin, before):
            return f"The pause from {moment(begin)} moves nothing: the limit had run out at {moment(before)}"
        case why.Standing(since, ground):
            return f"Paused since {moment(since)}{_by(ground)}"
        case why.Extended(number, by_unit, ground):
            return f"Extended by {amount(number, by_unit)}{_by(ground)}"
        case why.Shortened(number, by_unit, ground):
            return f"Shortened by {amount(number, by_unit)}{_by(ground)}"
        case why.Skipped(days):
            return f"skipping {_and(_days(days))}"
        case why.Moved(last_day, to, days, basis):
            over = _and(_days(days))
            return f"The last day by the calendar, {day(last_day)}, gives way over {over} to {day(to)}{_by(basis)}"
        case why.Hours(parts):
            return f"counting {_and(f'{_hours(seconds)} on {_short(on)}' for on, seconds in parts)}"
        case why.Undecided(through):
            return f"Days off after {through:%d/%m/%Y} are not decided yet, so this date is provisional"
        case why.NoDate():
            return "This procedure promises no date; you are told as soon as there is a result"
        case why.Ends(at):
            return due(at)


def _counted(value: why.Counted) -> str:
    if value.unit is Unit.WITHIN_DAY:
        return "due within the working day"
    said = f"time limit {amount(value.amount, value.unit)}"
    if value.not_counted:
        return f"{said}, the first day {_short(value.not_counted)} not counted{_by(value.basis)}"
    return f"{said} running from that moment{_by(value.basis)}"


def _delayed(runs_from: datetime, arrival: Arrival) -> str:
    return "" if arrival is Arrival.IN_HOURS else f" ({_ARRIVALS[arrival]}, counted from {moment(runs_from)})"


def _by(ground: str) -> str:
    return f" ({_BASES.get(ground, ground)})" if ground else ""


def _short(value: date) -> str:
    return f"{value.day:02}/{value.month:02}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _worth(worth: int, unit: Unit) -> str:
    if unit is Unit.HOURS:
        return f"{_hours(worth)} of working time"
    counted_in_working_days = unit in (Unit.WORKING_DAYS, Unit.WITHIN_DAY)
    return _many(worth, _UNITS[Unit.WORKING_DAYS if counted_in_working_days else Unit.DAYS])


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02}" if minutes else f"{hours} h"


def _days(days: Sequence[DayOff]) -> list[str]:
    """As in Vietnamese: weekly days off one by one or how many, named ones by name."""
    weekly = [off.day for off in days if off.kind is OffKind.WEEKLY]
    said = [(on, day(on)) for on in weekly]
    if len(weekly) > _LISTED_WEEKENDS:
        said = [(weekly[0], f"{len(weekly)} weekly days off")]
    for name, run in groupby((off for off in days if off.name), key=lambda off: off.name_en):
        dates = [off.day for off in run]
        span = day(dates[0]) if len(dates) == 1 else f"{len(dates)} days {_short(dates[0])}-{_short(dates[-1])}"
        said.append((dates[0], f"{span} ({name})"))
    return [text for _, text in sorted(said)]


def _and(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
