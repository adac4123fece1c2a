"""Viet Nam's days off: by law, by the yearly decisions, and in lieu (Labour Code 2019 arts. 111.3 and 112)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tinhso.foundation.calendars.rules.days import DayOff, ExtraDay, Mark, OffKind
from tinhso.foundation.calendars.rules.lunar import solar_date

_DAY = timedelta(days=1)
_TET_DAYS = 5
_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One row of the law. `solar` and `lunar` are (day, month); both None: fixed by a yearly decision."""

    key: str
    name: str
    name_en: str
    solar: tuple[int, int] | None
    lunar: tuple[int, int] | None
    in_lieu: bool
    basis: str
    since: date
    until: date | None
    mark: Mark

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class InLieu:
    """The rule that gives a weekly day off back when a holiday falls on it."""

    name: str
    name_en: str
    basis: str
    since: date
    until: date | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Decision:
    """One year's decision: the first of the five days of Tết, the day beside 2 September, the swaps."""

    year: int
    tet: date
    national_second: date | None
    swaps: tuple[ExtraDay, ...]
    basis: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Habit:
    """What to take for a year without a decision: by weekday (0 = Monday) of the first lunar day, days of Tết before
    it; by weekday of 2 September, whether the second day comes before it."""

    tet_days_before: Mapping[int, int]
    second_before: Mapping[int, bool]
    basis: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Law:
    holidays: tuple[Holiday, ...]
    in_lieu: tuple[InLieu, ...]
    decisions: Mapping[int, Decision]
    habit: Habit

    @property
    def decided_through(self) -> date:
        """The last day of the last year that has its decision; days off after it are assumed."""
        return date(max(self.decisions), 12, 31)


def decision_for(year: int, law: Law) -> Decision:
    """The year's decision, or one assumed by habit, marked so."""
    if year in law.decisions:
        return law.decisions[year]
    habit = law.habit
    new_year = solar_date(1, 1, year)
    national = date(year, 9, 2)
    step = -_DAY if habit.second_before[national.weekday()] else _DAY
    tet = new_year - habit.tet_days_before[new_year.weekday()] * _DAY
    return Decision(year, tet, national + step, (), habit.basis, habit.mark)


def days_off(first_year: int, last_year: int, law: Law) -> tuple[tuple[DayOff, ...], tuple[ExtraDay, ...]]:
    """The named days off and the extra working days of whole years, in order.

    A holiday that falls on Saturday or Sunday is listed too, and its day in lieu is the next day that is neither.
    """
    off: dict[date, DayOff] = {}
    extra: list[ExtraDay] = []
    owed: list[DayOff] = []
    for year in range(first_year, last_year + 1):
        decision = decision_for(year, law)
        for holiday in law.holidays:
            for day, mark in _falls_on(holiday, year, decision):
                off[day] = DayOff(day, OffKind.HOLIDAY, holiday.name, holiday.name_en, holiday.basis, mark)
                if holiday.in_lieu and day.weekday() in _WEEKEND:
                    owed.append(off[day])
        for swap in decision.swaps:
            off[swap.instead_of] = DayOff(
                swap.instead_of, OffKind.SWAPPED, "Hoán đổi ngày làm việc", "swapped working day", swap.basis, swap.mark
            )
            extra.append(swap)
    for holiday_off in sorted(owed):
        given = _next_free(holiday_off.day, off)
        rule = _rule_on(given, law.in_lieu)
        mark = Mark.ASSUMED if holiday_off.mark is Mark.ASSUMED else rule.mark
        off[given] = DayOff(
            given,
            OffKind.IN_LIEU,
            f"{rule.name} {holiday_off.name}",
            f"{rule.name_en} {holiday_off.name_en}",
            rule.basis,
            mark,
        )
    return tuple(off[day] for day in sorted(off)), tuple(sorted(extra))


def _falls_on(holiday: Holiday, year: int, decision: Decision) -> Sequence[tuple[date, Mark]]:
    if holiday.solar:
        found = [(date(year, holiday.solar[1], holiday.solar[0]), holiday.mark)]
    elif holiday.lunar:
        found = [(solar_date(*holiday.lunar, year), holiday.mark)]
    elif holiday.key == "tet":
        found = [(decision.tet + n * _DAY, decision.mark) for n in range(_TET_DAYS)]
    else:
        found = [(decision.national_second, decision.mark)] if decision.national_second else []
    return [(day, mark) for day, mark in found if holiday.in_force(day)]


def _next_free(day: date, off: Mapping[date, DayOff]) -> date:
    while day in off or day.weekday() in _WEEKEND:
        day += _DAY
    return day


def _rule_on(day: date, rules: Sequence[InLieu]) -> InLieu:
    return next(rule for rule in rules if rule.since <= day and (rule.until is None or day <= rule.until))
