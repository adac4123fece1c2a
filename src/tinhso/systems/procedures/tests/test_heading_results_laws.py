import pytest

from tinhso.systems.procedures.rules.heading import Applicant, Kind, Level
from tinhso.systems.procedures.rules.legal_bases import LegalBasis, read_legal_bases
from tinhso.systems.procedures.rules.parse import parse_record
from tinhso.systems.procedures.rules.results import Result, read_results
from tinhso.systems.procedures.rules.review import Reason

from .sample import FURNITURE, LAWS_HEADER, TAIL, record


def bases(table: str) -> list[tuple[str, str | None]]:
    rows, _ = read_legal_bases(LAWS_HEADER + table)
    return [(row.title, row.number) for row in rows]


def test_a_readable_record_needs_no_review() -> None:
    procedure = parse_record(record())
    assert procedure.reviews == ()
    assert (procedure.code, procedure.decision, procedure.kind) == ("9.000001", "77/QĐ-BXYZ", Kind.DELEGATED_BY_LAW)
    assert procedure.levels == {Level.PROVINCE, Level.COMMUNE}
    assert procedure.applicants == {Applicant.ORGANISATION, Applicant.OFFICER}
    assert procedure.executing_agencies == ("Sở Thư viện", "Thuế tỉnh, thành phố", "Công an cấp Xã")
    assert procedure.steps == ("Bước 1: Nộp hồ sơ.\n- Kiểm tra.", "Bước 2: Nhận thẻ.")
    assert procedure.results == (Result("Thẻ đọc sách", "KQ.G99.000001"),)
    assert (procedure.related, procedure.conditions) == (None, None)


def test_raw_text_stays_beside_what_was_read() -> None:
    raw = record(co_quan_thuc_hien="Sở\u00a0Thư viện. ")
    procedure = parse_record(raw)
    assert procedure.executing_agencies == ("Sở Thư viện",)
    assert procedure.raw["executing_agencies"] == "Sở\u00a0Thư viện. "
    assert procedure.raw["results"] == raw["ket_qua_xu_ly"]


@pytest.mark.parametrize(
    "key,text,field,reason",
    [
        ("ma_thu_tuc", "T-XYZ-123", "code", Reason.UNKNOWN_SHAPE),
        ("ten_thu_tuc", "", "name", Reason.MISSING),
        ("so_quyet_dinh", "1681", "decision", Reason.UNKNOWN_SHAPE),
        ("cap_thuc_hien", "Cấp tỉnh, Cấp thôn", "levels", Reason.UNKNOWN_VALUE),
        ("loai_thu_tuc", "", "kind", Reason.MISSING),
        ("linh_vuc", "Thư viện, Bảo tàng", "sectors", Reason.SPLIT_UNSURE),
        ("doi_tuong_thuc_hien", "Người ngoài hành tinh", "applicants", Reason.UNKNOWN_VALUE),
        ("co_quan_thuc_hien", "Sở Thư viện, Nhóm bạn đọc", "executing_agencies", Reason.SPLIT_UNSURE),
        ("trinh_tu_thuc_hien", "", "steps", Reason.MISSING),
        ("ten_thu_tuc", ["danh sách"], "name", Reason.NOT_TEXT),
    ],
)
def test_what_cannot_be_read_is_a_review(key: str, text: object, field: str, reason: Reason) -> None:
    assert (field, reason) in {(r.field, r.reason) for r in parse_record(record(**{key: text})).reviews}


def test_a_comma_before_a_small_letter_is_inside_a_sector() -> None:
    assert parse_record(record(linh_vuc="Khiếu nại, tố cáo")).sectors == ("Khiếu nại, tố cáo",)


def test_results_come_apart_at_their_codes_and_lose_the_furniture() -> None:
    text = f"Thẻ thườngMã: KQ.G99.000001Thẻ quýMã: KQ.G99.000002Từ khóathẻ, sáchMô tảCấp tại quầy{FURNITURE}"
    results = parse_record(record(ket_qua_xu_ly=text)).results
    assert results == (Result("Thẻ thường", "KQ.G99.000001"), Result("Thẻ quý", "KQ.G99.000002"))


def test_a_strange_result_code_is_withheld() -> None:
    results, reviews = read_results(f"ThẻMã: abcxyz{TAIL}")
    assert results == (Result("Thẻ", None),)
    assert [review.reason for review in reviews] == [Reason.RESULT_CODE_UNKNOWN]


def test_laws_come_apart_at_numbers_that_no_blank_parts() -> None:
    assert bases(
        "Luật Thư viện46/2019/QH14Nghị định 93/2020/NĐ-CP93/2020/NĐ-CPSửa đổi Thông tư số 1/2020/TT-BTC2/2021/TT-BTC"
    ) == [
        ("Luật Thư viện", "46/2019/QH14"),
        ("Nghị định 93/2020/NĐ-CP", "93/2020/NĐ-CP"),
        ("Sửa đổi Thông tư số 1/2020/TT-BTC", "2/2021/TT-BTC"),
    ]


def test_a_number_cell_may_carry_its_kind_or_be_its_own_title() -> None:
    assert bases("Quy định về thẻNghị định số 31/2025/NĐ-CP14/2025/TT-BTC14/2025/TT-BTC") == [
        ("Quy định về thẻ", "31/2025/NĐ-CP"),
        ("14/2025/TT-BTC", "14/2025/TT-BTC"),
    ]


def test_a_year_that_ends_the_title_is_not_the_number() -> None:
    assert bases("Luật số 43/2024/QH15 ngày 29/6/202443/2024/QH15Thông tư ngày 15/5/2026.5/2026/TT-BTC") == [
        ("Luật số 43/2024/QH15 ngày 29/6/2024", "43/2024/QH15"),
        ("Thông tư ngày 15/5/2026.", "5/2026/TT-BTC"),
    ]


def test_a_law_whose_number_is_cut_is_a_review() -> None:
    rows, reviews = read_legal_bases(f"{LAWS_HEADER}Quy chế thẻ118/2025/NĐ-CLuật Thư viện46/2019/QH14")
    assert rows == (LegalBasis("Quy chế thẻ118/2025/NĐ-CLuật Thư viện", None),)
    assert [review.reason for review in reviews] == [Reason.LEGAL_NUMBER_UNSURE]


def test_papers_that_bled_cast_doubt_on_steps_and_channels() -> None:
    procedure = parse_record(record(thanh_phan_ho_so=") và nộp tại quầy.\nBước 2. Chờ."))
    found = {(review.field, review.reason) for review in procedure.reviews}
    assert {("papers", Reason.FIELD_BLED), ("steps", Reason.MAYBE_CUT), ("channels", Reason.MAYBE_CUT)} <= found


def test_a_bare_number_for_a_code_does_not_begin_the_next_result() -> None:
    results, reviews = read_results("Văn bản trả lờiMã: 78Thẻ đọc sáchMã: KQ.G99.000001")
    assert results == (Result("Văn bản trả lời", None), Result("Thẻ đọc sách", "KQ.G99.000001"))
    assert [review.reason for review in reviews] == [Reason.RESULT_CODE_UNKNOWN]
