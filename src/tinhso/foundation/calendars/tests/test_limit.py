"""Time limits as people and the catalogue of procedures write them."""

import pytest

from tinhso.core.errors import Invalid
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit, parse_limit
from tinhso.foundation.calendars.words import limit as say_limit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 ngày làm việc", 3, Unit.WORKING_DAYS),
        ("03 Ngày làm việc", 3, Unit.WORKING_DAYS),
        ("05 (năm) ngày làm việc", 5, Unit.WORKING_DAYS),
        ("15ngày làm việc", 15, Unit.WORKING_DAYS),
        ("20 ngày", 20, Unit.DAYS),
        ("8 giờ", 8, Unit.HOURS),
        ("02 (hai) giờ làm việc", 2, Unit.HOURS),
        ("1 tháng", 1, Unit.MONTHS),
        ("2 tuần", 2, Unit.WEEKS),
        ("Trong ngày", 1, Unit.WITHIN_DAY),
        ("trong ngày làm việc", 1, Unit.WITHIN_DAY),
        ("3 working days", 3, Unit.WORKING_DAYS),
        ("1 working day", 1, Unit.WORKING_DAYS),
        ("8 hours", 8, Unit.HOURS),
        ("20 days", 20, Unit.DAYS),
        ("1 month", 1, Unit.MONTHS),
        ("1000 ngày", 1000, Unit.DAYS),
        ("8000 giờ", 8000, Unit.HOURS),
    ],
)
def test_a_limit_is_read(text: str, amount: int, unit: Unit) -> None:
    assert parse_limit(text) == TimeLimit(amount, unit)


@pytest.mark.parametrize(
    "text",
    ["0 ngày", "0 giờ", "-3 ngày", "1001 ngày", "1001 ngày làm việc", "8001 giờ", "34 tháng", "143 tuần",
     "", "ngay", "3", "ba ngày", "3 năm", "3 ngày rưỡi", "3.5 ngày"],
)  # fmt: skip
def test_what_is_no_limit_is_refused_with_words(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_limit(text)
    assert "limit" in refused.value.fields
    assert refused.value.what_to_do


def test_within_the_day_has_no_amount() -> None:
    with pytest.raises(Invalid):
        TimeLimit(2, Unit.WITHIN_DAY)


def test_a_procedure_may_promise_no_date() -> None:
    limit = parse_limit("Không hẹn ngày trả")
    assert (limit.amount, limit.unit) == (1, Unit.NO_DATE)
    assert say_limit(limit) == "không hẹn ngày trả"
