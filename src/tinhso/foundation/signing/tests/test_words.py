from datetime import date

import pytest

from tinhso.foundation.signing.tests.conftest import NOW
from tinhso.foundation.signing.verdict import Additions, Attack, SignatureVerdict, Trust, Verdict, Whole
from tinhso.foundation.signing.words import (
    ATTACKS,
    SIGNATURES,
    WHOLE,
    date_words,
    number_words,
    signature_words,
    whole_words,
)

SIGNATURE = SignatureVerdict(
    "nguoi-ky", "Đặng Thị Hường", "Phó Chủ tịch", "UBND xã Hùng Việt", "H44.34", NOW,
    intact=True, trust=Trust.TRUSTED, additions=Additions.SIGNATURES,
)  # fmt: skip


@pytest.mark.parametrize(("number", "words"), [(7, "07"), (10, "10"), (1234, "1234"), ("05a", "05a")])
def test_a_number_under_ten_gets_its_zero(number: int | str, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_get_a_zero(day: date, words: str) -> None:
    assert date_words(day) == words


def test_every_verdict_has_its_words_in_both_languages() -> None:
    assert set(WHOLE) == set(Whole)
    assert set(ATTACKS) == set(Attack)
    for pair in [*WHOLE.values(), *ATTACKS.values(), *SIGNATURES.values()]:
        assert len(set(pair)) == 2


def test_a_signature_is_said_in_one_line() -> None:
    assert signature_words(SIGNATURE) == (
        "Đặng Thị Hường, Phó Chủ tịch, UBND xã Hùng Việt, ký lúc 09 giờ 00, ngày 22/11/2026: hợp lệ"
    )
    assert signature_words(SIGNATURE, "en").endswith("signed at 09:00 on 22/11/2026: valid")


def test_an_attack_is_named_behind_the_verdict() -> None:
    said = whole_words(Verdict(Whole.CHANGED, (SIGNATURE,), Attack.SHADOW))
    assert said.startswith("Văn bản đã bị thay đổi sau khi ký.")
    assert "giấu" in said
