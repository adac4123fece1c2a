"""Who is told of open work, and when."""

from tinhso.foundation.calendars.law import default_calendar
from tinhso.foundation.calendars.rules.limit import Unit
from tinhso.foundation.calendars.rules.period import Period
from tinhso.foundation.calendars.tests.at import at
from tinhso.foundation.cases.rules.timers import Timer, Work, moments

PERIODS = {
    Timer.UNCLAIMED: Period(2, Unit.HOURS),
    Timer.WARN: Period(1, Unit.WORKING_DAYS),
    Timer.APOLOGISE: Period(1, Unit.DAYS),
    Timer.LATE: Period(0, Unit.WORKING_DAYS),
}


def told(work: Work) -> list[tuple[Timer, str]]:
    return [(timer, f"{moment:%Y-%m-%dT%H:%M}") for moment, timer in moments(work, PERIODS, default_calendar())]


def test_work_is_warned_of_a_working_day_before_and_told_upwards_when_late() -> None:
    work = Work(at("2026-11-16T09:00"), at("2026-11-19T17:00"), at("2026-11-25T17:00"))
    assert told(work) == [
        (Timer.WARN, "2026-11-18T07:00"),
        (Timer.LATE, "2026-11-19T17:00"),
        (Timer.APOLOGISE, "2026-11-23T07:00"),
    ]


def test_what_was_filed_online_and_nobody_took_is_told_after_two_hours() -> None:
    work = Work(at("2026-11-16T09:00"), at("2026-11-17T09:00"), entry=True)
    assert told(work)[0] == (Timer.UNCLAIMED, "2026-11-16T11:00")
    assert Timer.UNCLAIMED not in dict(told(Work(work.opened_at, work.due_at, entry=True, claimed=True)))


def test_a_warning_before_the_work_was_there_is_left_out() -> None:
    assert told(Work(at("2026-11-16T09:00"), at("2026-11-16T17:00"))) == [(Timer.LATE, "2026-11-16T17:00")]


def test_a_paused_case_asks_for_no_apology() -> None:
    assert Timer.APOLOGISE not in dict(told(Work(at("2026-11-02T09:00"), at("2026-11-19T17:00"), None)))


def test_a_due_date_outside_the_calendar_tells_what_it_can() -> None:
    work = Work(at("2026-11-02T09:00"), at("2026-11-05T17:00"), at("2050-01-01T17:00"))
    assert [timer for timer, _ in told(work)] == [Timer.WARN, Timer.LATE]
