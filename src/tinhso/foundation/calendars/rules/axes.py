"""Three rulers to count on: open seconds, working days, calendar days. A position on a ruler is one whole number.

A pause, an extension or a shortening moves the position; only at the end does the position become a moment.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from tinhso.core.errors import Invalid
from tinhso.core.time import local
from tinhso.foundation.calendars.rules.calendar import Opening, WorkingCalendar
from tinhso.foundation.calendars.rules.explanation import (
    FIRST_DAY,
    LAST_DAY,
    AfterCutOff,
    Counted,
    Hours,
    Moved,
    Paused,
    ShortMonth,
    Skipped,
    Step,
)
from tinhso.foundation.calendars.rules.limit import HOURS_PER_DAY, TimeLimit, Unit

_HOUR = 3600


class Axis(Protocol):
    """How one family of units counts. `zero` is where a limit of nothing would end; `between` is what a pause is
    worth on this ruler."""

    def begin(self, opening: Opening, limit: TimeLimit, calendar: WorkingCalendar, steps: list[Step]) -> int: ...

    def zero(self, opening: Opening, calendar: WorkingCalendar) -> int: ...

    def moment(self, position: int, calendar: WorkingCalendar) -> datetime: ...

    def between(self, begin: datetime, end: datetime, opening: Opening, calendar: WorkingCalendar) -> int: ...

    def extended(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int: ...

    def shortened(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int: ...

    def finish(self, opening: Opening, position: int, calendar: WorkingCalendar, steps: list[Step]) -> datetime: ...


class _WorkingDays:
    """Position: index of the last day among the working days. Also counts limits within the day."""

    def begin(self, opening: Opening, limit: TimeLimit, calendar: WorkingCalendar, steps: list[Step]) -> int:
        day = opening.day
        through = calendar.working_before[day + 1]
        if limit.unit is Unit.WORKING_DAYS:
            steps.append(Counted(limit.amount, limit.unit, calendar.date_of(day), FIRST_DAY))
            return through + limit.amount - 1
        steps.append(Counted(1, limit.unit, None, ""))
        same_day = through > calendar.working_before[day]
        if same_day and opening.second > calendar.cut_off:
            steps.append(AfterCutOff(f"{calendar.cut_off // _HOUR:02}:{calendar.cut_off // 60 % 60:02}"))
            same_day = False
        return through - 1 if same_day else through

    def zero(self, opening: Opening, calendar: WorkingCalendar) -> int:
        return calendar.working_before[opening.day + 1] - 1

    def moment(self, position: int, calendar: WorkingCalendar) -> datetime:
        return calendar.closing[calendar.working[position]]

    def between(self, begin: datetime, end: datetime, opening: Opening, calendar: WorkingCalendar) -> int:
        before = calendar.working_before
        return before[calendar.opening(end).day] - before[calendar.opening(begin).day]

    def extended(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int:
        return self._changed(position, by, 1, calendar)

    def shortened(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int:
        return self._changed(position, by, -1, calendar)

    def _changed(self, position: int, by: TimeLimit, sign: int, calendar: WorkingCalendar) -> int:
        if by.unit is Unit.WORKING_DAYS:
            return position + sign * by.amount
        day = _by_calendar(calendar.working[position], by, sign, calendar)
        return calendar.working_before[day]

    def finish(self, opening: Opening, position: int, calendar: WorkingCalendar, steps: list[Step]) -> datetime:
        last = calendar.working[position]
        if skipped := calendar.days_off(opening.day + 1, last):
            steps.append(Skipped(skipped))
        return calendar.closing[last]


class _CalendarDays:
    """Position: the day of the table on which the limit runs out, before it gives way to a working day."""

    def begin(self, opening: Opening, limit: TimeLimit, calendar: WorkingCalendar, steps: list[Step]) -> int:
        steps.append(Counted(limit.amount, limit.unit, calendar.date_of(opening.day), FIRST_DAY))
        last = _by_calendar(opening.day, limit, 1, calendar)
        if limit.unit is Unit.MONTHS and calendar.date_of(last).day < calendar.date_of(opening.day).day:
            steps.append(ShortMonth(calendar.date_of(last), LAST_DAY))
        return last

    def zero(self, opening: Opening, calendar: WorkingCalendar) -> int:
        return opening.day

    def moment(self, position: int, calendar: WorkingCalendar) -> datetime:
        return calendar.closing[calendar.working_day_from(position)]

    def between(self, begin: datetime, end: datetime, opening: Opening, calendar: WorkingCalendar) -> int:
        first = max(calendar.index(local(begin)), opening.day)
        return max(calendar.index(local(end)) - first, 0)

    def extended(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int:
        if by.unit is Unit.WORKING_DAYS:
            return calendar.working[calendar.working_before[calendar.working_day_from(position)] + by.amount]
        return _by_calendar(position, by, 1, calendar)

    def shortened(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int:
        return _by_calendar(position, by, -1, calendar)

    def finish(self, opening: Opening, position: int, calendar: WorkingCalendar, steps: list[Step]) -> datetime:
        last = calendar.working_day_from(position)
        if last != position:
            steps.append(
                Moved(calendar.date_of(position), calendar.date_of(last), calendar.days_off(position, last), LAST_DAY)
            )
        return calendar.closing[last]


class _OpenSeconds:
    """Position: open seconds since the first day of the calendar."""

    def begin(self, opening: Opening, limit: TimeLimit, calendar: WorkingCalendar, steps: list[Step]) -> int:
        steps.append(Counted(limit.amount, limit.unit, None, FIRST_DAY))
        return self.zero(opening, calendar) + limit.amount * _HOUR

    def zero(self, opening: Opening, calendar: WorkingCalendar) -> int:
        return calendar.open_seconds_at(opening.day, opening.second)

    def moment(self, position: int, calendar: WorkingCalendar) -> datetime:
        return calendar.moment_after(position)

    def between(self, begin: datetime, end: datetime, opening: Opening, calendar: WorkingCalendar) -> int:
        first, last = calendar.opening(begin), calendar.opening(end)
        return calendar.open_seconds_at(last.day, last.second) - calendar.open_seconds_at(first.day, first.second)

    def extended(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int:
        return position + _in_hours(by) * _HOUR

    def shortened(self, position: int, by: TimeLimit, calendar: WorkingCalendar) -> int:
        return position - _in_hours(by) * _HOUR

    def finish(self, opening: Opening, position: int, calendar: WorkingCalendar, steps: list[Step]) -> datetime:
        end = calendar.moment_after(position)
        last = calendar.index(end)
        days = calendar.days_off(opening.day + 1, last)
        if closed := tuple(off for off in days if not calendar.sessions[calendar.index(off.day)]):
            steps.append(Skipped(closed))
        if not any(isinstance(step, Paused) for step in steps):
            steps.append(Hours(_used(opening, position, last, calendar)))
        return end


def _used(opening: Opening, position: int, last: int, calendar: WorkingCalendar) -> tuple[tuple[date, int], ...]:
    begins = calendar.open_seconds_at(opening.day, opening.second)
    marks = [begins, *calendar.seconds_before[opening.day + 1 : last + 1]]
    spans = zip(marks, [*marks[1:], position], strict=True)
    return tuple(
        (calendar.date_of(opening.day + number), end - begin)
        for number, (begin, end) in enumerate(spans)
        if end > begin
    )


def _by_calendar(day: int, by: TimeLimit, sign: int, calendar: WorkingCalendar) -> int:
    """A day of the table moved by days, weeks or months (Civil Code art. 148: the same day of the last month, or the
    last day of a month that has no such day)."""
    if by.unit is Unit.DAYS:
        return day + sign * by.amount
    if by.unit is Unit.WEEKS:
        return day + sign * 7 * by.amount
    if by.unit is not Unit.MONTHS:
        raise _misfit(by)
    here = calendar.date_of(day)
    year, month = divmod(here.year * 12 + here.month - 1 + sign * by.amount, 12)
    there = date(year, month + 1, min(here.day, monthrange(year, month + 1)[1]))
    return there.toordinal() - calendar.first


def _in_hours(by: TimeLimit) -> int:
    if by.unit is Unit.HOURS:
        return by.amount
    if by.unit is Unit.WORKING_DAYS:
        return by.amount * HOURS_PER_DAY
    raise _misfit(by)


def _misfit(by: TimeLimit) -> Invalid:
    return Invalid(
        "Đơn vị gia hạn hoặc rút ngắn không hợp với đơn vị của thời hạn.",
        what_to_do="Dùng cùng đơn vị với thời hạn của thủ tục, hoặc gia hạn theo ngày làm việc.",
        fields={"by": by.unit.value},
    )


_WORKING_DAYS, _CALENDAR_DAYS, _OPEN_SECONDS = _WorkingDays(), _CalendarDays(), _OpenSeconds()
_AXES: Mapping[Unit, Axis] = {
    Unit.HOURS: _OPEN_SECONDS,
    Unit.WORKING_DAYS: _WORKING_DAYS,
    Unit.WITHIN_DAY: _WORKING_DAYS,
    Unit.DAYS: _CALENDAR_DAYS,
    Unit.WEEKS: _CALENDAR_DAYS,
    Unit.MONTHS: _CALENDAR_DAYS,
}


def axis_of(unit: Unit) -> Axis:
    return _AXES[unit]
