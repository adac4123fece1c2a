"""Personal numbers, tax codes and phones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.forms.rules.numbers import (
    PersonalNumber,
    is_phone,
    personal_number_fault,
    tax_code_fault,
    tidy_phone,
    tidy_tax_code,
)

PREFIXES = ("025", "099")


@pytest.mark.parametrize(
    "digits, sex, year",
    [
        ("025099000001", "nam", 1999),
        ("025199000001", "nu", 1999),
        ("025220000001", "nam", 2020),
        ("025320000001", "nu", 2020),
        ("025401000001", "nam", 2101),
    ],
)
def test_the_fourth_digit_tells_century_and_sex(digits: str, sex: str, year: int) -> None:
    number = PersonalNumber(digits)
    assert (number.sex, number.birth_year) == (sex, year)


@pytest.mark.parametrize(
    "text, code",
    [
        ("025099000001", ""),
        ("131234567", "old_identity_card"),
        ("02509900000", "personal_number_length"),
        ("0250990000011", "personal_number_length"),
        ("٠٢٥٠٩٩٠٠٠٠٠١", "personal_number_form"),
        ("777099000001", "personal_number_prefix"),
        ("025399000001", "personal_number_future"),
    ],
)
def test_a_personal_number_is_judged(text: str, code: str) -> None:
    assert personal_number_fault(text, PREFIXES, 2026) == code


@pytest.mark.parametrize("code", ["0100233488", "0100109106", "0101243150", "0100109106-001", "025099000001"])
def test_known_tax_codes_pass(code: str) -> None:
    assert tax_code_fault(code) == ""


@pytest.mark.parametrize(
    "code, fault",
    [
        ("0100233489", "tax_code_check"),
        ("0100000000", "tax_code_check"),
        ("0100109106-000", "tax_code_check"),
        ("010010910", "tax_code_length"),
        ("01001091061", "tax_code_length"),
    ],
)
def test_wrong_tax_codes_are_told(code: str, fault: str) -> None:
    assert tax_code_fault(code) == fault


@given(st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_never_passes(place: int, digit: int) -> None:
    wrong = "0100233488"[:place] + str(digit) + "0100233488"[place + 1 :]
    assert (tax_code_fault(wrong) == "") is (wrong == "0100233488")


def test_thirteen_digits_in_a_row_get_their_hyphen() -> None:
    assert tidy_tax_code("0100109106 001") == "0100109106-001"


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "84912345678", "0912.345.678", "+84 0912345678"])
def test_a_phone_is_written_one_way(typed: str) -> None:
    assert tidy_phone(typed) == "0912345678"
    assert is_phone("0912345678")


def test_a_phone_too_short_or_of_no_network_fails() -> None:
    assert not is_phone("091234567")
    assert not is_phone("0112345678")
