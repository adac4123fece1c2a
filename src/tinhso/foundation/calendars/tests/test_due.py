"""Due dates by hand, and what happens to a clock on its way."""

from datetime import UTC

import pytest

from tinhso.core.errors import Invalid
from tinhso.core.time import iso
from tinhso.foundation.calendars.law import default_calendar, read_documents
from tinhso.foundation.calendars.rules.calendar import compile_calendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.explanation import (
    Extended,
    Hours,
    Moved,
    Paused,
    PausedTooLate,
    Received,
    Restarted,
    Skipped,
    Standing,
    Undecided,
)
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit, parse_limit
from tinhso.foundation.calendars.rules.log import SUPPLEMENT_MODE, Act, Entry, Mode, paused, started
from tinhso.foundation.calendars.tests.at import at
from tinhso.foundation.calendars.tests.examples import DEFAULT, POLICE

OFFICE = default_calendar()
POLICE_OFFICE = compile_calendar(next(document for document in read_documents() if document["code"] == "cong-an-xa"))
THREE = parse_limit("3 ngày làm việc")
MONDAY = started(at("2026-11-02T09:00"))
GROUND = "Điều 19 Nghị định 118/2025/NĐ-CP"


def due_at(log: tuple[Entry, ...], limit: str) -> str | None:
    moment = due(log, parse_limit(limit), OFFICE).at
    return moment.isoformat()[:16] if moment else None


@pytest.mark.parametrize(("received", "limit", "expected", "why"), DEFAULT)
def test_a_limit_ends_when_the_law_says(received: str, limit: str, expected: str, why: str) -> None:
    assert due(started(at(received)), parse_limit(limit), OFFICE).at == at(expected), why


@pytest.mark.parametrize(("received", "limit", "expected", "why"), POLICE)
def test_an_office_with_saturday_morning_has_its_own_dates(received: str, limit: str, expected: str, why: str) -> None:
    assert due(started(at(received)), parse_limit(limit), POLICE_OFFICE).at == at(expected), why


def test_an_open_saturday_is_not_told_as_skipped_when_its_hours_were_used() -> None:
    found = due(started(at("2026-11-13T16:00")), TimeLimit(6, Unit.HOURS), POLICE_OFFICE)
    assert found.at == at("2026-11-16T07:30")
    skipped = next(step for step in found.explanation if isinstance(step, Skipped)).days
    assert [off.day.day for off in skipped] == [15]


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    there = due(started(at("2026-11-20T14:05").astimezone(UTC)), THREE, OFFICE)
    assert there.at == due(started(at("2026-11-20T14:05")), THREE, OFFICE).at
    assert there.at
    assert iso(there.at) == there.at.isoformat() == "2026-11-26T17:00:00+07:00"


def test_a_shifting_pause_moves_the_date_by_the_working_days_it_holds() -> None:
    assert due_at(MONDAY, "3 ngày làm việc") == "2026-11-05T17:00"
    pause = paused(MONDAY, at("2026-11-03T10:00"), at("2026-11-05T10:00"), GROUND, Mode.SHIFT)
    assert due_at(pause, "3 ngày làm việc") == "2026-11-09T17:00"


def test_a_pause_of_whole_days_ends_before_its_end() -> None:
    pause = paused(MONDAY, at("2026-11-03T00:00"), at("2026-11-05T00:00"), GROUND, Mode.SHIFT)
    found = due(pause, THREE, OFFICE)
    assert found.at == at("2026-11-09T17:00")
    assert next(step for step in found.explanation if isinstance(step, Paused)).worth == 2


def test_a_pause_over_a_weekend_moves_nothing_in_working_days() -> None:
    pause = paused(MONDAY, at("2026-11-06T17:30"), at("2026-11-09T06:00"), GROUND, Mode.SHIFT)
    assert due_at(pause, "10 ngày làm việc") == due_at(MONDAY, "10 ngày làm việc")


def test_a_pause_moves_calendar_days_by_calendar_days() -> None:
    pause = paused(MONDAY, at("2026-11-06T10:00"), at("2026-11-09T10:00"), GROUND, Mode.SHIFT)
    assert due_at(MONDAY, "10 ngày") == "2026-11-12T17:00"
    assert due_at(pause, "10 ngày") == "2026-11-16T17:00"  # 15 November is a Sunday


