"""What lists and search draw from a document: name, sector, keys of search and order."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from tinhso.core.text import fold, sort_key, squash

LONGEST_KEY = 200
LONGEST_WORD = 40
MOST_READINGS = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """Columns of a record. `sector_key` is for addresses (`ho-tich`); `squash_key` has no blanks but between parts."""

    name: str
    sector: str
    sector_key: str
    levels: list[str]
    search_key: str
    squash_key: str
    sort_key: str

    def columns(self) -> dict[str, Any]:
        return asdict(self)


def draw(code: str, document: dict[str, Any]) -> Drawn:
    """Columns of the record with this code and document."""
    name = document["name"] or code
    sector = ", ".join(document["sectors"])
    return Drawn(
        name=name,
        sector=sector,
        sector_key=slug(sector),
        levels=list(document["levels"]),
        search_key=" ".join(words_of(f"{name} {sector}")),
        squash_key=f"{squash(name).removeprefix('thutuc')} {squash(sector)}".strip(),
        sort_key=sort_key(name[:LONGEST_KEY]),
    )


def slug(text: str) -> str:
    """`Hộ tịch` as `ho-tich`."""
    return "-".join(words_of(text))[:LONGEST_KEY]


def words_of(text: str) -> list[str]:
    """Words without marks, in order."""
    return [word[:LONGEST_WORD] for word in re.findall(r"[0-9a-z]+", fold(text))]


def nearest(typed: str, words: Iterable[str]) -> list[str]:
    """Those of `words` that are the fewest slips of the finger from `typed`: one at most, two from six letters on."""
    allowed = 1 if len(typed) < 6 else 2
    near = [(slips(typed, word), word) for word in words]
    fewest = min((count for count, _ in near), default=allowed + 1)
    return [word for count, word in near if count == fewest <= allowed][:MOST_READINGS]


def slips(one: str, other: str) -> int:
    """Letters added, lost, changed or swapped with a neighbour between two words."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, row = above, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]
