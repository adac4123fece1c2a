"""Reads the room's law data: days off and the calendars shipped."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tinhso.foundation.calendars.rules.calendar import WorkingCalendar, compile_calendar
from tinhso.foundation.calendars.rules.days import DayOff, ExtraDay, Mark
from tinhso.foundation.calendars.rules.holidays import Decision, Habit, Holiday, InLieu, Law, days_off

DEFAULT_CALENDAR = "hanh-chinh"

_DATA = Path(__file__).parent / "data"
_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


def read_law(folder: Path = _DATA) -> Law:
    """The law on days off, from `holidays.yaml` and `decisions.yaml`."""
    rows = _read(folder / "holidays.yaml")
    decided = _read(folder / "decisions.yaml")
    habit = decided["without_decision"]
    return Law(
        holidays=tuple(_holiday(row) for row in rows["holidays"]),
        in_lieu=tuple(
            InLieu(row["name"], row["name_en"], row["basis"], row["from"], row["to"], Mark(row["mark"]))
            for row in rows["in_lieu"]
        ),
        decisions={row["year"]: _decision(row) for row in decided["decisions"]},
        habit=Habit(
            {_WEEKDAYS[weekday]: days for weekday, days in habit["tet_days_before"].items()},
            {_WEEKDAYS[weekday]: side == "before" for weekday, side in habit["national_second"].items()},
            habit["basis"],
            Mark(habit["mark"]),
        ),
    )


def read_documents(folder: Path = _DATA) -> tuple[dict[str, Any], ...]:
    """The calendars shipped, each as a document for `compile_calendar`."""
    rows = _read(folder / "calendars.yaml")["calendars"]
    return tuple(document(row["code"], row["name"], [_week(week) for week in row["weeks"]], folder) for row in rows)


def read_periods(folder: Path = _DATA) -> tuple[dict[str, Any], ...]:
    """The periods shipped: rows of `models.Period`, with the model's names."""
    rows = _read(folder / "periods.yaml")["periods"]
    return tuple({**row, "valid_from": row["from"], "valid_to": row["to"]} for row in rows)


def document(code: str, name: str, weeks: list[dict[str, Any]], folder: Path = _DATA) -> dict[str, Any]:
    """A calendar document with an office's own hours and the country's days off, every one of them written out.

    `weeks`: `{"from": "2026-01-01", "working": [0, 1, 2, 3, 4], "open": {"0": ["07:00-11:30", "13:30-17:00"], …},
    "basis": …, "mark": …}`, weekdays from Monday = 0.
    """
    rows = _read(folder / "calendars.yaml")
    law = read_law(folder)
    first: date = rows["first"]
    last: date = rows["last"]
    off, extra = days_off(first.year, last.year, law)
    return {
        "code": code,
        "name": name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "decided_through": min(law.decided_through, last).isoformat(),
        "cut_off": rows["cut_off"]["time"],
        "cut_off_basis": rows["cut_off"]["basis"],
        "cut_off_mark": rows["cut_off"]["mark"],
        "weeks": weeks,
        "off": [_off_row(day) for day in off],
        "extra": [_extra_row(day) for day in extra],
    }


def in_force_from(folder: Path = _DATA) -> date:
    """From when the calendars shipped may be used."""
    found: date = _read(folder / "calendars.yaml")["in_force_from"]
    return found


@cache
def default_calendar() -> WorkingCalendar:
    """The default calendar straight from the data, for use without a database."""
    return compile_calendar(next(found for found in read_documents() if found["code"] == DEFAULT_CALENDAR))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _holiday(row: Mapping[str, Any]) -> Holiday:
    falls = row.get("falls", {})
    return Holiday(
        key=row["key"],
        name=row["name"],
        name_en=row["name_en"],
        solar=_day_month(falls.get("solar")),
        lunar=_day_month(falls.get("lunar")),
        in_lieu=row["in_lieu"],
        basis=row["basis"],
        since=row["from"],
        until=row["to"],
        mark=Mark(row["mark"]),
    )


def _day_month(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    day, month = text.split("-")
    return int(day), int(month)


def _decision(row: Mapping[str, Any]) -> Decision:
    swaps = tuple(ExtraDay(swap["work"], swap["rest"], swap["basis"], Mark(swap["mark"])) for swap in row["swaps"])
    return Decision(row["year"], row["tet"], row["national_second"], swaps, row["basis"], Mark(row["mark"]))


def _week(week: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "from": week["from"].isoformat(),
        "working": [_WEEKDAYS[weekday] for weekday in week["working"]],
        "open": {str(_WEEKDAYS[weekday]): hours for weekday, hours in week["open"].items()},
        "basis": week["basis"],
        "mark": week["mark"],
    }


def _off_row(day: DayOff) -> dict[str, str]:
    return {
        "day": day.day.isoformat(),
        "kind": day.kind.value,
        "name": day.name,
        "name_en": day.name_en,
        "basis": day.basis,
        "mark": day.mark.value,
    }


def _extra_row(day: ExtraDay) -> dict[str, str]:
    return {
        "day": day.day.isoformat(),
        "instead_of": day.instead_of.isoformat(),
        "basis": day.basis,
        "mark": day.mark.value,
    }
