from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.payments.rules.declared import lines_as_json, parse_benefit, parse_fee
from tinhso.foundation.payments.rules.fees import (
    Channel,
    Fee,
    FeeKind,
    Fixed,
    Item,
    Rate,
    Situation,
    Tier,
    Tiered,
    assess,
)
from tinhso.foundation.payments.rules.law import Basis, Mark

DAY = date(2026, 11, 20)
AT_THE_DESK = Situation(DAY, Channel.IN_PERSON)
ONLINE = Situation(DAY, Channel.ONLINE)

COPIES = parse_fee(
    {
        "code": "2.000815",
        "name": "Phí chứng thực bản sao",
        "kind": "phi",
        "basis": "Thông tư 226/2016/TT-BTC",
        "mark": "secondary",
        "tariff": {
            "type": "tiers",
            "tiers": [{"from_page": 1, "amount": 2000}, {"from_page": 3, "amount": 1000}],
            "cap_per_copy": 200_000,
        },
    }
)
RESIDENCE: dict[str, Any] = {
    "code": "1.004222",
    "name": "Lệ phí đăng ký thường trú",
    "kind": "le_phi",
    "basis": "Thông tư 75/2022/TT-BTC",
    "mark": "secondary",
    "tariff": {"type": "fixed", "amount": 20_000},
    "benefits": [
        {
            "key": "online",
            "name": "mức thu khi nộp trực tuyến",
            "kind": "online",
            "basis": "Thông tư 75/2022/TT-BTC",
            "mark": "secondary",
            "instead": {"type": "fixed", "amount": 10_000},
            "channels": ["online"],
        },
        {
            "key": "poor",
            "name": "miễn lệ phí cho hộ nghèo",
            "kind": "exemption",
            "basis": "Thông tư 75/2022/TT-BTC Điều 4",
            "mark": "assumed",
            "needs": ["ho-ngheo"],
        },
    ],
}
COUNCIL = parse_fee(
    {
        "code": "1.004873",
        "name": "Lệ phí xác nhận tình trạng hôn nhân",
        "kind": "le_phi",
        "basis": "Nghị quyết của Hội đồng nhân dân tỉnh",
        "mark": "assumed",
        "tariff": {"type": "council", "key": "ho-tich"},
    }
)
WINDOW = parse_benefit(
    {
        "key": "nq-66.22-2026",
        "name": "miễn phí, lệ phí cho người nộp trực tuyến đã tích hợp đủ tiện ích",
        "kind": "waiver",
        "basis": "Nghị quyết 66.22/2026, Thông tư 117/2026/TT-BTC",
        "mark": "read",
        "valid_from": "2026-08-15",
        "valid_to": "2027-03-01",
        "channels": ["online"],
        "needs": ["vneid-2", "vneid-5-tien-ich"],
        "fees": ["1.004222", "1.004873"],
    }
)


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (500, 1, 200_000),
        (3, 4, 20_000),
        (500, 3, 600_000),
    ],
)
def test_certified_copies_cost_by_page_with_a_cap_for_each_copy(pages: int, copies: int, amount: int) -> None:
    assert assess([COPIES], replace(AT_THE_DESK, items=(Item(pages, copies),))).total == amount


def test_each_paper_is_counted_by_its_own_pages() -> None:
    assert assess([COPIES], replace(AT_THE_DESK, items=(Item(3, 2), Item(1, 1)))).total == 12_000


@given(st.integers(1, 700), st.integers(1, 20))
def test_another_page_never_costs_less_and_parts_add_up(pages: int, copies: int) -> None:
    (line,) = assess([COPIES], replace(AT_THE_DESK, items=(Item(pages, copies),))).lines
    (longer,) = assess([COPIES], replace(AT_THE_DESK, items=(Item(pages + 1, copies),))).lines
    assert line.full == sum(part.amount for part in line.parts)
    assert sum(part.pages or 0 for part in line.parts) == pages
    assert 0 <= (longer.amount or 0) - (line.amount or 0) <= 2_000 * copies
    assert (line.amount or 0) <= 200_000 * copies


def test_filing_online_costs_less_where_the_circular_says_so() -> None:
    fee = parse_fee(RESIDENCE)
    assert assess([fee], AT_THE_DESK).total == 20_000
    assert assess([fee], ONLINE).total == 10_000


def test_of_several_benefits_the_best_applies_alone_and_the_others_are_named() -> None:
    situation = replace(ONLINE, traits=frozenset({"ho-ngheo"}))
    (line,) = assess([parse_fee(RESIDENCE)], situation).lines
    assert line.amount == 0
    assert line.applied is not None
    assert line.applied.benefit.key == "poor"
    assert [offer.benefit.key for offer in line.passed_over] == ["online"]


