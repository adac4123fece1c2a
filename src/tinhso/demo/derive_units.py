"""Derives the demo province's lists of administrative units from the package `vietnamadminunits` (MIT).

Run by `script/derive-units` when the package changes; the lists it writes are committed, so that nothing but
this program needs the package. The same package gives the same bytes.
"""

import csv
import json
import math
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import files, version
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "vietnamadminunits"
DATA = Path(__file__).parent / "data"
PROVINCE, OLD_PROVINCES = "25", ("17", "25", "26")
# The package gives these two communes each other's position: both then lie 80 km from all their predecessors.
SWAPPED_POSITIONS = ("04924", "08296")
FARTHEST_KM = 30.0

Row = Mapping[str, object]
Place = tuple[float, float]


@dataclass(frozen=True)
class Source:
    """The package's rows for the province of today, for what it was made of, and the links between them."""

    communes: list[sqlite3.Row]
    old_communes: list[sqlite3.Row]
    successions: list[tuple[str, str, bool, bool]]
    """Old commune code, new commune code, whether the old one was split, whether this part is the main one."""


def package_folder() -> Path:
    """Where the package keeps its data, found without importing it (its parser is heavy)."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{PACKAGE} is not installed: pip install --group dev")
    return Path(spec.submodule_search_locations[0]) / "data"


def read_source(folder: Path) -> Source:
    """Reads the package's SQLite lists and its table of conversions, joined on the package's own keys."""
    connection = sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    communes = connection.execute(
        "SELECT * FROM admin_units WHERE provinceCode = ? ORDER BY wardCode", (PROVINCE,)
    ).fetchall()
    old_communes = connection.execute(
        "SELECT * FROM admin_units_legacy WHERE provinceCode IN (?, ?, ?) ORDER BY wardCode", OLD_PROVINCES
    ).fetchall()
    connection.close()
    old_codes = {f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}": row["wardCode"] for row in old_communes}
    new_codes = {row["wardKey"]: row["wardCode"] for row in communes}
    province = communes[0]["provinceKey"]
    table = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    whole = [
        (old_codes[old], new_codes[new], False, True)
        for new, olds in table["DICT_PROVINCE_WARD_NO_DIVIDED"][province].items()
        for old in olds
    ]
    parts = [
        (old_codes[old], new_codes[part["newWardKey"]], True, part["isDefaultNewWard"])
        for old, split in table["DICT_PROVINCE_WARD_DIVIDED"].get(province, {}).items()
        for part in split
    ]
    return Source(communes, old_communes, sorted(whole + parts))


def licence() -> str:
    """The package's licence, which must go with whatever is derived from it."""
    for path in files(PACKAGE) or ():
        if path.name == "LICENSE":
            return path.read_text("utf-8")
    raise SystemExit(f"{PACKAGE} {version(PACKAGE)} carries no licence: look before taking anything from it")


def distance_km(one: Place, other: Place) -> float:
    """Rough distance of two places (latitude, longitude), good enough to find a wrong one."""
    north = (one[0] - other[0]) * 111.2
    east = (one[1] - other[1]) * 111.3 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def corrected_positions(source: Source) -> dict[str, Place]:
    """Positions of today's communes, the known swap undone; each must lie near what it was made of."""
    places = {row["wardCode"]: (row["wardLat"], row["wardLon"]) for row in source.communes}
    one, other = SWAPPED_POSITIONS
    places[one], places[other] = places[other], places[one]
    old_places = {row["wardCode"]: (row["wardLat"], row["wardLon"]) for row in source.old_communes}
    for code, place in places.items():
        nearest = min(
            distance_km(place, old_places[old]) for old, new, _split, _main in source.successions if new == code
        )
        if nearest > FARTHEST_KM:
            raise SystemExit(f"commune {code} lies {nearest:.0f} km from all it was made of: look at the package")
    return places


def text(value: str) -> str:
    return unicodedata.normalize("NFC", value)


def commune_rows(source: Source, places: Mapping[str, Place]) -> Iterable[Row]:
    for row in source.communes:
        code = row["wardCode"]
        yield {
            "code": code,
            "name": text(row["wardShort"]),
            "kind": text(row["wardType"]).lower(),
            "lat": places[code][0],
            "lon": places[code][1],
            "area_km2": row["wardAreaKm2"],
            "position": "swapped" if code in SWAPPED_POSITIONS else "package",
        }


