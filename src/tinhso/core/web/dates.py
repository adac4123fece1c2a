"""A date as people know it: whole, month and year, or only a year (births before registers were kept)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What was typed in the three inputs of `{% date_field %}`, as text, right or wrong."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, str], name: str) -> Self:
        """From a submitted form: `<name>_day`, `<name>_month`, `<name>_year`."""
        return cls(*(data.get(f"{name}_{part}", "").strip() for part in ("day", "month", "year")))

    @classmethod
    def of(cls, value: "date | PartialDate | str | None") -> "PartialDate":
        """From a date, an ISO text (`1958`, `1958-03`, `1958-03-21`) or nothing."""
        if value is None or value == "":
            return cls()
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        year, month, day = [*value.split("-"), "", ""][:3]
        return cls(day.lstrip("0"), month.lstrip("0"), year)

    def __bool__(self) -> bool:
        return bool(self.day or self.month or self.year)

    def whole(self) -> date | None:
        """The date, when all three parts make one."""
        try:
            return date(int(self.year), int(self.month), int(self.day))
        except (ValueError, OverflowError):
            return None

    def iso(self) -> str | None:
        """`1958-03-21`, `1958-03` or `1958`; None when what was typed is no date of these shapes."""
        if self.day:
            found = self.whole()
            return found.isoformat() if found else None
        try:
            first = date(int(self.year), int(self.month or "1"), 1)
        except (ValueError, OverflowError):
            return None
        return f"{first:%Y-%m}" if self.month else f"{first:%Y}"