@pytest.mark.parametrize(
    ("day", "total"),
    [
        (date(2026, 8, 14), 10_000),
        (date(2026, 8, 15), 0),
        (date(2027, 2, 28), 0),
        (date(2027, 3, 1), 10_000),
    ],
)
def test_a_waiver_window_holds_from_its_first_day_to_its_last(day: date, total: int) -> None:
    situation = Situation(day, Channel.ONLINE, traits=frozenset({"vneid-2", "vneid-5-tien-ich"}))
    assert assess([parse_fee(RESIDENCE)], situation, windows=[WINDOW]).total == total


def test_a_waiver_needs_all_it_asks_for_and_covers_only_its_fees() -> None:
    half = replace(ONLINE, traits=frozenset({"vneid-2"}))
    whole = replace(ONLINE, traits=frozenset({"vneid-2", "vneid-5-tien-ich"}))
    assert assess([parse_fee(RESIDENCE)], half, windows=[WINDOW]).total == 10_000
    assert assess([COPIES], whole, windows=[WINDOW]).total == 2_000


def test_a_council_fee_nobody_entered_is_undecided_and_never_guessed() -> None:
    assessment = assess([COUNCIL, parse_fee(RESIDENCE)], AT_THE_DESK)
    assert assessment.total is None
    assert assessment.undecided == ("1.004873",)
    assert assessment.lines[0].basis.mark is Mark.ASSUMED


def test_a_council_fee_comes_from_the_dated_row_with_its_own_basis() -> None:
    rate = Rate(15_000, Basis("Nghị quyết 01/2026/NQ-HĐND", Mark.READ, date(2026, 1, 1), date(2026, 11, 21)))
    (line,) = assess([COUNCIL], AT_THE_DESK, rates={"ho-tich": rate}).lines
    assert (line.amount, line.basis.text) == (15_000, "Nghị quyết 01/2026/NQ-HĐND")
    late = replace(AT_THE_DESK, day=date(2026, 11, 21))
    assert assess([COUNCIL], late, rates={"ho-tich": rate}).total is None


def test_an_exemption_decides_even_an_unknown_council_fee() -> None:
    situation = replace(ONLINE, traits=frozenset({"vneid-2", "vneid-5-tien-ich"}))
    assert assess([COUNCIL], situation, windows=[WINDOW]).total == 0


def test_a_benefit_that_would_cost_more_is_not_applied() -> None:
    dear = {**RESIDENCE, "tariff": {"type": "fixed", "amount": 5_000}}
    (line,) = assess([parse_fee(dear)], ONLINE).lines
    assert line.amount == 5_000
    assert line.applied is None


def test_a_share_is_rounded_down_to_the_dong() -> None:
    half = {**RESIDENCE["benefits"][0], "percent_off": 50}
    del half["instead"]
    odd = {**RESIDENCE, "tariff": {"type": "fixed", "amount": 25_001}, "benefits": [half]}
    assert assess([parse_fee(odd)], ONLINE).total == 12_500


def test_a_fee_per_copy_counts_copies() -> None:
    fee = Fee("2.000635", "Trích lục", FeeKind.FEE, Fixed(8_000, "copy"), Basis("TT 281/2016", Mark.SECONDARY))
    assert assess([fee], replace(AT_THE_DESK, items=(Item(copies=3), Item()))).total == 32_000


def test_a_fee_outside_its_dates_makes_no_line() -> None:
    ended = replace(COPIES, basis=replace(COPIES.basis, valid_to=date(2026, 1, 1)))
    assert assess([ended], AT_THE_DESK).lines == ()


def test_no_fee_is_nothing_to_pay() -> None:
    assert assess([], AT_THE_DESK).total == 0


def test_what_is_kept_of_a_line_says_its_arithmetic_and_basis() -> None:
    (kept,) = lines_as_json(assess([parse_fee(RESIDENCE)], ONLINE))
    assert kept["full"] == 20_000
    assert kept["amount"] == 10_000
    assert kept["benefit"]["name"] == "mức thu khi nộp trực tuyến"
    assert kept["parts"] == [{"count": 1, "pages": None, "rate": 20_000, "cut": 0, "amount": 20_000}]


@pytest.mark.parametrize(
    "change",
    [
        {"code": ""},
        {"kind": "thue"},
        {"mark": "sure"},
        {"valid_from": "hôm qua"},
        {"tariff": {"type": "fixed", "amount": -1}},
        {"tariff": {"type": "fixed", "amount": 2.5}},
        {"tariff": {"type": "fixed", "amount": 1, "per": "page"}},
        {"tariff": {"type": "tiers", "tiers": []}},
        {"tariff": {"type": "tiers", "tiers": [{"from_page": 2, "amount": 1}]}},
        {"tariff": {"type": "dice"}},
        {"tariff": None},
        {"benefits": [{"key": "half"}]},
    ],
)
def test_a_badly_declared_fee_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_fee({**RESIDENCE, **change})


def test_tiers_must_start_at_the_first_page() -> None:
    with pytest.raises(ValueError, match="page 1"):
        Tiered((Tier(3, 1000),))
