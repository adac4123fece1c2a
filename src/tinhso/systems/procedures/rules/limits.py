"""Time limits: the cell `15 Ngày làm việc`, and whether the words beside it agree."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .cells import NO_INFORMATION
from .review import Reason


class Unit(StrEnum):
    """Units of time limits. `days` are calendar days; `hours` are as written, working or not.

    `within_day` is never read from a cell, only settled by a person: done on the day of receipt.
    """

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WITHIN_DAY = "within_day"


_UNITS = {
    "ngày làm việc": Unit.WORKING_DAYS,
    "ngày": Unit.DAYS,
    "giờ làm việc": Unit.HOURS,
    "giờ": Unit.HOURS,
    "tuần": Unit.WEEKS,
    "tháng": Unit.MONTHS,
    "năm": Unit.YEARS,
}
UNIT_WORDS = "Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tuần|Tháng|Năm"
_CELL = re.compile(rf"(\d{{1,4}}(?:[.,]\d)?) ({UNIT_WORDS})", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?<![\d/.,])(?P<before>ngày |tháng |năm )?(?P<number>\d{1,3})(?:[.,](?P<part>\d))?\s*(?:\([^()]{1,40}\))?\s*"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|giờ\s+làm\s+việc|giờ|tuần|tháng)(?!\w)(?!\s+\d)",
    re.IGNORECASE,
)

_BY_CASE = re.compile(r"trường hợp|đối với", re.IGNORECASE)
_WITHIN_DAY = re.compile(
    r"trong (?:cùng )?(?:buổi|ngày)(?: làm việc)?(?! \d)|ngay (?:sau )?khi (?:tiếp )?nhận", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of one unit, always above nought."""

    amount: Decimal
    unit: Unit


_SHORTEST = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WORKING_DAYS: 24, Unit.WEEKS: 168, Unit.MONTHS: 672, Unit.YEARS: 8760}
_LONGEST = _SHORTEST | {Unit.HOURS: 3, Unit.WORKING_DAYS: 34, Unit.MONTHS: 744, Unit.YEARS: 8784}
"""Hours that one unit lasts at least and at most, weekends among working days and nights among hours counted in."""
_AT_ONCE = (Limit(Decimal(1), Unit.DAYS), Limit(Decimal(1), Unit.WORKING_DAYS))


def limits_named(text: str) -> tuple[Limit, ...]:
    """Every time limit that running text names, in order; dates and clock times are left out."""
    found = []
    for match in _SPOKEN.finditer(text):
        unit = _UNITS[" ".join(match["unit"].lower().split())]
        if match["before"] or (unit is Unit.HOURS and _is_clock(text, match)):
            continue
        amount = Decimal(f"{match['number']}.{match['part']}" if match["part"] else match["number"])
        if amount > 0:
            found.append(Limit(amount, unit))
    return tuple(found)


def _is_clock(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 6]
    return bool(re.search(r"(trước|sau|từ|đến|lúc|vào)\s+$", before, re.IGNORECASE) or re.match(r"\s*\d", after))


def read_limit(cell: str, beside: str) -> tuple[Limit | None, tuple[Reason, ...]]:
    """The limit of a time cell, checked against the text `beside` it in the same row.

    None when the cell has no unit or speaks in words; or when the words name several limits by case, the same number in
    another unit, a longer one, or limits but never this one (nor stages that add up to it); or when they say
    "within the day" beside a longer limit, which is then only how far the day may be extended.
    """
    cell = cell.strip()
    if cell in ("", NO_INFORMATION):
        return None, (Reason.LIMIT_MISSING,)
    if re.fullmatch(r"\d+", cell):
        return None, (Reason.LIMIT_WITHOUT_UNIT,)
    match = _CELL.fullmatch(cell)
    if match is None or Decimal(match[1].replace(",", ".")) <= 0:
        return None, (Reason.LIMIT_IN_WORDS,)
    limit = Limit(Decimal(match[1].replace(",", ".")), _UNITS[match[2].lower()])
    if limit not in _AT_ONCE and _WITHIN_DAY.search(beside):
        return None, (Reason.LIMIT_WITHIN_DAY,)
    return _checked(limit, limits_named(beside), by_case=_BY_CASE.search(beside) is not None)


def _is_longer(one: Limit, other: Limit) -> bool:
    """True when `one` is longer whatever the calendar: working days may be as few as calendar days."""
    return one.amount * _SHORTEST[one.unit] > other.amount * _LONGEST[other.unit]


def _checked(limit: Limit, named: tuple[Limit, ...], *, by_case: bool) -> tuple[Limit | None, tuple[Reason, ...]]:
    if set(named) <= {limit}:
        return limit, ()
    if any(_is_longer(other, limit) for other in named):
        return None, (Reason.LIMIT_LONGER_NAMED,)
    if limit in named:
        return (None, (Reason.LIMIT_BY_CASE,)) if by_case else (limit, (Reason.LIMIT_ONE_OF_SEVERAL,))
    if any(other.amount == limit.amount for other in named):
        return None, (Reason.LIMIT_UNIT_DISPUTED,)
    one_unit = {other.unit for other in named} == {limit.unit}
    if one_unit and not by_case and sum(other.amount for other in named) == limit.amount:
        return limit, (Reason.LIMIT_ONE_OF_SEVERAL,)
    return None, (Reason.LIMIT_NOT_IN_TEXT,)
