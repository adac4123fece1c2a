"""A calendar of working time, compiled so that any date is found by looking up, not by walking.

A calendar document is plain JSON (it is stored, hashed and versioned as it is):
`code`, `name`, `first`, `last`, `decided_through` (ISO dates), `cut_off` ("15:00"), `weeks` (each `from`, `working`
weekdays 0-6, `open`: weekday -> ["07:00-11:30", …]), `off` and `extra` (rows of `DayOff` and `ExtraDay`).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from tinhso.core.errors import Invalid
from tinhso.core.time import VN_ZONE, local
from tinhso.foundation.calendars.rules.days import DayOff, Mark, OffKind

Sessions = tuple[tuple[int, int], ...]
"""Opening hours of one day: (begins, ends) in seconds after midnight, end exclusive."""


class Arrival(StrEnum):
    """When something arrived, against the opening hours."""

    IN_HOURS = "in_hours"
    BEFORE_OPENING = "before_opening"
    BETWEEN_SESSIONS = "between_sessions"
    AFTER_CLOSING = "after_closing"
    CLOSED_DAY = "closed_day"


class Opening(NamedTuple):
    """The first open moment from an instant on: index of the day, second of the day, and why not at once."""

    day: int
    second: int
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Tables over the days `first`, `first` + 1, … ; a day is its index in them.

    `working_before[i]`: working days among the days before i (one entry more than days); `working`: their indexes;
    `off`, `off_before`: the other days, likewise; `seconds_before[i]`: open seconds before day i;
    `next_open[i]`, `closing[i]`: for an open day its close of business.
    """

    code: str
    version_id: int | None
    first: int
    cut_off: int
    decided_through: int
    sessions: tuple[Sessions, ...]
    closing: tuple[datetime, ...]
    working: tuple[int, ...]
    working_before: tuple[int, ...]
    off: tuple[DayOff, ...]
    off_before: tuple[int, ...]
    seconds_before: tuple[int, ...]
    next_open: tuple[int, ...]

    def opening(self, moment: datetime) -> Opening:
        """The first open moment at or after `moment`: before opening -> opening, lunch -> afternoon, evening and days
        off -> the next opening. Raises Invalid outside the calendar, ValueError on a naive datetime."""
        at = moment if moment.tzinfo is VN_ZONE else local(moment)
        day = self.index(at)
        second = at.hour * 3600 + at.minute * 60 + at.second
        arrival = Arrival.BEFORE_OPENING
        for begins, ends in self.sessions[day]:
            if second < begins:
                return Opening(day, begins, arrival)
            if second < ends:
                return Opening(day, second, Arrival.IN_HOURS)
            arrival = Arrival.BETWEEN_SESSIONS
        closed = Arrival.AFTER_CLOSING if self.sessions[day] else Arrival.CLOSED_DAY
        following = self.next_open[day + 1]
        return Opening(following, self.sessions[following][0][0], closed)

    def index(self, day: date) -> int:
        """The index of a date. Raises Invalid outside the calendar."""
        found = day.toordinal() - self.first
        if not 0 <= found < len(self.sessions):
            raise beyond(self)
        return found

    def date_of(self, day: int) -> date:
        return date.fromordinal(self.first + day)

    def moment(self, day: int, second: int) -> datetime:
        return datetime.combine(self.date_of(day), time(second // 3600, second // 60 % 60, second % 60), VN_ZONE)

    def is_working(self, day: date) -> bool:
        found = self.index(day)
        return self.working_before[found] < self.working_before[found + 1]

    def working_day_from(self, day: int) -> int:
        """The index of the first working day at or after a day."""
        return self.working[self.working_before[day]]

    def working_days_between(self, earlier: date, later: date) -> int:
        """Working days after `earlier` up to and including `later`; negative when `later` comes first."""
        return self.working_before[self.index(later) + 1] - self.working_before[self.index(earlier) + 1]

    def open_seconds_at(self, day: int, second: int) -> int:
        """Open seconds from the first day of the calendar to a moment."""
        return self.seconds_before[day] + sum(
            min(second, ends) - begins for begins, ends in self.sessions[day] if begins < second
        )

    def moment_after(self, open_seconds: int) -> datetime:
        """The moment at which that many seconds have been open; at the end of a session, that end."""
        day = max(bisect_left(self.seconds_before, open_seconds) - 1, 0)
        left = open_seconds - self.seconds_before[day]
        for begins, ends in self.sessions[day]:
            if left <= ends - begins:
                return self.moment(day, begins + left)
            left -= ends - begins
        raise beyond(self)

    def days_off(self, begin: int, end: int) -> tuple[DayOff, ...]:
        """The days that are not working days, from `begin` to before `end`."""
        return self.off[self.off_before[begin] : self.off_before[end]]


def beyond(calendar: WorkingCalendar) -> Invalid:
    last = calendar.date_of(len(calendar.sessions) - 1)
    span = f"từ {calendar.date_of(0):%d/%m/%Y} đến {last:%d/%m/%Y}"
    return Invalid(
        f"Lịch làm việc chỉ có {span}, không tính được ngày ngoài khoảng này.",
        what_to_do="Nạp phiên bản lịch có những ngày này rồi tính lại.",
        fields={"from": "ngoài lịch làm việc"},
    )


def compile_calendar(document: Mapping[str, Any], version_id: int | None = None) -> WorkingCalendar:
    """The tables of a calendar document.

    A day off wins over an extra working day on the same date. Raises Invalid when no day is a working day, or when
    hours cannot be read.
    """
    first, last = date.fromisoformat(document["first"]), date.fromisoformat(document["last"])
    weeks = [_Week(week) for week in sorted(document["weeks"], key=lambda week: str(week["from"]))]
    off = {row["day"]: row for row in document["off"]}
    extra = {row["day"]: row for row in document["extra"]}
    sessions: list[Sessions] = []
    unworked: list[DayOff | None] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        week = next((week for week in reversed(weeks) if week.since <= day), weeks[0])
        hours, reason = _day(day, week, off.get(day.isoformat()), extra.get(day.isoformat()))
        sessions.append(hours)
        unworked.append(reason)
    working = tuple(number for number, reason in enumerate(unworked) if reason is None)
    if not working:
        raise Invalid(
            "Lịch không có ngày làm việc nào nên không tính được thời hạn.",
            what_to_do="Khai ít nhất một ngày làm việc trong tuần, có giờ mở cửa.",
            fields={"weeks": "không có ngày làm việc"},
        )
    return WorkingCalendar(
        code=document["code"],
        version_id=version_id,
        first=first.toordinal(),
        cut_off=_second(document["cut_off"]),
        decided_through=(date.fromisoformat(document["decided_through"]) - first).days,
        sessions=tuple(sessions),
        closing=tuple(_closing(first + timedelta(days=number), hours) for number, hours in enumerate(sessions)),
        working=working,
        working_before=_counts([reason is None for reason in unworked]),
        off=tuple(reason for reason in unworked if reason is not None),
        off_before=_counts([reason is not None for reason in unworked]),
        seconds_before=_counts([sum(ends - begins for begins, ends in hours) for hours in sessions]),
        next_open=_next_open(sessions),
    )


class _Week:
    def __init__(self, row: Mapping[str, Any]) -> None:
        self.since = date.fromisoformat(row["from"])
        self.working = frozenset(row["working"])
        self.open = {int(weekday): _sessions(texts) for weekday, texts in row["open"].items()}
        if any(not self.open.get(weekday) for weekday in self.working):
            raise Invalid("Ngày làm việc phải có giờ mở cửa.", fields={"weeks": "thiếu giờ mở cửa"})


def _day(
    day: date, week: _Week, off: Mapping[str, str] | None, extra: Mapping[str, str] | None
) -> tuple[Sessions, DayOff | None]:
    """The hours of a day, and what kind of day off it is when it does not count as a working day."""
    if off:
        kind, mark = OffKind(off["kind"]), Mark(off["mark"])
        return (), DayOff(day, kind, off["name"], off["name_en"], off["basis"], mark)
    if extra and (weekday := date.fromisoformat(extra["instead_of"]).weekday()) in week.working:
        return week.open[weekday], None
    if day.weekday() in week.working:
        return week.open[day.weekday()], None
    return week.open.get(day.weekday(), ()), DayOff(day, OffKind.WEEKLY)


def _counts(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate(values, initial=0))


def _next_open(sessions: Sequence[Sessions]) -> tuple[int, ...]:
    found: list[int] = []
    following = len(sessions)
    for number in range(len(sessions) - 1, -1, -1):
        following = number if sessions[number] else following
        found.append(following)
    return tuple(reversed(found))


def _closing(day: date, hours: Sessions) -> datetime:
    second = hours[-1][1] if hours else 0
    return datetime.combine(day, time(second // 3600, second // 60 % 60), VN_ZONE)


def _sessions(texts: Sequence[str]) -> Sessions:
    sessions = tuple((_second(begins), _second(ends)) for begins, ends in (text.split("-") for text in texts))
    flat = [second for session in sessions for second in session]
    if any(later <= earlier for earlier, later in pairwise(flat)):
        raise Invalid("Giờ mở cửa phải đi từ sớm đến muộn, không chồng nhau.", fields={"weeks": ", ".join(texts)})
    return sessions


def _second(text: str) -> int:
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        raise Invalid(f"Không đọc được giờ “{text}”; ghi như 07:30.", fields={"weeks": text}) from None
    return clock.hour * 3600 + clock.minute * 60
