"""What holds for every clock, checked against a counter that walks day by day and knows no tables."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tinhso.core.time import VN_ZONE
from tinhso.foundation.calendars.law import default_calendar, read_documents
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar, compile_calendar
from tinhso.foundation.calendars.rules.due import Due, due
from tinhso.foundation.calendars.rules.explanation import Counted, Hours, Moved, Paused, Received, Skipped
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import Act, Entry, Mode, paused, started

OFFICE = default_calendar()
DAY = timedelta(days=1)
OFF = {row["day"] for row in read_documents()[0]["off"]}
EXTRA = {row["day"] for row in read_documents()[0]["extra"]}

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30)).map(  # noqa: DTZ001
    lambda naive: naive.replace(microsecond=0, tzinfo=VN_ZONE)
)
limits = st.one_of(
    st.builds(TimeLimit, st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.HOURS])),
    st.builds(TimeLimit, st.integers(1, 6), st.sampled_from([Unit.WEEKS, Unit.MONTHS])),
    st.just(TimeLimit(1, Unit.WITHIN_DAY)),
)
pauses = st.lists(st.tuples(st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 20)), max_size=3)


def is_working(day: date) -> bool:
    text = day.isoformat()
    return text not in OFF and (text in EXTRA or day.weekday() < 5)


def working_days_on(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= is_working(day)
    return day


def first_working(day: date) -> date:
    return day if is_working(day) else working_days_on(day, 1)


def effective_day(moment: datetime) -> date:
    """The day of the first open moment."""
    return first_working(moment.date() if moment.time() < time(17) else moment.date() + DAY)


def closing(day: date) -> datetime:
    return datetime.combine(day, time(17), VN_ZONE)


def open_seconds(begin: datetime, end: datetime) -> int:
    """Open seconds from one moment to another, session by session."""
    total = timedelta()
    day = begin.date()
    while day <= end.date():
        if is_working(day):
            for opens, closes in ((time(7), time(11, 30)), (time(13, 30), time(17))):
                low = max(datetime.combine(day, opens, VN_ZONE), begin)
                high = min(datetime.combine(day, closes, VN_ZONE), end)
                total += max(high - low, timedelta())
        day += DAY
    return int(total.total_seconds())


def with_pauses(start: datetime, lengths: list[tuple[int, int]]) -> tuple[Entry, ...]:
    log, clock = started(start), start
    for wait, length in lengths:
        begin = clock + timedelta(minutes=wait)
        clock = begin + timedelta(minutes=length)
        log = paused(log, begin, clock, "", Mode.SHIFT)
    return log


def end_of(found: Due) -> datetime:
    assert found.at
    return found.at


@given(moments, st.integers(1, 90))
def test_working_days_are_what_a_finger_on_the_calendar_counts(start: datetime, count: int) -> None:
    found = due(started(start), TimeLimit(count, Unit.WORKING_DAYS), OFFICE)
    assert found.at == closing(working_days_on(effective_day(start), count))


@given(moments, st.integers(1, 400))
def test_calendar_days_end_on_the_first_working_day_from_the_last(start: datetime, count: int) -> None:
    found = due(started(start), TimeLimit(count, Unit.DAYS), OFFICE)
    assert found.at == closing(first_working(effective_day(start) + count * DAY))


@given(moments, st.integers(1, 200))
def test_hours_are_open_hours(start: datetime, count: int) -> None:
    end = end_of(due(started(start), TimeLimit(count, Unit.HOURS), OFFICE))
    assert open_seconds(start, end) == count * 3600
    assert open_seconds(end - timedelta(seconds=1), end) == 1


@given(moments, st.integers(1, 30), st.integers(0, 40), st.integers(1, 20), st.times(time(0), time(23, 59, 59)))
def test_pausing_n_working_days_moves_the_date_by_exactly_n(
    start: datetime, count: int, wait: int, pause_days: int, hour: time
) -> None:
    limit = TimeLimit(count, Unit.WORKING_DAYS)
    unpaused = end_of(due(started(start), limit, OFFICE))
    begins_on = first_working(start.date() + wait * DAY)
    begin = datetime.combine(begins_on, hour, VN_ZONE)
    assume(start <= begin < unpaused)
    end = datetime.combine(working_days_on(begins_on, pause_days), hour, VN_ZONE)
    found = due(paused(started(start), begin, end, "", Mode.SHIFT), limit, OFFICE)
    assert found.at == closing(working_days_on(unpaused.date(), pause_days))


@given(moments, limits, pauses)
def test_computing_again_gives_the_same(start: datetime, limit: TimeLimit, lengths: list[tuple[int, int]]) -> None:
    log = with_pauses(start, lengths)
    assert due(log, limit, OFFICE) == due(list(log), limit, OFFICE)


@given(moments, limits, pauses)
def test_a_due_moment_is_later_than_the_start_and_within_office_hours(
    start: datetime, limit: TimeLimit, lengths: list[tuple[int, int]]
) -> None:
    end = end_of(due(with_pauses(start, lengths), limit, OFFICE))
    assert end > start
    assert open_seconds(end - timedelta(seconds=1), end) == 1


@given(moments, limits, st.integers(0, 60 * 24 * 60))
def test_a_restart_is_a_new_start(start: datetime, limit: TimeLimit, wait: int) -> None:
    again = start + timedelta(minutes=wait)
    assert due((*started(start), Entry(Act.RESTART, again)), limit, OFFICE).at == due(started(again), limit, OFFICE).at


@given(moments, limits, pauses)
def test_a_pause_never_brings_a_date_forward(start: datetime, limit: TimeLimit, lengths: list[tuple[int, int]]) -> None:
    log = with_pauses(start, lengths)
    ends = [end_of(due(log[: 1 + 2 * count], limit, OFFICE)) for count in range(len(lengths) + 1)]
    assert ends == sorted(ends)


@cache
def with_a_holiday_on(day: str) -> WorkingCalendar:
    short: dict[str, Any] = {**read_documents()[0], "first": "2026-01-01", "last": "2028-12-31"}
    holiday = {"day": day, "kind": "holiday", "name": "Ngày nghỉ mới", "name_en": "", "basis": "", "mark": "assumed"}
    rows = [row for row in short["off"] if row["day"] != day]
    return compile_calendar({**short, "off": [*rows, holiday]})


@settings(max_examples=60, deadline=None)
@given(moments, limits, pauses, st.integers(0, 60))
def test_adding_a_holiday_never_brings_a_date_forward(
    start: datetime, limit: TimeLimit, lengths: list[tuple[int, int]], ahead: int
) -> None:
    log = with_pauses(start, lengths)
    holiday = (start.date() + ahead * DAY).isoformat()
    assert end_of(due(log, limit, with_a_holiday_on(holiday))) >= end_of(due(log, limit, OFFICE))


@given(moments, limits, pauses)
def test_the_explanation_adds_up(start: datetime, limit: TimeLimit, lengths: list[tuple[int, int]]) -> None:
    found = due(with_pauses(start, lengths), limit, OFFICE)
    steps = found.explanation
    received = next(step for step in steps if isinstance(step, Received))
    counted = next(step for step in steps if isinstance(step, Counted))
    worth = sum(step.worth for step in steps if isinstance(step, Paused))
    skipped = [off.day for step in steps if isinstance(step, Skipped) for off in step.days]
    moved = next((step for step in steps if isinstance(step, Moved)), None)
    first, last = received.runs_from.date(), end_of(found).date()
    assert all(not is_working(day) for day in skipped)
    if limit.unit is Unit.WORKING_DAYS:
        assert (last - first).days - len(skipped) - worth == limit.amount
        assert counted.not_counted == first
    elif limit.unit is Unit.DAYS:
        assert ((moved.last_day if moved else last) - first).days - worth == limit.amount
        assert not moved or (last - moved.last_day).days == len(moved.days)
    elif limit.unit is Unit.HOURS:
        assert open_seconds(received.runs_from, end_of(found)) - worth == limit.amount * 3600
        if not lengths:
            parts = next(step for step in steps if isinstance(step, Hours)).parts
            assert sum(seconds for _, seconds in parts) == limit.amount * 3600
