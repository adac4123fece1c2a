from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.payments.rules.chart import EntryKind
from tinhso.foundation.payments.rules.declared import lines_as_json
from tinhso.foundation.payments.rules.fees import Channel, Item, Situation, assess
from tinhso.foundation.payments.rules.standing import standing
from tinhso.foundation.payments.words import dong_in_words, say_line, say_standing

from .test_fees import COPIES, COUNCIL


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (11, "Mười một đồng"),
        (24, "Hai mươi tư đồng"),
        (14, "Mười bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (2_000, "Hai nghìn đồng"),
        (21_004, "Hai mươi mốt nghìn không trăm linh bốn đồng"),
        (100_000, "Một trăm nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
        (12_345_678, "Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
    ],
)
def test_amounts_are_written_as_receipts_write_them(amount: int, words: str) -> None:
    assert dong_in_words(amount) == words


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_different_amounts_have_different_words(one: int, other: int) -> None:
    words = dong_in_words(one)
    assert "  " not in words
    assert (words == dong_in_words(other)) == (one == other)


def test_nothing_is_below_zero() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        dong_in_words(-1)


def test_a_line_says_its_sum_so_that_it_can_be_checked_by_hand() -> None:
    situation = Situation(date(2026, 11, 20), Channel.IN_PERSON, items=(Item(4, 3),))
    (line,) = lines_as_json(assess([COPIES], situation))
    assert say_line(line) == (
        "Phí chứng thực bản sao: 18.000 đồng (2 trang × 3 bản × 2.000 đồng + 2 trang × 3 bản × 1.000 đồng); "
        "căn cứ Thông tư 226/2016/TT-BTC (theo nguồn thứ cấp)"
    )
    assert say_line(line, "en").startswith("Phí chứng thực bản sao: VND 18,000 (2 pages × 3 copies × VND 2,000")


def test_a_line_says_what_the_cap_took_off() -> None:
    situation = Situation(date(2026, 11, 20), Channel.IN_PERSON, items=(Item(200, 1),))
    (line,) = lines_as_json(assess([COPIES], situation))
    assert "198 trang × 1.000 đồng − 2.000 đồng vượt mức tối đa" in say_line(line)


def test_an_undecided_line_says_who_decides() -> None:
    (line,) = lines_as_json(assess([COUNCIL], Situation(date(2026, 11, 20), Channel.IN_PERSON)))
    assert "do Hội đồng nhân dân tỉnh quyết định" in say_line(line)


def test_the_standing_says_what_is_left_to_do() -> None:
    waiting = standing({EntryKind.CHARGE: 20_000})
    assert say_standing(waiting) == "Chờ thanh toán, còn phải nộp 20.000 đồng"
    twice = standing({EntryKind.CHARGE: 20_000, EntryKind.PAYMENT: 40_000, EntryKind.EXCESS: 20_000})
    assert say_standing(twice) == "Đã thanh toán; 20.000 đồng chờ hoàn trả"
    assert say_standing(replace(twice, credit=0), "en") == "Paid"
