"""Canonical JSON (RFC 8785) for what is hashed: one byte string per value, on any machine."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """Canonical JSON bytes of `value`.

    Floats are refused: amounts are integers and shares are texts, so that RFC 8785's number rules never matter.
    Keys are sorted by UTF-16 code units as the RFC asks.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def digest(value: Any) -> bytes:
    """SHA-256 of the canonical JSON of `value`."""
    return hashlib.sha256(canonical(value)).digest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys of canonical JSON are texts")
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical JSON")