def old_commune_rows(source: Source, places: Mapping[str, Place]) -> Iterable[Row]:
    """Old communes; one that the package puts far from its successor takes the successor's position."""
    successor = {old: new for old, new, _split, main in source.successions if main}
    for row in source.old_communes:
        place, mark = (row["wardLat"], row["wardLon"]), "package"
        if distance_km(place, places[successor[row["wardCode"]]]) > FARTHEST_KM:
            place, mark = places[successor[row["wardCode"]]], "successor"
        yield {
            "code": row["wardCode"],
            "name": text(row["wardShort"]),
            "kind": text(row["wardType"]).lower(),
            "district_code": row["districtCode"],
            "lat": place[0],
            "lon": place[1],
            "position": mark,
        }


def old_district_rows(source: Source) -> Iterable[Row]:
    districts = {row["districtCode"]: row for row in source.old_communes}
    for code, row in sorted(districts.items()):
        yield {
            "code": code,
            "name": text(row["districtShort"]),
            "kind": text(row["districtType"]).lower(),
            "province_code": row["provinceCode"],
            "lat": row["districtLat"],
            "lon": row["districtLon"],
        }


def old_province_rows(source: Source) -> Iterable[Row]:
    provinces = {row["provinceCode"]: row for row in source.old_communes}
    for code, row in sorted(provinces.items()):
        yield {
            "code": code,
            "name": text(row["provinceShort"]),
            "kind": "tỉnh",
            "lat": row["provinceLat"],
            "lon": row["provinceLon"],
        }


def province_rows(source: Source) -> Iterable[Row]:
    row = source.communes[0]
    yield {
        "code": row["provinceCode"],
        "name": text(row["provinceShort"]),
        "kind": "tỉnh",
        "lat": row["provinceLat"],
        "lon": row["provinceLon"],
        "area_km2": round(sum(commune["wardAreaKm2"] for commune in source.communes), 2),
    }


def succession_rows(source: Source) -> Iterable[Row]:
    for old, new, split, main in source.successions:
        yield {"old_code": old, "new_code": new, "split": int(split), "main": int(main)}


def write_csv(path: Path, rows: Iterable[Row]) -> int:
    """Writes the rows as UTF-8 with plain line ends and gives their number."""
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)
    return len(listed)


SOURCES = """# Sources of the unit lists

The CSV files in this folder were derived by `script/derive-units` from the PyPI package
[{package}](https://pypi.org/project/{package}/) {version}, licence MIT (LICENSE.txt beside this file).
Do not edit them: run the script.

| file | rows | what |
|---|---|---|
{files}

Codes are those of the statistics office, five digits for a commune. The same five digits may mean another area
before and after 1 July 2025. Names are in NFC. `lat` and `lon` are WGS84 degrees: for today's communes a point inside
(a dot map can be drawn from `communes.csv` alone), for the old units as geocoded, some kilometres off here and there.
`area_km2` is square kilometres.

`position` says where a point comes from: `package` as it is; `swapped`, because the package gives the communes
Lương Sơn (04924) and Sơn Lương (08296) each other's point; `successor`, because the package puts an old commune more
than {far:.0f} km from the commune it went into.

`split` is 1 where an old commune went to several new ones; `main` is then 1 on the part the package takes by default.
"""

MEANINGS = {
    "province.csv": "the province from 1 July 2025",
    "communes.csv": "its communes and wards",
    "old_provinces.csv": "the three provinces it was made of, until 30 June 2025",
    "old_districts.csv": "their districts, towns and cities",
    "old_communes.csv": "their communes, wards and townships",
    "successions.csv": "old commune to new",
}


def derive(folder: Path, target: Path) -> dict[str, int]:
    """Writes all lists, SOURCES.md and LICENSE.txt into `target`; gives the number of rows of each file."""
    source = read_source(folder)
    places = corrected_positions(source)
    rows: dict[str, Iterable[Row]] = {
        "province.csv": province_rows(source),
        "communes.csv": commune_rows(source, places),
        "old_provinces.csv": old_province_rows(source),
        "old_districts.csv": old_district_rows(source),
        "old_communes.csv": old_commune_rows(source, places),
        "successions.csv": succession_rows(source),
    }
    target.mkdir(parents=True, exist_ok=True)
    counts = {name: write_csv(target / name, listed) for name, listed in rows.items()}
    files = "\n".join(f"| {name} | {count} | {MEANINGS[name]} |" for name, count in counts.items())
    (target / "SOURCES.md").write_text(
        SOURCES.format(package=PACKAGE, version=version(PACKAGE), files=files, far=FARTHEST_KM), encoding="utf-8"
    )
    (target / "LICENSE.txt").write_text(licence(), encoding="utf-8")
    return counts


def main() -> int:
    counts = derive(package_folder(), DATA / "units")
    sys.stdout.write("".join(f"{name}: {count}\n" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
