import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.payments.rules.reference import reference_for, words_that_may_be_references

codes = st.from_regex(r"[0-9A-Z]{2,6}(\.[0-9A-Z]{1,6}){0,4}-[0-9]{6}-[0-9]{4,5}", fullmatch=True)


@given(codes, st.integers(1, 9))
def test_a_reference_is_one_short_ascii_word(code: str, payment_round: int) -> None:
    assert re.fullmatch(r"[0-9A-Z]{1,25}", reference_for(code, payment_round))


def test_the_same_dossier_and_round_give_the_same_word() -> None:
    assert reference_for("H56.101.05-250214-0007", 1) == reference_for("H56.101.05-250214-0007", 1)


def test_rounds_and_codes_equal_without_dots_are_told_apart() -> None:
    words = {
        reference_for("H56.101.05-250214-0007", 1),
        reference_for("H56.101.05-250214-0007", 2),
        reference_for("H56.1010.5-250214-0007", 1),
    }
    assert len(words) == 3


def test_the_dossier_is_still_readable_in_it() -> None:
    assert reference_for("H56.101.05-250214-0007", 1).startswith("H56101052502140007")


def test_a_code_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="no letter"):
        reference_for("---", 1)


@given(codes)
def test_the_reference_is_found_in_a_bank_s_text(code: str) -> None:
    reference = reference_for(code, 1)
    for text in (
        reference,
        f"NGUYEN VAN A CHUYEN TIEN {reference} FT25045",
        f"MBVCB.4512345678.{reference.lower()}.CT TU 001100",
    ):
        assert reference in words_that_may_be_references(text)
