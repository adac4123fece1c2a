"""Fees: the cell `70,000 VNĐ(70.000 đồng/giấy)` or `Miễn phí(...)`, believed only when nothing near it objects.

The catalogue shows `Miễn phí` for every fee it holds no figure for, among them those set by a provincial council
(Luật Phí và lệ phí 2015), and some figures lost their thousands (`700` for 700.000 đồng). So a figure or a nought
is taken only if the text of the row, and for a nought the rest of the record, says nothing against it.
"""

import re
from dataclasses import dataclass

from tinhso.core.text import fold

from .cells import NO_INFORMATION, closing_bracket
from .review import Reason

FREE = "Miễn phí"
CURRENCIES = "VNĐ|VND|Việt Nam Đồng|USD|EUR|Đô la Mỹ"
SMALLEST = 1_000
"""đồng; a smaller figure lost its thousands: no fee of the catalogue is below 1.000 đồng."""

_GROUPED = r"[1-9]\d{0,2}(?:,\d{3}){1,4}|[1-9]\d{0,2}"
_FIGURE = re.compile(rf"(0|{_GROUPED}) ({CURRENCIES})")
_NUMBER = r"(?:\d{1,3}(?:[.,]\s?\d{3}){1,4}|\d{1,12}(?:,\d{1,3})?)"
_NAMED = re.compile(
    rf"(?<![\d/.,])(?P<number>{_NUMBER})\s*(?:\([^()]{{1,80}}\)\s*)?"
    r"(?P<scale>triệu|nghìn|ngàn|tỷ)?\s*"
    r"(?P<currency>đồng|vnđ|vnd|việt nam đồng|đ(?!\w)|₫)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\d/.,])(\d{1,3}(?:\.\d{3}){1,4})(?=\s?/\s?\D)")
