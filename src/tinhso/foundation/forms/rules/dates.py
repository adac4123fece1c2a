"""Dates as people know them: a full day, a month, or only a year (old people's papers have no more)."""

from calendar import monthrange
from datetime import date


def span(text: str) -> tuple[date, date]:
    """First and last day that a cleaned date may mean: `1950` is the whole year."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = [*parts, 0, 0][:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the last of February (Civil Code art. 148)."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def show_date(text: str) -> str:
    """`2026-01-05` as 05/01/2026, `2026-01` as 01/2026."""
    return "/".join(reversed(text.split("-")))
