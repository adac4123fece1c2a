"""A time limit: an amount and its unit, as the catalogue of procedures writes it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tinhso.core.errors import Invalid
from tinhso.core.text import fold

LONGEST_DAYS = 1000
HOURS_PER_DAY = 8
"""Working hours in a working day, as time limits convert (practice of the one-stop systems)."""


class Unit(StrEnum):
    """`hours` are working hours (eight make a working day); `days`, `weeks` and `months` run by the calendar;
    `within_day` is the day of reception, or the next working day after the cut-off; `no_date` promises none."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    WITHIN_DAY = "within_day"
    NO_DATE = "no_date"


_PER_DAY = {Unit.HOURS: HOURS_PER_DAY}
_DAYS_PER = {Unit.WEEKS: 7, Unit.MONTHS: 30}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Raises Invalid for zero, for more than 1000 days, and for a within-day limit of another amount than one."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        days = self.amount * _DAYS_PER.get(self.unit, 1) / _PER_DAY.get(self.unit, 1)
        if self.amount < 1:
            fault = "phải lớn hơn 0"
        elif days > LONGEST_DAYS:
            fault = f"dài hơn {LONGEST_DAYS} ngày"
        elif self.unit in (Unit.WITHIN_DAY, Unit.NO_DATE) and self.amount != 1:
            fault = "trong ngày, hay không hẹn ngày, thì không kèm số lượng"
        else:
            return
        raise Invalid(
            f"Thời hạn không dùng được: {fault}.",
            what_to_do="Kiểm tra lại số và đơn vị của thời hạn trong thủ tục.",
            fields={"limit": fault},
        )


_UNITS = {
    "gio": Unit.HOURS,
    "gio lam viec": Unit.HOURS,
    "hour": Unit.HOURS,
    "working hour": Unit.HOURS,
    "ngay": Unit.DAYS,
    "ngay lich": Unit.DAYS,
    "day": Unit.DAYS,
    "calendar day": Unit.DAYS,
    "ngay lam viec": Unit.WORKING_DAYS,
    "working day": Unit.WORKING_DAYS,
    "tuan": Unit.WEEKS,
    "week": Unit.WEEKS,
    "thang": Unit.MONTHS,
    "month": Unit.MONTHS,
}
_WITHIN_DAY = {"trong ngay", "trong ngay lam viec", "ngay trong ngay", "within day", "within the day", "same day"}
_NO_DATE = {"khong hen ngay", "khong hen ngay tra", "khong co ngay hen tra", "no date"}
_LIMIT = re.compile(r"(?P<amount>-?[0-9]+)\s*(?:\([^)]*\))?\s*(?P<unit>[a-z ]+?)s?")


def parse_limit(text: str) -> TimeLimit:
    """`3 ngày làm việc`, `05 (năm) ngày`, `8 giờ`, `1 tháng`, `trong ngày`, `3 working days`. Raises Invalid."""
    folded = fold(text)
    if folded in _WITHIN_DAY:
        return TimeLimit(1, Unit.WITHIN_DAY)
    if folded in _NO_DATE:
        return TimeLimit(1, Unit.NO_DATE)
    found = _LIMIT.fullmatch(folded)
    unit = _UNITS.get(found["unit"]) if found else None
    if not found or not unit:
        raise Invalid(
            f"Không hiểu thời hạn “{text}”.",
            what_to_do="Ghi như: 3 ngày làm việc, 8 giờ, 20 ngày, 2 tuần, 1 tháng, trong ngày.",
            fields={"limit": text},
        )
    return TimeLimit(int(found["amount"]), unit)
