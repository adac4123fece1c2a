"""A parsed procedure as JSON values: sets sorted, decimals as texts, so that it can be hashed and stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .parse import ParsedProcedure


def to_document(value: Any) -> Any:
    """JSON values of a parsed procedure or of any part of it (canonical JSON takes them as they are)."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_document(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(to_document(item) for item in value)
    if isinstance(value, tuple):
        return [to_document(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_document(item) for key, item in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    return f"{value:f}" if isinstance(value, Decimal) else value


def stored_document(procedure: ParsedProcedure) -> dict[str, Any]:
    """The document that is kept of a procedure: its values. Raw text and doubts are kept beside it."""
    document: dict[str, Any] = to_document(procedure)
    return {key: value for key, value in document.items() if key not in ("raw", "reviews")}


def count_reviews(procedures: Iterable[ParsedProcedure]) -> dict[str, int]:
    """How many procedures have something to look at, by field, most first."""
    counts = Counter(field for procedure in procedures for field in {r.field for r in procedure.reviews})
    return dict(counts.most_common())
