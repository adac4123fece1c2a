"""Files of raw records, read whole and checked before anything is imported."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinhso.core.canonical import digest
from tinhso.core.errors import Invalid

CODE_KEY = "ma_thu_tuc"
LONGEST_CODE = 60
_NOTHING_LOST = "Chưa có gì được nhập. Sửa tệp rồi nhập lại."


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record: its code, its place in the file (line, or position in a list, from 1), content and fingerprint."""

    code: str
    place: int
    content: Mapping[str, Any]
    fingerprint: str


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of a record: the same content always gives the same text."""
    return digest(_exact(content)).hex()


def read_records(path: Path) -> tuple[RawRecord, ...]:
    """Records of a `.jsonl`, `.jsonl.gz` or `.json` (a list, or one record) file, each code once, in file order.

    Raises Invalid, naming the line, when the file cannot be read, is not JSON, has a record without a code, or has
    one code with two contents. The same record twice is taken once.
    """
    seen: dict[str, RawRecord] = {}
    for place, value in _values(path):
        if not isinstance(value, dict):
            raise _fault(path, place, "không phải một bản ghi (cần một đối tượng JSON)")
        code = value.get(CODE_KEY)
        if not isinstance(code, str) or not code.strip() or len(code) > LONGEST_CODE:
            raise _fault(path, place, f"thiếu mã thủ tục hoặc mã quá dài (trường {CODE_KEY})")
        try:
            record = RawRecord(code.strip(), place, value, fingerprint(value))
            if "\\u0000" in json.dumps(value):
                raise _fault(path, place, "có ký tự hỏng (NUL)")
        except (UnicodeEncodeError, RecursionError) as error:
            raise _fault(path, place, "có ký tự hỏng hoặc lồng quá sâu") from error
        first = seen.setdefault(record.code, record)
        if first.fingerprint != record.fingerprint:
            raise _fault(path, place, f"mã {record.code} đã có ở vị trí {first.place} với nội dung khác")
    return tuple(seen.values())


def _values(path: Path) -> Iterator[tuple[int, Any]]:
    text = _text(path)
    if path.suffix == ".json":
        value = _load(path, text, None)
        yield from enumerate(value if isinstance(value, list) else [value], start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _load(path, line, number)


def _text(path: Path) -> str:
    if not path.is_file():
        raise Invalid(f"Không có tệp {path}.", what_to_do="Kiểm tra lại đường dẫn của tệp.")
    if not path.name.endswith((".jsonl", ".jsonl.gz", ".json")):
        raise Invalid(f"Không đọc được loại tệp {path.name}.", what_to_do="Dùng tệp .jsonl, .jsonl.gz hoặc .json.")
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise Invalid(f"Tệp {path.name} hỏng hoặc không phải UTF-8.", what_to_do=_NOTHING_LOST) from error


def _load(path: Path, text: str, line: int | None) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        at = line if line is not None else getattr(error, "lineno", 1)
        raise _fault(path, at, "không phải JSON hợp lệ") from error


def _fault(path: Path, place: int, what: str) -> Invalid:
    message = f"Tệp {path.name}, dòng (vị trí) {place}: {what}."
    return Invalid(message, what_to_do=_NOTHING_LOST, fields={str(place): what})


def _exact(value: Any) -> Any:
    """JSON floats as texts: canonical JSON takes none, and a fingerprint must not depend on how a float prints."""
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    return {"float": repr(value)} if isinstance(value, float) else value
