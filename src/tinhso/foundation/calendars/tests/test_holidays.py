"""Viet Nam's days off, against days everybody remembers."""

from datetime import date, timedelta

import pytest

from tinhso.foundation.calendars.law import read_law
from tinhso.foundation.calendars.rules.days import Mark, OffKind
from tinhso.foundation.calendars.rules.holidays import days_off
from tinhso.foundation.calendars.rules.lunar import solar_date

LAW = read_law()


@pytest.mark.parametrize(
    "first_day",
    ["1985-01-21", "2007-02-17", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25",
     "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2030-02-02"],
)  # fmt: skip
def test_the_lunar_year_begins_as_in_viet_nam_not_as_in_china(first_day: str) -> None:
    day = date.fromisoformat(first_day)
    assert solar_date(1, 1, day.year) == day


@pytest.mark.parametrize(
    "day",
    ["2020-04-02", "2021-04-21", "2022-04-10", "2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26", "2027-04-16"],
)
def test_the_hung_kings_day_is_found(day: str) -> None:
    assert solar_date(10, 3, int(day[:4])).isoformat() == day


WEEKDAYS_OFF = {
    2020: "1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9",
    2021: "1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9",
    2022: "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_weekdays_off_of_a_year_are_those_of_its_notices(year: int) -> None:
    off, _ = days_off(year, year, LAW)
    said = [f"{day.day.day}/{day.day.month}" for day in off if day.day.weekday() < 5]
    assert said == WEEKDAYS_OFF[year].split()


def test_swapped_saturdays_are_worked() -> None:
    _, extra = days_off(2020, 2026, LAW)
    assert [day.day.isoformat() for day in extra] == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]
    assert all(day.day.weekday() == 5 and day.instead_of.weekday() < 5 for day in extra)


def test_every_year_has_the_days_the_code_counts() -> None:
    for year in range(2021, 2036):
        off, _ = days_off(year, year, LAW)
        holidays = [day for day in off if day.kind is OffKind.HOLIDAY]
        assert len(holidays) == (12 if year >= 2026 else 11), year


def test_each_weekend_holiday_of_the_code_is_given_back_once() -> None:
    for year in range(2020, 2036):
        off, _ = days_off(year, year, LAW)
        owed = [
            day for day in off
            if day.kind is OffKind.HOLIDAY and day.day.weekday() >= 5 and day.name != "Ngày Văn hóa Việt Nam"
        ]  # fmt: skip
        given = [day for day in off if day.kind is OffKind.IN_LIEU]
        assert len(owed) == len(given), year
        assert all(day.day.weekday() < 5 for day in given)


def test_a_year_without_a_decision_is_assumed_and_says_so() -> None:
    off, extra = days_off(2027, 2035, LAW)
    decided_yearly = [day for day in off if "Tết Âm lịch" in day.name or "liền kề" in day.name]
    assert len(decided_yearly) >= 9 * 6
    assert {day.mark for day in decided_yearly} == {Mark.ASSUMED}
    assert not extra


def test_habit_agrees_with_the_decisions_it_was_taken_from() -> None:
    for year, decision in LAW.decisions.items():
        new_year = solar_date(1, 1, year)
        before = LAW.habit.tet_days_before[new_year.weekday()]
        assert decision.tet == new_year - timedelta(days=before), year
        if decision.national_second:
            is_before = decision.national_second < date(year, 9, 2)
            assert LAW.habit.second_before[date(year, 9, 2).weekday()] is is_before, year


def test_every_fact_has_a_legal_basis() -> None:
    off, extra = days_off(2020, 2035, LAW)
    assert all(day.basis for day in off)
    assert all(day.basis for day in extra)
