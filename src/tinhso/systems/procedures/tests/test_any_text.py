from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.core.canonical import digest
from tinhso.systems.procedures.rules.cells import tidy
from tinhso.systems.procedures.rules.document import to_document
from tinhso.systems.procedures.rules.parse import FIELDS, parse_record
from tinhso.systems.procedures.rules.record import fingerprint
from tinhso.systems.procedures.rules.review import Reason
from tinhso.systems.procedures.words import REASONS, say_reason

from .sample import CHANNELS_HEADER, FURNITURE, LAWS_HEADER, PAPERS_HEADER, TAIL, record

PIECES = [
    CHANNELS_HEADER, PAPERS_HEADER, LAWS_HEADER, FURNITURE, TAIL, "Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính",
    "Miễn phí", "Không có thông tin", "Ngày", " Ngày làm việc", " VNĐ", " USD", "(", ")", "1", "0", "01", "20,000",
    "700", "20.000 đồng", "/thẻ", " bản chính", ",1 bản sao", "--", "Mẫu 1.docx", "Mã:", " KQ.G01.000001",
    "12/2024/NĐ-CP", "Luật ", "46/2019/QH14", "Bước 1:", "\n", " ", ", ", "ngày 01/7/2025", "Đơn xin thẻ",
    "trường hợp", "phí",
]  # fmt: skip
gluing = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map("".join)
values = gluing | st.text() | st.none() | st.integers() | st.lists(st.text(max_size=3), max_size=2)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, values)))
@settings(max_examples=300, deadline=None)
def test_no_record_whatever_raises(raw: dict[str, object]) -> None:
    procedure = parse_record(raw)
    assert all(isinstance(review.reason, Reason) for review in procedure.reviews)
    assert set(FIELDS.values()) == set(procedure.raw)


@given(gluing)
@settings(max_examples=300, deadline=None)
def test_amounts_and_limits_are_sensible_or_absent(rows: str) -> None:
    procedure = parse_record(record(cach_thuc_thuc_hien=f"{CHANNELS_HEADER}Trực tiếp3 NgàyMiễn phí{rows}"))
    for row in procedure.channels:
        assert row.limit is None or row.limit.amount > 0
        assert all(fee.amount is None or fee.amount == 0 or fee.amount >= 1_000 for fee in row.fees)


@given(gluing)
@settings(max_examples=200, deadline=None)
def test_papers_are_cut_from_the_field_in_order_and_none_twice(rows: str) -> None:
    text = f"--{PAPERS_HEADER}Đơn1 bản chính{rows}"
    procedure = parse_record(record(thanh_phan_ho_so=text))
    whole, position = tidy(text), 0
    for paper in (paper for group in procedure.papers for paper in group.papers):
        position = whole.index(paper.raw, position) + len(paper.raw)


def test_very_long_runs_of_digits_and_brackets_are_survived() -> None:
    for run in ("9" * 6_000, "(" * 6_000, "1," * 6_000, "Trực tiếp" * 2_000, "20.000" * 3_000, "A" * 9_000):
        for key in FIELDS:
            parse_record(record(**{key: run}))
            parse_record(record(**{key: f"{CHANNELS_HEADER}Trực tiếp{run} VNĐ{PAPERS_HEADER}{run} bản chính"}))


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(Reason)
    assert all(say_reason(reason).endswith((".", ")")) for reason in Reason)
    assert say_reason(Reason.FEE_FOREIGN, "en") == "The fee is in a foreign currency."


def test_a_parsed_procedure_is_a_document_that_hashes() -> None:
    first, second = (to_document(parse_record(record())) for _ in range(2))
    assert digest(first) == digest(second)
    assert first["channels"][0]["limit"] == {"amount": "3", "unit": "working_days"}
    assert first["levels"] == ["commune", "province"]


def test_the_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    forward = record()
    assert fingerprint(forward) == fingerprint(dict(reversed(forward.items())))
    assert fingerprint(forward) != fingerprint(record(ten_thu_tuc="Cấp thẻ khác"))
