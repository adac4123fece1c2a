"""Periods of law: how long, from when on, and when a reminder goes out before an end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.core.errors import NotFound
from tinhso.foundation.calendars.actions.load_periods import load_periods
from tinhso.foundation.calendars.law import default_calendar
from tinhso.foundation.calendars.models import Period as PeriodRow
from tinhso.foundation.calendars.queries import get_period
from tinhso.foundation.calendars.rules.limit import Unit
from tinhso.foundation.calendars.rules.period import Period, after, before
from tinhso.foundation.calendars.tests.at import at

HOURS, DAY, WORKING_DAY = Period(2, Unit.HOURS), Period(1, Unit.DAYS), Period(1, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    "moment, period, expected",
    [
        ("2026-11-19T17:00", WORKING_DAY, "2026-11-18T07:00"),
        ("2026-11-23T17:00", WORKING_DAY, "2026-11-20T07:00"),
        ("2026-11-25T17:00", WORKING_DAY, "2026-11-23T07:00"),
        ("2026-11-23T17:00", DAY, "2026-11-20T07:00"),
        ("2026-11-25T17:00", DAY, "2026-11-23T07:00"),
        ("2026-11-16T08:00", HOURS, "2026-11-13T16:00"),
        ("2026-11-16T14:30", HOURS, "2026-11-16T10:30"),
        ("2026-02-23T17:00", WORKING_DAY, "2026-02-13T07:00"),
        ("2026-11-16T14:30", Period(0, Unit.DAYS), "2026-11-16T14:30"),
    ],
)
def test_a_reminder_goes_out_a_whole_period_before(moment: str, period: Period, expected: str) -> None:
    assert before(at(moment), period, default_calendar()) == at(expected)


def test_a_period_of_nothing_ends_at_once() -> None:
    assert after(at("2026-11-21T10:00"), Period(0, Unit.DAYS), default_calendar()) == at("2026-11-21T10:00")


@given(st.integers(0, 400), st.integers(1, 30))
def test_what_is_counted_back_and_forth_does_not_pass_where_it_began(day: int, amount: int) -> None:
    calendar, period = default_calendar(), Period(amount, Unit.WORKING_DAYS)
    moment = calendar.closing[calendar.working[500 + day]]
    assert after(before(moment, period, calendar), period, calendar) == moment


@pytest.mark.django_db
def test_loading_the_periods_twice_changes_nothing() -> None:
    load_periods()
    assert load_periods() == 0


@pytest.mark.django_db
def test_the_period_of_the_day_is_the_one_that_holds_then() -> None:
    load_periods()
    PeriodRow.objects.filter(key="warn-before").update(valid_to=date(2026, 12, 1))
    later = {"name": "x", "amount": 2, "unit": "working_days", "basis": "x", "mark": "assumed"}
    PeriodRow.objects.create(key="warn-before", valid_from=date(2026, 12, 1), **later)
    assert get_period("warn-before", date(2026, 11, 30)).amount == 1
    assert get_period("warn-before", date(2026, 12, 1)).amount == 2


@pytest.mark.django_db
def test_a_period_nobody_loaded_is_missed_in_words() -> None:
    with pytest.raises(NotFound, match="khong-co"):
        get_period("khong-co", date(2026, 11, 16))