def test_a_pause_moves_hours_by_open_hours() -> None:
    pause = paused(MONDAY, at("2026-11-02T11:00"), at("2026-11-02T14:00"), GROUND, Mode.SHIFT)
    assert due_at(MONDAY, "4 giờ") == "2026-11-02T15:00"
    assert due_at(pause, "4 giờ") == "2026-11-02T16:00"


def test_the_decrees_default_for_a_supplement_is_to_restart() -> None:
    assert SUPPLEMENT_MODE is Mode.RESTART


def test_a_restart_counts_from_zero() -> None:
    log = paused(MONDAY, at("2026-11-04T10:00"), at("2026-11-10T10:00"), GROUND, SUPPLEMENT_MODE)
    found = due(log, THREE, OFFICE)
    assert found.at == at("2026-11-13T17:00")
    assert [type(step) for step in found.explanation[:2]] == [Received, Restarted]


def test_a_restart_voids_the_pauses_and_extensions_before_it() -> None:
    log = paused(MONDAY, at("2026-11-03T10:00"), at("2026-11-05T10:00"), GROUND, Mode.SHIFT)
    log = (*log, Entry(Act.EXTEND, at("2026-11-06T09:00"), GROUND, THREE), Entry(Act.RESTART, at("2026-11-10T10:00")))
    found = due(log, THREE, OFFICE)
    assert found.at == at("2026-11-13T17:00")
    assert not any(isinstance(step, Paused | Extended) for step in found.explanation)


def test_a_restart_after_hours_counts_from_the_next_morning() -> None:
    log = (*MONDAY, Entry(Act.RESTART, at("2026-11-13T18:00"), GROUND))
    assert due(log, THREE, OFFICE).at == at("2026-11-19T17:00")


def test_a_standing_clock_has_no_due_date() -> None:
    found = due((*MONDAY, Entry(Act.PAUSE, at("2026-11-03T10:00"), GROUND)), THREE, OFFICE)
    assert found.at is None
    assert found.explanation[-1] == Standing(at("2026-11-03T10:00"), GROUND)


def test_a_pause_after_the_due_moment_moves_nothing() -> None:
    late = Entry(Act.PAUSE, at("2026-11-06T10:00"), GROUND)
    for log in ((*MONDAY, late), (*MONDAY, late, Entry(Act.RESUME, at("2026-11-12T10:00"), GROUND))):
        found = due(log, THREE, OFFICE)
        assert found.at == at("2026-11-05T17:00")
    assert any(isinstance(step, PausedTooLate) for step in found.explanation)


@pytest.mark.parametrize(
    ("limit", "by", "expected"),
    [
        ("3 ngày làm việc", "2 ngày làm việc", "2026-11-09T17:00"),
        ("3 ngày làm việc", "3 ngày", "2026-11-09T17:00"),
        ("10 ngày", "5 ngày", "2026-11-17T17:00"),
        ("10 ngày", "2 ngày làm việc", "2026-11-16T17:00"),
        ("1 tháng", "1 tháng", "2027-01-04T17:00"),
        ("2 tuần", "1 tuần", "2026-11-23T17:00"),
        ("8 giờ", "4 giờ", "2026-11-03T15:00"),
        ("8 giờ", "1 ngày làm việc", "2026-11-04T09:00"),
        ("trong ngày", "1 ngày làm việc", "2026-11-03T17:00"),
    ],
)
def test_an_extension_moves_the_end(limit: str, by: str, expected: str) -> None:
    log = (*MONDAY, Entry(Act.EXTEND, at("2026-11-02T10:00"), GROUND, parse_limit(by)))
    assert due_at(log, limit) == expected