_SCALES = {"": 1, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_UNIT = re.compile(r"\A\s*/\s*([^\d\W][^;.,()\n]{0,40}|0?1 [^;.,()\n]{1,40})(?=[.)]*\Z|\s*\()")
_NOTHING = re.compile(
    r"(khong( co| quy dinh| thu| phai nop| mat| ap dung)?( phi| le phi)*|mien( phi| le phi)+|0 ?(dong|vnd|d))"
)
_COUNCIL = re.compile(r"hdnd|hoi dong nhan dan|(uy ban nhan dan|ubnd) .{0,40}(quy dinh|quyet dinh|ban hanh)")
_VARIES = re.compile(r"\d ?%|ap dung (muc|den|tu|ke tu)|den (het )?ngay|tu ngay|giam|muc thu .{0,30}bang|phan tram")
_BY_OTHER_TEXT = re.compile(r"(?:theo|quy dinh).{0,30}(?:quy dinh|thong tu|nghi dinh|nghi quyet)|thong tu so")
_EXEMPT = re.compile(r"\bmien\b")
_HARMLESS = re.compile(
    r"miễn phí|(?:chi|kinh|học|viện|lãng|cước) phí|trả phí cho đơn vị"
    r"|phí (?:vận chuyển|bưu chính|dịch vụ bưu chính|lâm nghiệp|bảo hiểm|hoa hồng|tích l[ũu]y)"
    r"|(?:tổ chức|người|tiền|nguồn) (?:thu|nộp) (?:thuế, )?phí(?:, lệ phí)?"
    r"|không (?:thu|phải nộp|mất|có|quy định)(?: phí| lệ phí|,)+"
)
_FEE = re.compile(r"\bphí\b")


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee as shown. `amount` is đồng, 0 is free, None is not known; `text` is the cell as the page prints it.

    `unit` is what the amount is for (`giấy phép`) when the text says so; `condition` the bracket after the cell;
    `named` the amounts in đồng that the row's text names, for the person who decides.
    """

    amount: int | None
    text: str
    unit: str | None = None
    condition: str = ""
    named: tuple[int, ...] = ()


def split_condition(body: str) -> tuple[str, str, tuple[Reason, ...]]:
    """What follows a fee cell, as its bracketed condition and the description of the row."""
    if not body.startswith("("):
        return "", body, ()
    end = closing_bracket(body)
    if end is None:
        return "", body, (Reason.BRACKET_OPEN,)
    if end <= 4 and end + 1 < len(body) and body[end + 1].isspace():
        return "", body, ()
    return body[1:end].strip(), body[end + 1 :], ()


def amounts_named(text: str) -> tuple[int, ...]:
    """Amounts of đồng that running text names with a currency (or as `160.000/hộ chiếu`), in order, each once."""
    found: list[tuple[int, int]] = []
    for match in _NAMED.finditer(text):
        number = re.sub(r"\s", "", match["number"])
        scale = _SCALES[(match["scale"] or "").lower()]
        if scale > 1 and "," in number and not re.search(r",\d{3}", number):
            whole, part = number.split(",")
            value = int(whole) * scale + int(part) * scale // 10 ** len(part)
        else:
            value = int(re.sub(r"[.,]", "", number)) * scale
        found.append((match.start(), value))
    found += [(match.start(), int(match[1].replace(".", ""))) for match in _BARE.finditer(text)]
    return tuple(dict.fromkeys(value for _, value in sorted(found)))


def names_a_fee(text: str) -> bool:
    """True when `text` speaks of a fee to be paid (costs of other kinds and plain denials do not count)."""
    return _FEE.search(_HARMLESS.sub(" ", text.casefold())) is not None


def changes_by_date(condition: str) -> bool:
    """True when a fee's bracket speaks of a share, or of a rate for a span of time."""
    return _VARIES.search(fold(condition)) is not None


def read_fee(
    cell: str, condition: str, description: str, *, open_bracket: bool = False
) -> tuple[FeeLine, tuple[Reason, ...]]:
    """The fee of a row; what the rest of the record says against it is added by `doubt_fees`."""
    cell = cell.strip()
    text = f"{condition}\n{description}"
    named = amounts_named(text)
    unit = _unit(condition)
    amount, reasons = _amount(cell, condition, description, named)
    if open_bracket and amount is not None:
        amount, reasons = None, (Reason.BRACKET_OPEN,)
    return FeeLine(amount, cell, unit, condition, named), reasons


def _amount(
    cell: str, condition: str, description: str, named: tuple[int, ...]
) -> tuple[int | None, tuple[Reason, ...]]:
    if cell == FREE:
        return _free(condition, description)
    if cell in ("", NO_INFORMATION):
        return None, (Reason.FEE_MISSING,)
    match = _FIGURE.fullmatch(cell)
    if match is None:
        return None, (Reason.UNKNOWN_SHAPE,)
    if match[2] not in ("VNĐ", "VND", "Việt Nam Đồng"):
        return None, (Reason.FEE_FOREIGN,)
    figure = int(match[1].replace(",", ""))
    objection = _objection(figure, fold(condition), condition + description, named)
    if objection is not None:
        return None, (objection,)
    return figure, (Reason.FEE_HAS_EXEMPTIONS,) if _EXEMPT.search(fold(condition + " " + description)) else ()


def _objection(figure: int, condition: str, text: str, named: tuple[int, ...]) -> Reason | None:
    if figure < SMALLEST:
        return Reason.FEE_TOO_SMALL
    if _COUNCIL.search(condition):
        return Reason.FEE_BY_COUNCIL
    if named and figure not in named:
        return Reason.FEE_NOT_IN_TEXT
    if len(named) > 1:
        return Reason.FEE_SEVERAL_AMOUNTS
    if not named and not _EXEMPT.search(condition) and _BY_OTHER_TEXT.search(condition):
        return Reason.FEE_BY_OTHER_TEXT
    if "USD" in text or changes_by_date(condition):
        return Reason.FEE_VARIES
    return None


def _free(condition: str, description: str) -> tuple[int | None, tuple[Reason, ...]]:
    said = fold(condition).strip(" .;:()-+*")
    if _COUNCIL.search(said):
        return None, (Reason.FEE_BY_COUNCIL,)
    if said and not _NOTHING.fullmatch(re.sub(r"[,/]| va | hoac ", " ", said).replace("  ", " ")):
        return None, (Reason.FREE_WITH_CONDITIONS,)
    if names_a_fee(description) or any(amounts_named(description)):
        return None, (Reason.FREE_WITH_CONDITIONS,)
    return 0, ()


def _unit(condition: str) -> str | None:
    if found := _UNIT.search(condition):
        return found[1].strip()
    for pattern in (_NAMED, _BARE):
        matches = list(pattern.finditer(condition))
        if len(matches) == 1 and (found := _UNIT.search(condition[matches[0].end() :])):
            return found[1].strip()
    return None


def part_limit_from_fee(digits: str, currency: str, text: str) -> tuple[str, str] | None:
    """Part a limit without unit from the fee it ran into (`120,000 VNĐ`), by the one amount that `text` names.

    None when no split, or more than one, gives an amount that the text names: nothing is guessed.
    """
    named = set(amounts_named(text))
    splits = [(digits[:cut], digits[cut:]) for cut in range(1, len(digits))]
    fitting = [
        (limit, f"{fee} {currency}")
        for limit, fee in splits
        if limit.isdigit() and re.fullmatch(_GROUPED, fee) and int(fee.replace(",", "")) in named
    ]
    return fitting[0] if len(fitting) == 1 else None
