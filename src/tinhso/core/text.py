"""Vietnamese text: folding for search, keys for order, masking for lists."""

import re
import unicodedata

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306": 1, "\u0302": 2, "\u031b": 3}


def fold(text: str) -> str:
    """Lower case without marks: `Đăng ký Khai sinh` as `dang ky khai sinh`."""
    spread = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).split())


def squash(text: str) -> str:
    """Folded, letters and digits only: what a hurried thumb types (`khaisinh`)."""
    return re.sub(r"[^0-9a-z]", "", fold(text))


def sort_key(text: str) -> str:
    """A key whose plain byte order is Vietnamese dictionary order (a ă â b … d đ e ê …; tones last).

    Meant for a column with COLLATE "C".
    """
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFC", text.casefold()):
        spread = unicodedata.normalize("NFD", letter)
        shape = max((_SHAPES.get(mark, 0) for mark in spread[1:]), default=0)
        tone = max((_TONES.get(mark, 0) for mark in spread[1:]), default=0)
        base = spread[0]
        if base == "đ":
            base, shape = "d", 1
        letters.append(f"{base}{shape}" if base.isalnum() else " ")
        tones.append(str(tone))
    return "".join(letters) + " " + "".join(tones).rstrip("0")


def mask_name(name: str) -> str:
    """A person's name for lists: `Nguyễn Thị Lan` as `N. T. Lan`."""
    parts = name.split()
    return " ".join([*(f"{part[0]}." for part in parts[:-1]), parts[-1]]) if parts else ""


def mask_number(number: str) -> str:
    """A personal number or tax code for lists: its last three digits, `…789`; empty for none."""
    return f"…{number[-3:]}" if number else ""


def whole_number(text: str) -> int | None:
    """The number written as at most 18 plain digits, spaces around allowed; None for anything else (`²`, `-1`)."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None