@pytest.mark.parametrize(
    ("limit", "by", "expected"),
    [
        ("3 ngày làm việc", "1 ngày làm việc", "2026-11-04T17:00"),
        ("10 ngày", "5 ngày", "2026-11-09T17:00"),
        ("8 giờ", "4 giờ", "2026-11-02T15:00"),
    ],
)
def test_a_local_cut_shortens_the_limit(limit: str, by: str, expected: str) -> None:
    log = (*MONDAY, Entry(Act.SHORTEN, at("2026-11-02T10:00"), GROUND, parse_limit(by)))
    assert due_at(log, limit) == expected


@pytest.mark.parametrize(
    "log",
    [
        (),
        (Entry(Act.PAUSE, at("2026-11-03T10:00")),),
        (*MONDAY, *MONDAY),
        paused(MONDAY, at("2026-11-05T10:00"), at("2026-11-03T10:00"), GROUND, Mode.SHIFT),
        paused(MONDAY, at("2026-10-05T10:00"), at("2026-11-03T10:00"), GROUND, Mode.SHIFT),
        (*MONDAY, Entry(Act.RESTART, at("2026-11-01T10:00"))),
        (*MONDAY, Entry(Act.RESUME, at("2026-11-03T10:00"))),
        (*MONDAY, Entry(Act.PAUSE, at("2026-11-03T10:00")), Entry(Act.PAUSE, at("2026-11-03T11:00"))),
        (*MONDAY, Entry(Act.EXTEND, at("2026-11-03T10:00"))),
        (*MONDAY, Entry(Act.SHORTEN, at("2026-11-03T10:00"), GROUND, parse_limit("3 ngày làm việc"))),
        (*MONDAY, Entry(Act.SHORTEN, at("2026-11-03T10:00"), GROUND, parse_limit("900 ngày làm việc"))),
        (*MONDAY, Entry(Act.EXTEND, at("2026-11-03T10:00"), GROUND, parse_limit("3 giờ"))),
    ],
)
def test_what_is_not_the_log_of_a_clock_is_refused_with_words(log: tuple[Entry, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        due(log, THREE, OFFICE)
    assert refused.value.message.endswith(".")
    assert refused.value.what_to_do


@pytest.mark.parametrize(("received", "limit"), [("2019-12-31T09:00", "1 ngày"), ("2035-12-28T09:00", "30 ngày")])
def test_dates_beyond_the_calendar_are_refused(received: str, limit: str) -> None:
    for unit in (limit, f"{limit} làm việc", "200 giờ", "2 tháng"):
        with pytest.raises(Invalid):
            due(started(at(received)), parse_limit(unit), OFFICE)


def test_a_naive_instant_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="naive"):
        due(started(at("2026-11-02T09:00").replace(tzinfo=None)), THREE, OFFICE)


def test_the_explanation_says_which_days_were_skipped_and_by_which_law() -> None:
    found = due(started(at("2026-11-20T14:05")), THREE, OFFICE)
    skipped = next(step for step in found.explanation if isinstance(step, Skipped)).days
    assert [(off.day.day, off.name) for off in skipped] == [(21, ""), (22, ""), (24, "Ngày Văn hóa Việt Nam")]
    assert skipped[2].basis == "Điều 2 Nghị quyết 28/2026/QH16"


def test_the_explanation_says_how_hours_were_used() -> None:
    found = due(started(at("2026-11-13T15:00")), TimeLimit(8, Unit.HOURS), OFFICE)
    parts = next(step for step in found.explanation if isinstance(step, Hours)).parts
    assert [(on.day, seconds) for on, seconds in parts] == [(13, 7200), (16, 21600)]


def test_the_explanation_says_why_the_last_day_moved() -> None:
    found = due(started(at("2026-11-16T10:00")), TimeLimit(5, Unit.DAYS), OFFICE)
    moved = next(step for step in found.explanation if isinstance(step, Moved))
    assert (moved.last_day, moved.to) == (at("2026-11-21T00:00").date(), at("2026-11-23T00:00").date())


def test_a_date_in_a_year_not_decided_yet_says_so() -> None:
    found = due(started(at("2026-12-29T10:00")), TimeLimit(30, Unit.DAYS), OFFICE)
    assert any(isinstance(step, Undecided) for step in found.explanation)
    assert not any(isinstance(step, Undecided) for step in due(MONDAY, THREE, OFFICE).explanation)
