"""Results: `name Mã: code` again and again, then keywords and a description nobody wrote for us."""

import re
from dataclasses import dataclass

from .cells import UPPER, is_empty, plain, without_tail
from .review import Reason, Review

_CODE = re.compile(r"KQ[.-][A-Z]\d{1,2}[.-]\d{6}(?!\d)")
_OLD_CODE = re.compile(r"(?:[A-Z\d]+[.-])*[A-Z]*KQ[A-Z\d.-]*\d{2}")
_MARK = re.compile(r"\s?Mã:\s*")
_ODD_CODE = re.compile(r"[\w.\-]{1,40}\Z", re.ASCII)
_BARE_CODE = re.compile(rf"\d{{1,8}}(?=[{UPPER}])")


@dataclass(frozen=True, slots=True)
class Result:
    """What the applicant receives; `code` is a national code (`KQ.G15.000031`) or None."""

    name: str
    code: str | None


def read_results(text: str) -> tuple[tuple[Result, ...], tuple[Review, ...]]:
    """Results of the field `kết quả xử lý`; `text` is tidied."""
    body = without_tail(text)
    if is_empty(body):
        return (), (Review("results", Reason.MISSING, text),)
    results: list[Result] = []
    reviews: list[Review] = []
    pieces = _MARK.split(body)
    name = pieces[0]
    for index, piece in enumerate(pieces[1:]):
        last = index == len(pieces) - 2
        code, following, reason = _code(piece, last)
        if not plain(name):
            reason = Reason.UNKNOWN_SHAPE
        if reason is not None:
            reviews.append(Review("results.code", reason, f"{name} Mã: {piece}", len(results)))
        results.append(Result(plain(name), code))
        name = following
    if plain(name):
        reviews.append(Review("results.code", Reason.RESULT_WITHOUT_CODE, name, len(results)))
        results.append(Result(plain(name), None))
    return tuple(result for result in results if result.name), tuple(reviews)


def _code(piece: str, last: bool) -> tuple[str | None, str, Reason | None]:
    """Code, the text of the next result, and a doubt about the code."""
    if match := _CODE.match(piece):
        return match[0], piece[match.end() :], None
    if last and _OLD_CODE.fullmatch(piece.strip()):
        return piece.strip(), "", None
    if last and _ODD_CODE.match(piece.strip()):
        return None, "", Reason.RESULT_CODE_UNKNOWN
    if match := _BARE_CODE.match(piece):
        return None, piece[match.end() :], Reason.RESULT_CODE_UNKNOWN
    return None, piece, Reason.UNKNOWN_SHAPE
