"""Tokens that every flattened table of the catalogue shares: emptiness, furniture, glue between cells."""

import re
import unicodedata
from typing import Any

NO_INFORMATION = "Không có thông tin"

_LETTERS = [chr(point) for point in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(point).isalpha()]
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "".join(letter for letter in _LETTERS if letter.islower())
"""Letters of Vietnamese for character classes: in Unicode capitals and small letters alternate, so no range will do."""

BODIES = (
    "UBTVQH|TANDTC|VKSNDTC|BNNPTNT|BNN&PTNT|BLĐTBXH|BKHCNMT|BNNMT|BTNMT|BTNVMT|BKHĐT|BKHCN|BVHTTDL|BGDĐT|BGDDT|BTTTT"
    "|BGTVT|BDTTG|BHXH|NHNN|TTCP|VPCP|VPQH|HĐND|UBND|KBNN|TCHQ|HĐTP|CSXH|UBDT|BNV|BTC|BTP|BCA|BXD|BYT|BQP|BCT|BNG|BNN"
    "|TLĐ|TTg|TTG|CTN|QH|CP|TW"
)
"""Bodies whose abbreviations end the numbers of legal texts."""

_FURNITURE = re.compile(r"\s*Chọn cơ quan thực hiện(?=\s*Tỉnh/).*\Z", re.DOTALL)
_TAIL = re.compile(r"\s*(?<![ ])Từ khóa(?=\S).*?Mô tả(?=\S).*\Z", re.DOTALL)
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")


def as_text(value: Any) -> str | None:
    """The text of a raw value; an absent one is empty; anything that is not text gives None."""
    if value is None:
        return ""
    return value if isinstance(value, str) else None


def tidy(text: str) -> str:
    """Composed (NFC), hard spaces made plain, zero-width marks gone, the page's furniture cut off its end.

    Tables are read from this; what is kept beside every reading is the untouched text.
    """
    composed = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ")
    composed = composed.replace("\u200b", "").replace("\ufeff", "").replace("\r\n", "\n")
    return _FURNITURE.sub("", composed).strip()


def without_tail(text: str) -> str:
    """`text` without the page's keywords and description, which cling to the field printed last before them."""
    return _TAIL.sub("", text).strip()


def plain(text: str) -> str:
    """One line: runs of blanks made one, ends stripped."""
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()


def is_empty(text: str) -> bool:
    """True for nothing at all and for the page's own `Không có thông tin`."""
    return text.strip().rstrip(".") in ("", NO_INFORMATION, "--")


def glued_after(text: str, position: int) -> bool:
    """True when a cell may end at `position`: the end, or the next cell begins there without a blank."""
    return position >= len(text) or not (text[position].isspace() or text[position] in ".,;:/)]}”\"'")


def closing_bracket(text: str) -> int | None:
    """Index of the bracket that closes the one `text` opens with, or None when none does."""
    depth = 0
    for index, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return index
    return None
