"""Required papers: tables under case titles, rows of name, form file and counts, run together by the page.

Grammar of the flattened field:

    field  = group*
    group  = title header row*            (title "--" or nothing when the page names no case)
    header = "Tên giấy tờ" "Mẫu đơn, tờ khai" "Số lượng"
    row    = name file* number " bản chính" [ "," number " bản sao" ]

The count closes a row; what stands between the last count and the next header is the next title.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from tinhso.core.text import fold

from .cells import LOWER, UPPER, glued_after, is_empty, plain
from .files import split_files
from .review import Reason, Review


class Duty(StrEnum):
    """What the applicant does with the papers of a group."""

    SUBMIT = "submit"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Paper:
    """One required paper. `originals` and `copies` are both known or both None; `form_files` as the page names them.

    `either`: the words let the applicant choose, so the two counts are alternatives and not a sum.
    """

    name: str
    form_files: tuple[str, ...]
    originals: int | None
    copies: int | None
    raw: str
    either: bool = False


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers of one case; `title` is empty when the page names none; `duty` is None when it is not said."""

    title: str
    duty: Duty | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    start: int
    end: int
    originals: int | None
    copies: int | None


_HEADER = re.compile(r"Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng")
_COUNT = re.compile(r"(?P<run>\d+) bản chính(?:, ?(?P<copies>\d{1,2}) bản sao)?")
_YEAR_BEFORE = re.compile(r"(?:[/.-]|năm |ngày |đất )(?:19|20)\d\d\Z")
_NUMBERED = re.compile(r"(?:số|mẫu|khoản|điều|năm|phụ lục) \Z", re.IGNORECASE)
_KIND = r"(bản chính|bản sao|bản chụp|bản photo)"
_OWN_COUNT = re.compile(rf"\b(\d{{1,2}})\s*(?:\([^()]{{1,12}}\)\s*)?{_KIND}", re.IGNORECASE)
_LEADING = re.compile(r"[^\w(]*(\d{1,2})\s*(?:\([^()]{1,12}\)\s*)?(?:bộ|bản|ảnh|tờ|tấm|phong bì)\b", re.IGNORECASE)
_COPY_NAME = re.compile(r"[\W\d]*(?:[a-zđ]{1,4}\d?[).]\s*)?[\W\d]*(?:bản sao|bản chụp|bản photo)", re.IGNORECASE)
_OR_ORIGINAL = re.compile(r"bản chính|bản gốc", re.IGNORECASE)
_EITHER = re.compile(
    r"(?:bản chính|bản gốc)(?:(?!đối chiếu|so sánh|kiểm tra)[^.;]){0,60}\bhoặc\b[^.;]{0,40}(?:bản sao|bản chụp)"
    r"|(?:bản sao|bản chụp)[^.;]{0,60}\bhoặc (?:nộp |gửi |xuất trình )?(?:bản chính|bản gốc)",
    re.IGNORECASE,
)
_COUNT_OF_SETS = re.compile(r"\W*số lượng( hồ sơ)?\s*:", re.IGNORECASE)
_LISTED = re.compile(rf"[{LOWER}\d.;)] - (?=[{UPPER}][{LOWER}])")
_GLUE = re.compile(rf"[{LOWER}]{{2}}[;.)]?(?=[{UPPER}][{LOWER}])")


def read_papers(text: str) -> tuple[tuple[PaperGroup, ...], tuple[Review, ...]]:
    """Groups of the table `thành phần hồ sơ`; `text` is tidied."""
    if is_empty(text):
        return (), (Review("papers", Reason.MISSING, text),)
    headers = list(_HEADER.finditer(text))
    if not headers:
        return (), (Review("papers", Reason.FIELD_BLED, text),)
    groups: list[PaperGroup] = []
    reviews: list[Review] = []
    title, first = text[: headers[0].start()], 0
    for index, header in enumerate(headers):
        end = headers[index + 1].start() if index + 1 < len(headers) else len(text)
        body = text[header.end() : end]
        papers, rest, doubts = _rows(body, first, title)
        reviews += doubts + _title_doubts(title, first)
        groups.append(PaperGroup(_title(title), _duty(title), papers))
        title, first = rest, first + len(papers)
    if not is_empty(title.strip("- ")):
        reviews.append(Review("papers", Reason.UNKNOWN_SHAPE, title, first))
    kept = tuple(group for group in groups if group.papers or group.title)
    return kept, tuple(reviews)


