"""Posts of the demo's agencies and the invented officers who hold them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from tinhso.demo.agencies import Agency
from tinhso.demo.reading import read_yaml
from tinhso.demo.units import Units

Role = Literal["counter", "specialist", "leader", "clerk", "head", "operator", "publisher", "admin"]
Sex = Literal["male", "female"]
MAIL_DOMAIN = "phutho.vidu.example"
OLD_HOA_BINH = "17"


@dataclass(frozen=True, slots=True)
class Post:
    """One post of one agency, with the account name of its holder."""

    key: str
    agency_key: str
    role: Role
    title: str
    sectors: tuple[str, ...]
    holder: str


@dataclass(frozen=True, slots=True)
class Officer:
    """An invented person: account name, name, mail address, and the posts held."""

    username: str
    name: str
    sex: Sex
    email: str
    posts: tuple[str, ...]


def build_posts(units: Units, agencies: Iterable[Agency]) -> tuple[Post, ...]:
    """The posts that posts.yaml declares for each agency of today's kind and place."""
    declared = read_yaml("posts.yaml")
    moved = {(f"ubnd-{entry['commune']}", entry["account"]): entry["by"] for entry in declared["held_together"]}
    posts = []
    for agency in agencies:
        if agency.to_date is not None:
            continue
        unit_kind = units.by_key[agency.unit_key].kind
        for entry in declared["kinds"].get(agency.kind, ()):
            if not _belongs(entry, agency.key, unit_kind):
                continue
            account = moved.get((agency.key, entry["account"]), entry["account"])
            posts.append(
                Post(
                    key=f"{agency.key}/{entry['slug']}",
                    agency_key=agency.key,
                    role=entry["role"],
                    title=entry["title"].format(kind=unit_kind),
                    sectors=tuple(entry.get("sectors", ())),
                    holder=f"{account}.{agency.place}",
                )
            )
    return tuple(posts)


def _belongs(entry: Mapping[str, Any], agency_key: str, unit_kind: str) -> bool:
    named = {agency_key, unit_kind}
    return bool(named & set(entry.get("only", named))) and not named & set(entry.get("except", ()))


def build_officers(units: Units, agencies: Iterable[Agency], posts: Iterable[Post]) -> tuple[Officer, ...]:
    """One officer for each account name; the name follows from the account name alone, so it never changes."""
    names = read_yaml("names.yaml")
    by_key = {agency.key: agency for agency in agencies}
    held: dict[str, list[Post]] = {}
    for post in posts:
        held.setdefault(post.holder, []).append(post)
    officers = []
    for username, own in held.items():
        surnames = "muong" if _is_of_hoa_binh(units, by_key[own[0].agency_key]) else "surnames"
        name, sex = invent_name(username, names, surnames)
        keys = tuple(post.key for post in own)
        officers.append(Officer(username, name, sex, f"{username}@{MAIL_DOMAIN}", keys))
    return tuple(officers)


def _is_of_hoa_binh(units: Units, agency: Agency) -> bool:
    if not agency.serves:
        return False
    district = units.home_districts[agency.serves[0]]
    return (district.parent_key or "").startswith(f"{OLD_HOA_BINH}:")


def invent_name(seed: str, names: Mapping[str, Sequence[str]], surnames: str) -> tuple[str, Sex]:
    """A name drawn by the bytes of the seed's hash: the same seed gives the same person."""
    drawn = sha256(seed.encode()).digest()
    sex: Sex = "female" if drawn[0] % 2 else "male"
    parts = [
        _pick(names[surnames], drawn[1:3]),
        _pick(names[f"{sex}_middle"], drawn[3:5]),
        _pick(names[f"{sex}_given"], drawn[5:7]),
    ]
    if parts[1] in (parts[0], parts[2]):
        parts[1] = "Thị" if sex == "female" else "Văn"
    return " ".join(parts), sex


def _pick(choices: Sequence[str], drawn: bytes) -> str:
    return choices[int.from_bytes(drawn) % len(choices)]
