"""The agencies of the demo province: of today, from templates, and the committees that ended on 30 June 2025."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from tinhso.core.text import squash
from tinhso.demo.reading import Mark, read_yaml
from tinhso.demo.units import Level, Unit, Units

AgencyKind = Literal[
    "province_committee",
    "department",
    "province_centre",
    "commune_committee",
    "commune_centre",
    "commune_police",
    "province_police",
    "land_office",
    "land_branch",
    "tax",
    "tax_branch",
    "social_insurance",
    "social_insurance_branch",
    "district_committee",
]
KINDS: frozenset[str] = frozenset(get_args(AgencyKind))


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency under one name and identifier.

    `key` is the demo's own and stable. `code` is the agency identifier of 20/2020/QĐ-TTg, `old_code` that of QCVN
    102:2016; `invented` says that both were made up for the demo. `mark` is about its existence and name.
    """

    key: str
    kind: AgencyKind
    name: str
    short_name: str
    level: Level
    code: str
    old_code: str
    invented: bool
    unit_key: str
    """The unit whose agency it is (for a branch, the province)."""
    serves: tuple[str, ...]
    """Keys of the communes it is for; empty: the whole of its unit."""
    parent_key: str | None
    line: str | None
    """Identifier of the ministry whose line it is in (G01 police, G12 tax and insurance), if not the province's own."""
    place: str
    """Second half of its officers' account names; empty for an agency that is gone."""
    from_date: date | None
    to_date: date | None
    successors: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Area:
    """A group of communes served by the same branches of the land, tax and insurance offices."""

    slug: str
    name: str
    communes: tuple[str, ...]
    mark: Mark


def load_areas(units: Units) -> tuple[Area, ...]:
    """Areas of areas.yaml with the communes whose home district they list."""
    declared = read_yaml("areas.yaml")
    areas = []
    for area in declared["areas"]:
        communes = tuple(
            commune.key for commune in units.communes if units.home_districts[commune.key].code in area["districts"]
        )
        areas.append(Area(area["slug"], area["name"], communes, declared["mark"]))
    return tuple(areas)


def build_agencies(units: Units, areas: Iterable[Area]) -> tuple[Agency, ...]:
    """All agencies, parents before children, those of today before those that ended."""
    declared = read_yaml("agencies.yaml")
    return (
        *_provincial(declared["province"], units),
        *_communal(declared["commune"], units),
        *_of_areas(declared["area"], units, areas),
        *_closed(units),
    )


def _provincial(entries: Iterable[Mapping[str, Any]], units: Units) -> Iterator[Agency]:
    for entry in entries:
        yield Agency(
            key=entry["key"],
            kind=entry["kind"],
            name=entry["name"],
            short_name=entry["short_name"],
            level="province",
            code=entry["code"],
            old_code=entry["old_code"],
            invented=entry.get("invented", True),
            unit_key=units.province.key,
            serves=(),
            parent_key=entry.get("parent"),
            line=entry.get("line"),
            place=entry["place"],
            from_date=None if entry.get("kept") else units.opened_on,
            to_date=None,
            successors=(),
            mark=entry["mark"],
        )


def _communal(entries: list[Mapping[str, Any]], units: Units) -> Iterator[Agency]:
    for order, commune in enumerate(units.communes, start=1):
        own_keys = {entry["key"]: f"{entry['key']}-{commune.code}" for entry in entries}
        words = {
            "kind": commune.kind,
            "name": commune.name,
            "no": f"{100 + order}",
            "yy": f"{order % 100:02}",
            "zz": f"{90 + order // 100}",
        }
        for entry in entries:
            yield Agency(
                key=own_keys[entry["key"]],
                kind=entry["kind"],
                name=entry["name"].format(**words),
                short_name=entry["short_name"].format(**words),
                level="commune",
                code=entry["code"].format(**words),
                old_code=entry["old_code"].format(**words),
                invented=True,
                unit_key=commune.key,
                serves=(commune.key,),
                parent_key=own_keys.get(entry["parent"], entry["parent"]),
                line=entry.get("line"),
                place=squash(commune.name),
                from_date=units.opened_on,
                to_date=None,
                successors=(),
                mark=entry["mark"],
            )


