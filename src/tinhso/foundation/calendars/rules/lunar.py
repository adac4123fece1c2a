"""The Vietnamese lunar calendar (UTC+7 meridian), where the law names a lunar day."""

from datetime import date

from vnlunar import convert_lunar_to_solar  # type: ignore[import-untyped]


def solar_date(day: int, month: int, year: int) -> date:
    """The date of a day of a (not leap) lunar month. Raises ValueError when that month has no such day."""
    found = convert_lunar_to_solar(day, month, year)
    if found is None:
        raise ValueError(f"no lunar day {day}/{month}/{year}")
    solar_day, solar_month, solar_year = found
    return date(solar_year, solar_month, solar_day)
