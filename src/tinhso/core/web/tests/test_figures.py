"""Numbers, money, dates and percentages as Vietnam reads them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tinhso.core.web.tags.figures import clock, day, digits, dong, inside, moment, percent, ratio


def test_money_has_points_between_thousands_and_a_space_that_does_not_break() -> None:
    assert dong(1_234_567) == "1.234.567\u00a0đồng"
    assert dong(0) == "0\u00a0đồng"
    assert dong(None) == ""
    with translation.override("en"):
        assert dong(1_234_567) == "VND\u00a01,234,567"


def test_decimals_stand_behind_a_comma() -> None:
    assert digits(Decimal("1234.5")) == "1.234,5"
    assert digits(Decimal("-0.25")) == "-0,25"


def test_an_instant_is_told_in_vietnams_zone() -> None:
    late = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    assert day(late) == "21/11/2026"
    assert clock(late) == "1 giờ 05"
    assert moment(late) == "1 giờ 05, 21/11/2026"
    assert day(date(2026, 1, 2)) == "02/01/2026"


def test_english_readers_get_a_colon() -> None:
    with translation.override("en"):
        assert clock(datetime(2026, 11, 20, 18, 5, tzinfo=UTC)) == "1:05"


@pytest.mark.parametrize(("given_value", "shown"), [(Decimal("69.864"), "69,86"), (69.865, "69,87"), (100, "100,00")])
def test_a_percentage_has_two_decimals_halves_up(given_value: Decimal | float, shown: str) -> None:
    assert percent(given_value) == f"{shown}\u00a0%"


def test_a_ratio_carries_its_numerator_and_denominator() -> None:
    shown = ratio(1228, 1405, "hồ sơ")
    assert "87,40\u00a0%" in shown
    assert "1.228\u00a0/\u00a01.405 hồ sơ" in shown


def test_nothing_to_count_is_said_in_words() -> None:
    assert "chưa có số liệu" in ratio(0, 0)


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_every_ratio_is_the_nearest_hundredth(whole: int, part: int) -> None:
    shown = ratio(part, whole).split("<summary>")[1].split("\u00a0%")[0].replace(".", "").replace(",", ".")
    assert abs(Decimal(shown) * whole - Decimal(part) * 100) <= Decimal("0.005") * whole


def test_a_place_inside_a_sentence_begins_small() -> None:
    assert inside("Tỉnh Phú Thọ") == "tỉnh Phú Thọ"
