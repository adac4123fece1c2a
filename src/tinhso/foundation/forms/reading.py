"""Strict reading of declared documents (forms, releases) into frozen dataclasses, and back.

The dataclass is the schema: an unknown key, a missing key, a value of another kind is a fault at a path.
Reading goes on after a fault, so that an author sees all of them at once. Pure: no Django.
"""

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints, runtime_checkable

T = TypeVar("T")
Faults = dict[str, str]
"""Path of the faulty place (`steps[2].role`) to a Vietnamese sentence."""


@runtime_checkable
class Declared(Protocol):
    """A value with a shape of its own in a document, instead of one key per field."""

    @classmethod
    def from_declared(cls, raw: object, path: str, faults: Faults) -> Any: ...

    def declared(self) -> Any: ...


def read(kind: type[T], raw: object, path: str, faults: Faults) -> T | None:
    """The dataclass `kind` out of `raw`; None after at least one fault was noted."""
    if not isinstance(raw, Mapping):
        refuse(faults, path, "Phải là một nhóm các mục có tên.")
        return None
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for key in raw:
        if key not in known:
            refuse(faults, _join(path, str(key)), "Mục này không có trong mẫu khai báo.")
    hints, before, values = get_type_hints(kind), len(faults), {}
    for name, field in known.items():
        if name in raw:
            values[name] = _value(hints[name], raw[name], _join(path, name), faults)
        elif field.default is MISSING:
            refuse(faults, _join(path, name), "Thiếu mục bắt buộc này.")
    return kind(**values) if len(faults) == before else None


def document(value: object) -> Any:
    """The JSON value that `read` would take back. Fields at their default are left out, so that a field added
    to the schema later changes neither old documents nor their hashes."""
    if isinstance(value, Declared):
        return value.declared()
    if is_dataclass(value) and not isinstance(value, type):
        kept = {
            field.name: document(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
        return {"kind": value.kind} | kept if _is_tagged(type(value)) else kept  # type: ignore[attr-defined]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [document(item) for item in value]
    if isinstance(value, Mapping):
        return {key: document(item) for key, item in value.items()}
    return value


def refuse(faults: Faults, path: str, sentence: str) -> Any:
    """Note the first fault of a place (later ones mostly follow from it); always None."""
    faults.setdefault(path or "tài liệu", sentence)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _value(hint: Any, raw: object, path: str, faults: Faults) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union(get_args(hint), raw, path, faults)
    if origin is tuple:
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            return refuse(faults, path, "Phải là một danh sách.")
        item = get_args(hint)[0]
        return tuple(_value(item, part, f"{path}[{place}]", faults) for place, part in enumerate(raw))
    if origin is Mapping:
        if not isinstance(raw, Mapping) or not all(isinstance(key, str) for key in raw):
            return refuse(faults, path, "Phải là một nhóm các mục có tên.")
        return {key: _value(get_args(hint)[1], part, _join(path, key), faults) for key, part in raw.items()}
    return _plain(hint, raw, path, faults)


def _plain(hint: Any, raw: object, path: str, faults: Faults) -> Any:
    if isinstance(hint, Declared):
        return hint.from_declared(raw, path, faults)
    if is_dataclass(hint):
        return read(hint, raw, path, faults)  # type: ignore[arg-type]
    if issubclass(hint, StrEnum):
        if isinstance(raw, str) and raw in set(hint):
            return hint(raw)
        return refuse(faults, path, f"Phải là một trong: {', '.join(hint)}.")
    if hint is date:
        return _date(raw, path, faults)
    if hint is bool and not isinstance(raw, bool):
        return refuse(faults, path, "Phải là true hoặc false.")
    if hint is int and (not isinstance(raw, int) or isinstance(raw, bool)):
        return refuse(faults, path, "Phải là số nguyên.")
    if hint is str and not isinstance(raw, str):
        return refuse(faults, path, "Phải là chữ (đặt trong ngoặc kép nếu trông như số).")
    return raw


def _union(hints: tuple[Any, ...], raw: object, path: str, faults: Faults) -> Any:
    """`X | None`, or dataclasses told apart by their class variable `kind`."""
    choices = [hint for hint in hints if hint is not type(None)]
    if raw is None and len(choices) < len(hints):
        return None
    if len(choices) == 1:
        return _value(choices[0], raw, path, faults)
    by_kind = {str(choice.kind): choice for choice in choices}
    if not isinstance(raw, Mapping) or raw.get("kind") not in by_kind:
        return refuse(faults, _join(path, "kind"), f"Phải là một trong: {', '.join(sorted(by_kind))}.")
    rest = {key: part for key, part in raw.items() if key != "kind"}
    return read(by_kind[raw["kind"]], rest, path, faults)


def _is_tagged(kind: type) -> bool:
    return hasattr(kind, "kind") and all(field.name != "kind" for field in fields(kind))


def _date(raw: object, path: str, faults: Faults) -> Any:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return refuse(faults, path, "Phải là ngày dạng năm-tháng-ngày, ví dụ 2025-07-01.")
