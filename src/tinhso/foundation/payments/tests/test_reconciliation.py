import pytest

from tinhso.foundation.payments.rules.reconciliation import Difference, Row, compare


def test_each_row_falls_in_exactly_one_basket() -> None:
    ours = [Row("A", 10), Row("B", 20), Row("C", 30)]
    theirs = [Row("B", 20), Row("C", 31), Row("D", 40)]
    result = compare(ours, theirs)
    assert result.matched == (Row("B", 20),)
    assert result.missing_there == (Row("A", 10),)
    assert result.missing_here == (Row("D", 40),)
    assert result.different == (Difference("C", 30, 31),)
    assert not result.clean


def test_two_equal_days_are_clean() -> None:
    assert compare([Row("A", 10)], [Row("A", 10)]).clean


def test_a_file_that_names_a_transaction_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        compare([], [Row("A", 10), Row("A", 10)])
