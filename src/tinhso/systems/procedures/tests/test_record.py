import gzip
import json
from pathlib import Path

import pytest

from tinhso.core.errors import Invalid
from tinhso.systems.procedures.rules.document import count_reviews
from tinhso.systems.procedures.rules.parse import parse_record
from tinhso.systems.procedures.rules.record import read_records

from .sample import record


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in records), "utf-8")
    return path


def test_lines_a_packed_file_and_a_list_hold_the_same_records(tmp_path: Path) -> None:
    lines = write(tmp_path / "a.jsonl", record(), record(ma_thu_tuc="9.000002"))
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(lines.read_bytes()))
    listed = write(tmp_path / "a.json", [record(), record(ma_thu_tuc="9.000002")])
    read = [read_records(path) for path in (lines, packed, listed)]
    assert read[0] == read[1] == read[2]
    assert [(item.code, item.place) for item in read[0]] == [("9.000001", 1), ("9.000002", 2)]


def test_one_record_alone_is_a_file_too(tmp_path: Path) -> None:
    assert read_records(write(tmp_path / "one.json", record()))[0].code == "9.000001"


def test_the_same_record_twice_is_taken_once(tmp_path: Path) -> None:
    assert len(read_records(write(tmp_path / "a.jsonl", record(), record()))) == 1


def test_one_code_with_two_contents_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", record(), record(ten_thu_tuc="Khác"))
    with pytest.raises(Invalid, match=r"dòng \(vị trí\) 2: mã 9.000001 đã có ở vị trí 1 với nội dung khác"):
        read_records(path)


@pytest.mark.parametrize(
    "content,message",
    [
        ("{}", "thiếu mã thủ tục"),
        ('{"ma_thu_tuc": 5}', "thiếu mã thủ tục"),
        ('\n{"ma_thu_tuc": ', r"dòng \(vị trí\) 2: không phải JSON hợp lệ"),
        ("[1]", "không phải một bản ghi"),
        ("[" * 100_000, "không phải JSON hợp lệ"),
        ('{"ma_thu_tuc": "9.000001", "x": "\\ud800"}', "có ký tự hỏng"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(Invalid, match=message) as caught:
        read_records(path)
    assert "Chưa có gì được nhập" in caught.value.what_to_do


@pytest.mark.parametrize("name", ["none.jsonl", "folder.jsonl", "a.csv", "broken.jsonl.gz", "latin.jsonl"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(b"{}" * 999)[:20])
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(Invalid):
        read_records(tmp_path / name)


def test_a_fraction_in_a_record_has_a_fingerprint(tmp_path: Path) -> None:
    assert read_records(write(tmp_path / "a.jsonl", record(version=1.5)))[0].fingerprint


def test_reviews_are_counted_by_procedures_not_by_rows() -> None:
    rows = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp1Miễn phíTrực tuyến1Miễn phí"
    procedures = [parse_record(record(cach_thuc_thuc_hien=rows)), parse_record(record())]
    assert count_reviews(procedures) == {"channels.fee": 1, "channels.limit": 1}