def _title(text: str) -> str:
    return plain(re.sub(r"\A(?:--)+|(?:--)+\Z", "", text.strip()))


def _title_doubts(title: str, position: int) -> list[Review]:
    if title.lstrip().startswith((":", ")", ",")) or "Phí, lệ phí" in title:
        return [Review("papers.case", Reason.FIELD_BLED, title, position)]
    return []


def _duty(title: str) -> Duty | None:
    said = fold(title)
    present = "xuat trinh" in said
    submit = re.search(r"\b(nop|gui)\b", said) is not None
    if present == submit:
        return None
    return Duty.PRESENT if present else Duty.SUBMIT if "phai nop" in said else None


def _rows(body: str, first: int, title: str) -> tuple[tuple[Paper, ...], str, list[Review]]:
    """Rows of one table under `title`, what is left after the last count, and doubts numbered from `first`."""
    papers: list[Paper] = []
    reviews: list[Review] = []
    start = 0
    for count in _counts(body):
        raw = body[start : count.end]
        paper, reasons = _paper(body[start : count.start], count, raw, title)
        reviews += [Review(f"papers.{part}", reason, raw, first + len(papers)) for part, reason in reasons]
        papers.append(paper)
        start = count.end
    return tuple(papers), body[start:], reviews


def _counts(body: str) -> list[_Count]:
    """Count cells in order. A count that blanks or stops surround is part of a name (`nộp 01 bản chính và`)."""
    found: list[_Count] = []
    for match in _COUNT.finditer(body):
        if not glued_after(body, match.end()) or _COUNT.match(body, match.end()):
            continue
        before, run = body[: match.start()], match["run"]
        copies = int(match["copies"]) if match["copies"] else 0
        digits = _cell_digits(before, run)
        if digits == 0:
            continue
        if digits is None:
            found.append(_Count(match.start() + len(run) - 1, match.end(), None, None))
        else:
            found.append(_Count(match.start() + len(run) - digits, match.end(), int(run[-digits:]), copies))
    return found


def _cell_digits(before: str, run: str) -> int | None:
    """How many digits at the end of `run` are the count cell; 0 when none are; None when that cannot be told."""
    last = before[-1:]
    if len(run) == 1:
        return 1
    if not last or last in " (\n\t":
        if re.fullmatch(r"0\d", run):
            return 0
        return 1 if _NUMBERED.search(before) and len(run) in (3, 5) else None
    if _YEAR_BEFORE.search(before + run[:-1]):
        return 1
    if len(run) == 2 and run[0] != "0" and (last.islower() or last in ";:)”"):
        return 2
    return 1 if run[0] == "0" and len(run) == 3 else None


def _paper(text: str, count: _Count, raw: str, title: str) -> tuple[Paper, list[tuple[str, Reason]]]:
    name, files, sure = split_files(text)
    name = plain(name)
    reasons: list[tuple[str, Reason]] = [] if sure else [("form_file", Reason.FORM_FILE_UNSURE)]
    if not name or name.strip("-+*. ") == "":
        reasons.append(("name", Reason.MISSING))
    elif _GLUE.search(name) or (name.startswith("-") and _LISTED.search(name)):
        reasons.append(("name", Reason.PAPERS_MAYBE_MERGED))
    elif name.endswith(":") or _COUNT_OF_SETS.match(name):
        reasons.append(("name", Reason.PAPER_IS_HEADING))
    objection = _count_objection(name, count)
    if objection is not None:
        reasons.append(("count", objection))
        return Paper(name, files, None, None, raw), reasons
    either = bool(count.originals and count.copies and (_EITHER.search(name) or _EITHER.search(title)))
    return Paper(name, files, count.originals, count.copies, raw, either), reasons


def _count_objection(name: str, count: _Count) -> Reason | None:
    if count.originals is None or count.copies is None:
        return Reason.COUNT_UNSURE
    if count.originals == 0 and count.copies == 0:
        return Reason.COUNT_ZERO
    own = [(int(number), kind.lower() == "bản chính") for number, kind in _OWN_COUNT.findall(name)]
    if own and not all(number == (count.originals if original else count.copies) for number, original in own):
        return Reason.COUNT_DISPUTED
    leading = _LEADING.match(name)
    if leading and int(leading[1]) not in (count.originals, count.copies):
        return Reason.COUNT_DISPUTED
    if _COPY_NAME.match(name) and not _OR_ORIGINAL.search(name) and count.originals > 0:
        return Reason.COUNT_DISPUTED
    return None
