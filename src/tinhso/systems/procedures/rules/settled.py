"""What a person may settle of a procedure, and the parsed document with what was settled laid over it.

A value is a small JSON object with one meaning:

    {"confirmed": true}                          the value stands as read (only of a value that was kept)
    {"empty": true}                              it stays empty; a note says why (only of a value that was withheld)
    {"amount": "15", "unit": "working_days"}     channels.limit (`within_day` has amount 1)
    {"words": "Theo từng dự án"}                 channels.limit, channels.fee: no figure holds, this is said instead
    {"amount": 70000, "condition": "giấy"}       channels.fee, in đồng; 0 is free
    {"council": true}                            channels.fee: set by the provincial council
    {"originals": 1, "copies": 0, "either": false}   papers.count; either: one of the two is enough
    {"note": true}                               papers.count, papers.name: a note or heading, not a paper
    {"text": "…"}                                other fields: the value (lists: one entry a line)
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .heading import Kind
from .limits import Unit

Value = Mapping[str, Any]
Document = dict[str, Any]

MOST_DONG = 10_000_000_000
LONGEST_LIMIT = 3_650
MOST_COPIES = 50
LONGEST_WORDS = 500

LISTS = frozenset(
    {"executing_agencies", "competent_agencies", "authorised_agencies", "cooperating_agencies", "sectors", "steps"}
)
"""Fields whose value is a list of texts."""

TEXTS = LISTS | {"name", "decision", "kind", "legal_bases", "results.code", "papers.name"}
"""Fields that a person corrects by typing; what is in none of these shapes can only be confirmed or left empty."""


class Fault(StrEnum):
    """Why a value cannot be taken; the fields are those of the form."""

    NO_CHOICE = "no_choice"
    NOT_KEPT = "not_kept"
    NOT_WITHHELD = "not_withheld"
    NOTE_MISSING = "note_missing"
    LIMIT_AMOUNT = "limit_amount"
    LIMIT_UNIT = "limit_unit"
    FEE_AMOUNT = "fee_amount"
    WORDS_MISSING = "words_missing"
    COUNT = "count"
    TEXT_MISSING = "text_missing"
    UNKNOWN_KIND = "unknown_kind"


@dataclass(frozen=True, slots=True)
class Settled:
    """A value that stands for a field, at a position among its rows."""

    field: str
    position: int | None
    value: Value


def find_fault(field: str, value: Value, *, withheld: bool, note: str) -> Fault | None:
    """What forbids settling `field` with `value`, or None."""
    if value.get("confirmed"):
        return Fault.NOT_KEPT if withheld else None
    if value.get("empty"):
        return Fault.NOT_WITHHELD if not withheld else None if note.strip() else Fault.NOTE_MISSING
    if "words" in value and field in ("channels.limit", "channels.fee"):
        return None if 0 < len(value["words"].strip()) <= LONGEST_WORDS else Fault.WORDS_MISSING
    if field == "channels.limit":
        return _limit_fault(value)
    if field == "channels.fee":
        return None if value.get("council") or _is_count(value.get("amount"), MOST_DONG) else Fault.FEE_AMOUNT
    if field in ("papers.count", "papers.name") and value.get("note"):
        return None
    if field == "papers.count":
        return _count_fault(value)
    if field == "kind" and value.get("text") not in set(Kind):
        return Fault.UNKNOWN_KIND
    if field in TEXTS:
        return None if str(value.get("text", "")).strip() else Fault.TEXT_MISSING
    return Fault.NO_CHOICE


def _limit_fault(value: Value) -> Fault | None:
    if value.get("unit") not in set(Unit):
        return Fault.LIMIT_UNIT
    amount = str(value.get("amount", ""))
    whole = amount.isascii() and amount.isdigit() and 0 < int(amount) <= LONGEST_LIMIT
    return None if whole and (value["unit"] != Unit.WITHIN_DAY or amount == "1") else Fault.LIMIT_AMOUNT


def _count_fault(value: Value) -> Fault | None:
    counts = [value.get("originals"), value.get("copies")]
    return None if all(_is_count(count, MOST_COPIES) for count in counts) and any(counts) else Fault.COUNT


def _is_count(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def overlay(parsed: Document, settled: Iterable[Settled]) -> Document:
    """`parsed` with every settled value in its place. A position that is no longer there is left out."""
    document = deepcopy(parsed)
    for one in settled:
        if not one.value.get("empty"):
            _lay(document, one)
    return document


def _lay(document: Document, settled: Settled) -> None:
    field, value = settled.field, settled.value
    if field.startswith("channels.") or field == "legal_bases" or field == "results.code":
        rows = document[field.partition(".")[0]]
    elif field.startswith("papers."):
        rows = [paper for group in document["papers"] for paper in group["papers"]]
    elif "text" not in value:
        return
    else:
        text = str(value["text"]).strip()
        document[field] = [line.strip() for line in text.splitlines() if line.strip()] if field in LISTS else text
        return
    if settled.position is None or settled.position >= len(rows):
        return
    _lay_row(rows[settled.position], field, value)


def _lay_row(row: Document, field: str, value: Value) -> None:
    if value.get("confirmed"):
        if field == "channels.fee":
            row["fees"][0]["confirmed"] = True
        return
    match field:
        case "channels.limit":
            known = "unit" in value
            row["limit"] = {"amount": str(value["amount"]), "unit": value["unit"]} if known else None
            row["limit_words"] = "" if known else value["words"].strip()
        case "channels.fee":
            fee = row["fees"][0]
            fee["amount"] = value.get("amount")
            fee["condition"], fee["unit"] = value.get("condition", ""), None
            fee["council"] = bool(value.get("council"))
            fee["words"] = value.get("words", "").strip()
            fee["confirmed"] = True
        case "papers.count" | "papers.name" if value.get("note"):
            row["note"] = True
        case "papers.count":
            row |= {key: value[key] for key in ("originals", "copies")} | {"either": bool(value.get("either"))}
        case "papers.name":
            row["name"] = value["text"].strip()
        case "legal_bases":
            row["number"] = value["text"].strip()
        case "results.code":
            row["code"] = value["text"].strip()
