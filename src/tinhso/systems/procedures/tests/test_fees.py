import pytest

from tinhso.systems.procedures.rules.fees import amounts_named, part_limit_from_fee, split_condition
from tinhso.systems.procedures.rules.review import Reason

from .sample import LAWS_HEADER
from .test_channels import parsed, reasons


def fee_of(rows: str, **changes: str) -> tuple[int | None, list[Reason]]:
    procedure = parsed(rows, **changes)
    return procedure.channels[0].fees[0].amount, reasons(procedure, "channels.fee")


@pytest.mark.parametrize(
    "rows,reason",
    [
        ("Trực tiếp3 Ngày700 VNĐ(700.000 đồng/lần)", Reason.FEE_TOO_SMALL),
        ("Trực tiếp3 Ngày50 VNĐ", Reason.FEE_TOO_SMALL),
        ("Trực tiếp3 Ngày10 USD(10 USD/thẻ)", Reason.FEE_FOREIGN),
        ("Trực tiếp3 Ngày50,000 VNĐ(25.000 đồng/thẻ)", Reason.FEE_NOT_IN_TEXT),
        ("Trực tiếp3 Ngày50,000 VNĐ(thẻ lớn 50.000 đồng, thẻ nhỏ 20.000 đồng)", Reason.FEE_SEVERAL_AMOUNTS),
        ("Trực tiếp3 Ngày50,000 VNĐ(theo quy định tại Thông tư số 1/2024/TT-BTC)", Reason.FEE_BY_OTHER_TEXT),
        ("Trực tiếp3 Ngày50,000 VNĐ(bằng 50% mức thường)", Reason.FEE_VARIES),
        ("Trực tiếp3 Ngày50,000 VNĐ(áp dụng đến hết ngày 31/12/2026)", Reason.FEE_VARIES),
        ("Trực tiếp3 Ngày50,000 VNĐ(do Hội đồng nhân dân tỉnh quyết định)", Reason.FEE_BY_COUNCIL),
        ("Trực tiếp3 NgàyMiễn phí(do HĐND quy định)", Reason.FEE_BY_COUNCIL),
        ("Trực tiếp3 NgàyMiễn phí(Theo Luật Phí và lệ phí)", Reason.FREE_WITH_CONDITIONS),
        ("Trực tiếp3 NgàyMiễn phíMức thu 30.000 đồng", Reason.FREE_WITH_CONDITIONS),
        ("Trực tiếp3 Ngày50,000 VNĐ((Phí thẻ)", Reason.BRACKET_OPEN),
    ],
)
def test_a_doubtful_fee_is_withheld(rows: str, reason: Reason) -> None:
    assert fee_of(rows) == (None, [reason])


@pytest.mark.parametrize(
    "said", ["", "(Không)", "(Không có.)", "(Không quy định)", "(không thu phí, lệ phí)", "(Miễn phí)"]
)
def test_free_that_nothing_contradicts_is_nought(said: str) -> None:
    reasons = [] if said else [Reason.FREE_UNCONFIRMED]
    assert fee_of(f"Trực tiếp3 NgàyMiễn phí{said}Nộp tại quầy, có kinh phí hỗ trợ") == (0, reasons)


def test_free_is_doubted_when_the_steps_or_the_laws_speak_of_a_fee() -> None:
    rows = "Trực tiếp3 NgàyMiễn phí"
    law = f"{LAWS_HEADER}Thông tư quy định mức thu lệ phí thẻ1/2024/TT-BTC"
    assert fee_of(rows, trinh_tu_thuc_hien="Người nhận thẻ nộp lệ phí.") == (None, [Reason.FREE_BUT_ELSEWHERE])
    assert fee_of(rows, can_cu_phap_ly=law) == (None, [Reason.FREE_BUT_ELSEWHERE])
    assert fee_of("Trực tiếp3 NgàyMiễn phí(Không)", can_cu_phap_ly=law) == (0, [])


def test_free_is_doubted_when_another_channel_charges() -> None:
    procedure = parsed("Trực tuyến3 NgàyMiễn phí(Không)Trực tiếp3 Ngày20,000 VNĐ")
    assert [row.fees[0].amount for row in procedure.channels] == [None, 20_000]


def test_a_rate_for_a_time_in_one_row_casts_doubt_on_every_row() -> None:
    procedure = parsed("Trực tuyến3 Ngày50,000 VNĐTrực tiếp3 Ngày50,000 VNĐ(áp dụng đến hết ngày 31/12/2026)")
    assert [row.fees[0].amount for row in procedure.channels] == [None, None]
    assert reasons(procedure, "channels.fee") == [Reason.FEE_VARIES] * 2


def test_an_exempt_class_keeps_the_amount_and_asks_for_a_look() -> None:
    amount, found = fee_of("Trực tiếp3 Ngày8,000 VNĐ(8.000 đồng/bản. Miễn lệ phí cho người khuyết tật)")
    assert (amount, found) == (8_000, [Reason.FEE_HAS_EXEMPTIONS])


def test_a_unit_alone_in_the_bracket_is_the_fee_s_unit() -> None:
    fee = parsed("Trực tiếp3 Ngày2,000 Việt Nam Đồng(/trang)").channels[0].fees[0]
    assert (fee.amount, fee.unit, fee.condition) == (2_000, "trang", "/trang")


def test_a_limit_and_a_fee_that_ran_together_come_apart_only_by_the_text() -> None:
    assert part_limit_from_fee("120,000", "VNĐ", "20.000 đồng/thẻ") == ("1", "20,000 VNĐ")
    assert part_limit_from_fee("120,000", "VNĐ", "") is None
    assert part_limit_from_fee("1150,000", "VNĐ", "150.000 đồng; 50.000 đồng") is None
    assert fee_of("Trực tiếp120,000 VNĐ") == (None, [Reason.FEE_GLUED_TO_LIMIT])
    assert fee_of("Trực tiếp120,000 VNĐ(20.000 đồng/thẻ)") == (20_000, [])


def test_amounts_are_read_as_vietnam_writes_them() -> None:
    text = "1.500.000 đồng, 02 triệu đồng, 1,5 triệu đồng, 20.000đ/lần, 160.000/hộ chiếu, Thông tư 64/2025, 30%"
    assert amounts_named(text) == (1_500_000, 2_000_000, 20_000, 160_000)  # 1,5 triệu is 1.500.000 again


def test_a_list_mark_is_not_a_condition() -> None:
    assert split_condition("(i) Thẻ thường (ii) thẻ quý") == ("", "(i) Thẻ thường (ii) thẻ quý", ())
    assert split_condition("(Không)Nộp tại quầy") == ("Không", "Nộp tại quầy", ())
