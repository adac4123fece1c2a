"""The administrative units of the demo province: of today, and those they were made of on 1 July 2025."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from tinhso.demo.reading import Mark, read_csv, read_yaml

Level = Literal["province", "district", "commune"]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal text behind the data: its number, what it does, and how sure we are."""

    number: str
    what: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit, for as long as it is that unit.

    `code` is the statistics office's: two digits for a province, three for a district, five for a commune. The same
    code may mean another area before and after 1 July 2025, so `key` tells them apart. `lat`, `lon` are WGS84 degrees.
    """

    level: Level
    code: str
    name: str
    kind: str
    """tỉnh, thành phố, thị xã, huyện, phường, xã or thị trấn."""
    parent_key: str | None
    lat: float
    lon: float
    area_km2: float | None
    from_date: date | None
    """First day, or none where it lies before anything the platform knows."""
    to_date: date | None
    """Last day, or none while it exists."""

    @property
    def key(self) -> str:
        return self.code if self.to_date is None else f"{self.code}:{self.to_date.isoformat()}"

    @property
    def full_name(self) -> str:
        """As written in addresses: `Phường Việt Trì`."""
        return f"{self.kind[0].upper()}{self.kind[1:]} {self.name}"


@dataclass(frozen=True, slots=True)
class Succession:
    """An old unit went, wholly or in part, into a new one.

    `split` says that it went to several communes; `main` is then set on one part (for communes) and may serve as a
    default where nothing more is known of an address. A district has no part that is more its heir than another.
    """

    old_key: str
    new_key: str
    split: bool
    main: bool


@dataclass(frozen=True)
class Units:
    """All units and how they follow one another."""

    basis: tuple[LegalBasis, ...]
    closed_on: date
    opened_on: date
    current: tuple[Unit, ...]
    closed: tuple[Unit, ...]
    successions: tuple[Succession, ...]

    @cached_property
    def by_key(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in (*self.current, *self.closed)}

    @cached_property
    def province(self) -> Unit:
        return next(unit for unit in self.current if unit.level == "province")

    @cached_property
    def communes(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.current if unit.level == "commune")

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """Keys of the units that each closed unit went into."""
        found: dict[str, list[str]] = {}
        for link in self.successions:
            found.setdefault(link.old_key, []).append(link.new_key)
        return {old: tuple(new) for old, new in found.items()}

    @cached_property
    def predecessors(self) -> dict[str, tuple[str, ...]]:
        """Keys of the units that went into each unit of today."""
        found: dict[str, list[str]] = {}
        for link in self.successions:
            found.setdefault(link.new_key, []).append(link.old_key)
        return {new: tuple(old) for new, old in found.items()}

    @cached_property
    def home_districts(self) -> dict[str, Unit]:
        """For each commune of today the old district that most of its old communes belonged to."""
        homes: dict[str, Unit] = {}
        for commune in self.communes:
            olds = (self.by_key[key] for key in self.predecessors[commune.key])
            counted = Counter(old.parent_key for old in olds if old.level == "commune" and old.parent_key)
            homes[commune.key] = self.by_key[min(counted, key=lambda key: (-counted[key], key))]
        return homes


def load_units() -> Units:
    """Reads the derived lists; districts and provinces follow from their communes."""
    reform = read_yaml("reform.yaml")
    closed_on, opened_on = reform["closed_on"], reform["opened_on"]
    ending = closed_on.isoformat()
    current = [
        *(_unit("province", row, None, opened_on, None) for row in read_csv("units/province.csv")),
        *(_unit("commune", row, "25", opened_on, None) for row in read_csv("units/communes.csv")),
    ]
    closed = [
        *(_unit("province", row, None, None, closed_on) for row in read_csv("units/old_provinces.csv")),
        *(
            _unit("district", row, f"{row['province_code']}:{ending}", None, closed_on)
            for row in read_csv("units/old_districts.csv")
        ),
        *(
            _unit("commune", row, f"{row['district_code']}:{ending}", None, closed_on)
            for row in read_csv("units/old_communes.csv")
        ),
    ]
    communes = [
        Succession(f"{row['old_code']}:{ending}", row["new_code"], row["split"] == "1", row["main"] == "1")
        for row in read_csv("units/successions.csv")
    ]
    return Units(
        basis=tuple(LegalBasis(**basis) for basis in reform["basis"]),
        closed_on=closed_on,
        opened_on=opened_on,
        current=tuple(current),
        closed=tuple(closed),
        successions=(*_upper_successions(current[0], closed, communes), *communes),
    )


def _unit(level: Level, row: dict[str, str], parent: str | None, first: date | None, last: date | None) -> Unit:
    return Unit(
        level=level,
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        parent_key=parent,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        area_km2=float(row["area_km2"]) if "area_km2" in row else None,
        from_date=first,
        to_date=last,
    )


def _upper_successions(province: Unit, closed: Iterable[Unit], communes: Iterable[Succession]) -> list[Succession]:
    """The old provinces went into the province; an old district went to the communes that its communes went to."""
    units = {unit.key: unit for unit in closed}
    heirs: dict[str, dict[str, None]] = {key: {} for key, unit in units.items() if unit.level == "district"}
    for link in communes:
        district = units[link.old_key].parent_key
        if district is not None:
            heirs[district][link.new_key] = None
    provinces = [unit for unit in units.values() if unit.level == "province"]
    return [
        *(Succession(old.key, province.key, split=False, main=True) for old in provinces),
        *(
            Succession(district, new, split=len(news) > 1, main=len(news) == 1)
            for district, news in heirs.items()
            for new in news
        ),
    ]
