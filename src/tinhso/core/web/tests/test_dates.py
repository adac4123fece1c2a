"""Dates as people know them."""

from datetime import date

import pytest

from tinhso.core.web.dates import PartialDate


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        (("21", "3", "1958"), "1958-03-21"),
        (("", "3", "1958"), "1958-03"),
        (("", "", "1958"), "1958"),
        (("29", "2", "2023"), None),
        (("21", "", "1958"), None),
        (("", "13", "1958"), None),
        (("", "", ""), None),
        (("hai mốt", "ba", "1958"), None),
    ],
)
def test_what_was_typed_is_a_whole_date_a_month_a_year_or_none(typed: tuple[str, str, str], iso: str | None) -> None:
    data = dict(zip(("born_day", "born_month", "born_year"), typed, strict=True))
    assert PartialDate.parse(data, "born").iso() == iso


@pytest.mark.parametrize("iso", ["1958", "1958-03", "1958-03-21"])
def test_a_kept_date_comes_back_as_it_was(iso: str) -> None:
    assert PartialDate.of(iso).iso() == iso


def test_a_date_fills_all_three() -> None:
    assert PartialDate.of(date(2026, 11, 2)) == PartialDate("2", "11", "2026")
    assert not PartialDate.of(None)


def test_a_year_longer_than_any_calendar_is_no_date() -> None:
    assert PartialDate("1", "1", "9" * 30).whole() is None
    assert PartialDate("", "", "9" * 30).iso() is None
