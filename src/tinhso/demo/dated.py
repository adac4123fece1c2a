"""The demo's dated settings: office hours, and code list entries that exist only in the demo."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tinhso.demo.agencies import AgencyKind
from tinhso.demo.reading import Mark, read_yaml


@dataclass(frozen=True, slots=True)
class Session:
    """Working hours from `start` to `end` on one day of the week; Monday is 1."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly calendar; with `kinds` and `sectors` it is for those posts of those agencies, else for all."""

    slug: str
    name: str
    default: bool
    weekly: tuple[Session, ...]
    kinds: tuple[AgencyKind, ...]
    sectors: tuple[str, ...]
    from_date: date
    to_date: date | None
    basis: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One entry of a code list, with its time and its reason; `demo` entries exist nowhere else."""

    code_list: str
    code: str
    name: str
    from_date: date
    to_date: date | None
    demo: bool
    basis: str
    mark: Mark


def load_hours() -> tuple[Hours, ...]:
    return tuple(
        Hours(
            slug=entry["slug"],
            name=entry["name"],
            default=entry["default"],
            weekly=tuple(_sessions(entry["weekly"])),
            kinds=tuple(entry["kinds"]),
            sectors=tuple(entry["sectors"]),
            from_date=entry["from"],
            to_date=entry["to"],
            basis=entry["basis"],
            mark=entry["mark"],
        )
        for entry in read_yaml("calendars.yaml")["calendars"]
    )


def _sessions(weekly: dict[int, list[str]]) -> list[Session]:
    sessions = []
    for weekday, spans in weekly.items():
        for span in spans:
            start, end = span.split("-")
            sessions.append(Session(weekday, time.fromisoformat(start), time.fromisoformat(end)))
    return sessions


def load_code_entries() -> tuple[CodeEntry, ...]:
    return tuple(_code_entry(entry) for entry in read_yaml("code_list.yaml")["entries"])


def _code_entry(entry: dict[str, Any]) -> CodeEntry:
    return CodeEntry(
        code_list=entry["list"],
        code=entry["code"],
        name=entry["name"],
        from_date=entry["from"],
        to_date=entry["to"],
        demo=entry["demo"],
        basis=entry["basis"],
        mark=entry["mark"],
    )