def _of_areas(entries: list[Mapping[str, Any]], units: Units, areas: Iterable[Area]) -> Iterator[Agency]:
    for order, area in enumerate(areas, start=1):
        words = {"name": area.name, "n": str(order), "nn": f"{order:02}"}
        for entry in entries:
            yield Agency(
                key=f"{entry['key']}-{area.slug}",
                kind=entry["kind"],
                name=entry["name"].format(**words),
                short_name=entry["short_name"].format(**words),
                level="province",
                code=entry["code"].format(**words),
                old_code=entry["old_code"].format(**words),
                invented=True,
                unit_key=units.province.key,
                serves=area.communes,
                parent_key=entry["parent"],
                line=entry.get("line"),
                place=f"{entry['place']}.{area.slug}",
                from_date=units.opened_on,
                to_date=None,
                successors=(),
                mark=entry["mark"],
            )


def _closed(units: Units) -> Iterator[Agency]:
    """People's Committees of the old units. That of old Phú Thọ is not among them: it kept its name and its code."""
    level_one: dict[str, str] = read_yaml("reform.yaml")["agency_codes"]
    numbers = _numbers_under_parent(units.closed)
    for unit in units.closed:
        root = _root(units, unit)
        if unit.level == "province":
            if unit.code == units.province.code:
                continue
            groups: tuple[int, ...] = ()
        elif unit.level == "district":
            groups = (numbers[unit.key],)
        else:
            groups = (numbers[unit.parent_key or ""], numbers[unit.key])
        yield _closed_committee(units, unit, level_one[root.code], groups)


def _closed_committee(units: Units, unit: Unit, level_one: str, groups: tuple[int, ...]) -> Agency:
    kinds: dict[Level, AgencyKind] = {
        "province": "province_committee",
        "district": "district_committee",
        "commune": "commune_committee",
    }
    # Both offsets keep clear of today's agencies: departments are below 20, communes from 90 on.
    district, old_district = (70 + groups[0], 20 + groups[0]) if groups else (0, 0)
    commune = groups[1] if len(groups) > 1 else 0
    heirs = tuple(_committee_key(units, units.by_key[key]) for key in units.successors[unit.key])
    # What a district did went partly to its communes and partly to the province.
    upward = ("ubnd-tinh",) if unit.level == "district" else ()
    return Agency(
        key=_committee_key(units, unit),
        kind=kinds[unit.level],
        name=f"Ủy ban nhân dân {unit.kind} {unit.name}",
        short_name=f"UBND {unit.kind} {unit.name}",
        level=unit.level,
        code=".".join([level_one, *(f"{group:02}" for group in (district, commune) if group)]),
        old_code=f"000.{commune:02}.{old_district:02}.{level_one}",
        invented=unit.level != "province",
        unit_key=unit.key,
        serves=(unit.key,) if unit.level == "commune" else (),
        parent_key=_committee_key(units, units.by_key[unit.parent_key]) if unit.parent_key else None,
        line=None,
        place="",
        from_date=unit.from_date,
        to_date=unit.to_date,
        successors=(*upward, *heirs),
        mark="secondary",
    )


def _committee_key(units: Units, unit: Unit) -> str:
    if unit.level == "province" and unit.code == units.province.code:
        return "ubnd-tinh"
    return f"ubnd-{unit.code}" if unit.to_date is None else f"ubnd-cu-{unit.code}"


def _root(units: Units, unit: Unit) -> Unit:
    while unit.parent_key is not None:
        unit = units.by_key[unit.parent_key]
    return unit


def _numbers_under_parent(units: Iterable[Unit]) -> dict[str, int]:
    """1, 2, 3 ... for each unit among those of the same parent, in the order of codes."""
    counts: dict[str | None, int] = {}
    numbers: dict[str, int] = {}
    for unit in sorted(units, key=lambda unit: unit.code):
        counts[unit.parent_key] = counts.get(unit.parent_key, 0) + 1
        numbers[unit.key] = counts[unit.parent_key]
    return numbers
