"""Legal bases: rows of title and number, run together: `Luật Hộ tịch60/2014/QH13Nghị định …123/2015/NĐ-CP`.

A number closes a row when no blank parts it from what stands before; numbers cited inside a title stand after one.
A title that is itself a number comes right before its number cell.
"""

import re
from dataclasses import dataclass

from .cells import BODIES, LOWER, UPPER, is_empty, plain
from .review import Reason, Review

_HEADER = re.compile(r"Tên văn bản pháp lý\s*Mã văn bản")
_KINDS = "NĐ|TT|TTLT|QĐ|NQ|NQLT|PL|L|CT|VBHN|HD|QC|ĐA|HDLN"
_BODY = rf"(?:(?:UBTVQH|QH)(?:1[0-6]|\d(?!\d)|[IVX]{{1,4}}(?![A-Za-zÀ-ỹ]))|(?>{BODIES}))"
_TAIL = rf"/(?:(?:19|20)\d\d[/-])?(?:(?:{_KINDS})[-/])?{_BODY}(?:-{_BODY})*"
_NUMBER = re.compile(rf"(?P<number>\d{{1,8}}(?:\.\d{{1,2}})?){_TAIL}")
_GLUED_YEAR = re.compile(r"(?:19|20)\d\d")
_CITED = r"(?:Nghị định|Thông tư(?: liên tịch)?|Luật|Quyết định|Nghị quyết|Pháp lệnh|NĐ|TT|QĐ)"
_PREFIX = re.compile(rf"(?:{_CITED}(?: số:?)?|[Ss]ố:?)\s?\Z")
_PREFIXED = re.compile(rf"(?:{_CITED}(?: số:?)?|[Ss]ố:?)\s?\d{{1,4}}/")
_RUN_TOGETHER = re.compile(rf"[{LOWER}]\d{{1,4}}\w?/\d{{4}}/|[{UPPER}]\d{{1,4}}[a-z]/\d{{4}}/|\d{_TAIL}[{UPPER}]")
"""Two rows in one title: a number that nothing parts from the words on one side of it."""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One text cited: its title as the page prints it, and its number (`123/2015/NĐ-CP`) or None."""

    title: str
    number: str | None


@dataclass(frozen=True, slots=True)
class _Mark:
    cell: int
    end: int
    number: str


def read_legal_bases(text: str) -> tuple[tuple[LegalBasis, ...], tuple[Review, ...]]:
    """Rows of the table `căn cứ pháp lý`; `text` is tidied. What no number closes is kept as titles to review."""
    if is_empty(text):
        return (), (Review("legal_bases", Reason.MISSING, text),)
    header = _HEADER.match(text)
    if header is None:
        return (), (Review("legal_bases", Reason.UNKNOWN_SHAPE, text),)
    table = text[header.end() :]
    rows: list[LegalBasis] = []
    reviews: list[Review] = []
    start = 0
    for mark in _row_ends(table):
        title = plain(table[start : mark.cell]).lstrip(" .,;")
        unsure = _RUN_TOGETHER.search(title) is not None
        if unsure:
            reviews.append(Review("legal_bases", Reason.LEGAL_NUMBER_UNSURE, f"{title} {mark.number}", len(rows)))
        rows.append(LegalBasis(title or mark.number, None if unsure else mark.number))
        start = mark.end
    rest = plain(table[start:]).strip(" .,;")
    if rest:
        reviews.append(Review("legal_bases", Reason.LEGAL_NUMBER_UNSURE, rest, len(rows)))
        rows.append(LegalBasis(rest, None))
    return tuple(rows), tuple(reviews)


def _row_ends(table: str) -> list[_Mark]:
    ends: list[_Mark] = []
    start = 0
    matches = list(_NUMBER.finditer(table))
    for index, match in enumerate(matches):
        follower = matches[index + 1] if index + 1 < len(matches) else None
        mark = _mark(table, match, start)
        if mark is None:
            continue
        begins_row = not table[start : mark.cell].strip(" .,;")
        if begins_row and follower is not None and _touches(table, match.end(), follower):
            continue
        if begins_row and not _closed(table, match.end()):
            continue
        ends.append(mark)
        start = mark.end
    return ends


def _mark(table: str, match: re.Match[str], start: int) -> _Mark | None:
    """The number cell that `match` is, or None when it is cited inside a title."""
    begin = match.start() + _years_before(table, match, start)
    if len(table[begin : match.end()].split("/")[0].split(".")[0]) > 4:
        return None
    number = table[begin : match.end()]
    prefix = _PREFIX.search(table, start, begin)
    cell = prefix.start() if prefix and not (prefix.start() == start and prefix[0][-1].isalpha()) else begin
    glued = cell > start and not table[cell - 1].isspace() and table[cell - 1] not in '(/“"-'
    if cell == start or glued or begin > match.start() or _ends_a_row(table, match.end()):
        return _Mark(cell, match.end(), number)
    return None


def _years_before(table: str, match: re.Match[str], start: int) -> int:
    """Length of a year that ended the title and ran into the number: `ngày 15/5/2026.` in `2026.55/2026/TT-BTC`."""
    whole, _, part = match["number"].partition(".")
    if not _GLUED_YEAR.match(whole) or table[start : match.start()][-1:] not in ("/", "-", " "):
        return 0
    if part and len(whole) == 4:
        return 5
    return 4 if len(whole) > 4 else 0


def _ends_a_row(table: str, end: int) -> bool:
    """True when a number that stands after a blank still closes a row: a title, not a number, is glued behind it."""
    if end >= len(table):
        return True
    return table[end] in UPPER and not _PREFIXED.match(table, end)


def _touches(table: str, end: int, follower: re.Match[str]) -> bool:
    between = table[end : follower.start()]
    return not between.strip(" .;") or _PREFIX.fullmatch(between) is not None


def _closed(table: str, end: int) -> bool:
    return end >= len(table) or not (table[end].isspace() or table[end] in ".,;:)")
