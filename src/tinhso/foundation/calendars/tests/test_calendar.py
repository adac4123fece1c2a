"""Calendars as documents and as tables."""

from datetime import date
from typing import Any

import pytest

from tinhso.core.canonical import canonical
from tinhso.core.errors import Invalid
from tinhso.foundation.calendars.law import default_calendar, document, read_documents
from tinhso.foundation.calendars.rules.calendar import Arrival, compile_calendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.limit import parse_limit
from tinhso.foundation.calendars.rules.log import started
from tinhso.foundation.calendars.rules.remaining import Remaining, Timeliness, remaining, timeliness
from tinhso.foundation.calendars.tests.at import at

OFFICE = default_calendar()


def changed(**fields: Any) -> dict[str, Any]:
    return {**read_documents()[0], **fields}


def week(**open_hours: list[str]) -> list[dict[str, Any]]:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    weekdays = {str(names.index(name)): hours for name, hours in open_hours.items()}
    return [{"from": "2020-01-01", "working": [int(day) for day in weekdays], "open": weekdays}]


def test_shipped_documents_have_canonical_json() -> None:
    for found in read_documents():
        assert canonical(found)


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(Invalid, match="không có ngày làm việc"):
        compile_calendar(changed(weeks=[{"from": "2020-01-01", "working": [], "open": {}}]))


@pytest.mark.parametrize("hours", [[], ["11:30-07:00"], ["07:00-11:30", "11:00-17:00"], ["7 giờ-11 giờ"]])
def test_hours_that_cannot_be_worked_are_refused(hours: list[str]) -> None:
    with pytest.raises(Invalid):
        compile_calendar(changed(weeks=week(mon=hours)))


def test_an_office_may_keep_its_own_hours() -> None:
    own = document("rieng", "Giờ riêng", week(mon=["08:00-12:00"], wed=["08:00-12:00", "13:00-16:30"]))
    calendar = compile_calendar(own)
    assert due(started(at("2026-11-02T09:00")), parse_limit("2 ngày làm việc"), calendar).at == at("2026-11-09T12:00")


def test_summer_hours_begin_on_their_day() -> None:
    winter, summer = week(mon=["07:30-16:30"])[0], week(mon=["07:00-16:00"])[0]
    calendar = compile_calendar(changed(weeks=[winter, {**summer, "from": "2026-04-15"}]))
    for received, expected in (("2026-04-06T10:00", "2026-04-06T16:30"), ("2026-04-20T10:00", "2026-04-20T16:00")):
        assert due(started(at(received)), parse_limit("trong ngày"), calendar).at == at(expected)


@pytest.mark.parametrize(
    ("moment", "arrival", "runs_from"),
    [
        ("2026-11-16T09:00", Arrival.IN_HOURS, "2026-11-16T09:00"),
        ("2026-11-16T06:59", Arrival.BEFORE_OPENING, "2026-11-16T07:00"),
        ("2026-11-16T11:30", Arrival.BETWEEN_SESSIONS, "2026-11-16T13:30"),
        ("2026-11-13T17:00", Arrival.AFTER_CLOSING, "2026-11-16T07:00"),
        ("2026-11-15T09:00", Arrival.CLOSED_DAY, "2026-11-16T07:00"),
        ("2026-11-24T09:00", Arrival.CLOSED_DAY, "2026-11-25T07:00"),
    ],
)
def test_what_arrives_outside_hours_waits_for_the_next_opening(moment: str, arrival: Arrival, runs_from: str) -> None:
    opening = OFFICE.opening(at(moment))
    assert (opening.arrival, OFFICE.moment(opening.day, opening.second)) == (arrival, at(runs_from))


def test_working_days_are_told_from_days_off() -> None:
    assert OFFICE.is_working(date(2026, 8, 22))
    assert not OFFICE.is_working(date(2026, 8, 31))
    assert not OFFICE.is_working(date(2026, 11, 24))


def test_on_time_compares_dates_not_hours() -> None:
    promised = at("2026-11-16T17:00")
    assert timeliness(at("2026-11-15T23:00"), promised) is Timeliness.EARLY
    assert timeliness(at("2026-11-16T22:00"), promised) is Timeliness.ON_TIME
    assert timeliness(at("2026-11-17T00:00"), promised) is Timeliness.LATE


def test_what_is_left_counts_working_days_and_what_is_late_counts_days() -> None:
    promised = at("2026-11-26T17:00")
    assert remaining(promised, at("2026-11-23T09:00"), OFFICE) == Remaining(Timeliness.EARLY, 2, promised)
    assert remaining(promised, at("2026-11-26T18:00"), OFFICE) == Remaining(Timeliness.ON_TIME, 0, promised)
    assert remaining(promised, at("2026-11-28T09:00"), OFFICE) == Remaining(Timeliness.LATE, 2, promised)
