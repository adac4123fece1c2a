"""What other systems may ask of the national catalogue: flat facts, said in words, never models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tinhso.systems.procedures import queries, search, words
from tinhso.systems.procedures.models import CatalogueRecord
from tinhso.systems.procedures.rules.channels import Channel
from tinhso.systems.procedures.rules.heading import Applicant, Level


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One procedure as a list shows it. `levels`, `channels` are keys; `time` and `cost` are words for people."""

    code: str
    name: str
    sector: str
    sector_name: str
    levels: tuple[str, ...]
    channels: tuple[str, ...]
    time: str
    cost: str


@dataclass(frozen=True, slots=True)
class CatalogueFound:
    """A page of entries. `after` asks for the next one, empty at the end; `read_as` is how misspelt words were read."""

    entries: tuple[CatalogueEntry, ...]
    after: str
    read_as: str


@dataclass(frozen=True, slots=True)
class ChannelFact:
    """One way to file. `limit_unit`: hours, days, working_days, weeks, months, years, within_day; empty with no figure.

    `fee` is đồng, None when there is no figure; `fee_certain`: a person confirmed it, or the catalogue says it plainly.
    """

    channel: str
    channel_name: str
    time: str
    limit_amount: str
    limit_unit: str
    cost: str
    fee: int | None
    fee_certain: bool
    condition: str
    description: str


@dataclass(frozen=True, slots=True)
class PaperFact:
    """One required paper; `note`: a remark of the catalogue, nothing to hand in."""

    name: str
    count: str
    form_files: tuple[str, ...]
    note: bool


@dataclass(frozen=True, slots=True)
class PaperCase:
    """The papers of one case; `title` is empty when there is only one."""

    title: str
    present_only: bool
    papers: tuple[PaperFact, ...]


@dataclass(frozen=True, slots=True)
class CatalogueProcedure:
    """Everything a citizen may want to read of a procedure of the national catalogue."""

    entry: CatalogueEntry
    decision: str
    applicants: tuple[str, ...]
    agencies: tuple[str, ...]
    ways: tuple[ChannelFact, ...]
    papers: tuple[PaperCase, ...]
    steps: tuple[str, ...]
    conditions: str
    results: tuple[tuple[str, str], ...]
    legal_bases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: its key in addresses, its name, how many procedures it has."""

    key: str
    name: str
    procedures: int


def search_catalogue(
    words: str = "", *, sector: str = "", level: str = "", limit: int = 20, after: str = ""
) -> CatalogueFound:
    """Procedures that answer `words`, with or without marks, run together or misspelt; all by name without words."""
    found = search.search_records(words, sector=sector, level=level, limit=limit, after=after)
    return CatalogueFound(tuple(_entry(row) for row in found.rows), found.after, found.read_as)


def find_catalogue_record(code: str) -> CatalogueProcedure | None:
    """The procedure with this code, with what persons settled."""
    row = queries.find_record(code)
    return None if row is None else _procedure(row)


def sectors() -> list[Sector]:
    """Sectors of the catalogue, by name."""
    return [Sector(*row) for row in queries.sector_counts()]


def _language() -> str:
    return get_language() or "vi"


def _entry(row: CatalogueRecord) -> CatalogueEntry:
    language = _language()
    rows = row.document["channels"]
    return CatalogueEntry(
        code=row.code,
        name=row.name,
        sector=row.sector_key,
        sector_name=row.sector,
        levels=tuple(row.levels),
        channels=tuple(dict.fromkeys(one["channel"] for one in rows)),
        time=_one_of([words.say_time(one, language) for one in rows], language),
        cost=_one_of([words.say_fee(fee, language) for one in rows for fee in one["fees"]], language),
    )


def _one_of(said: Sequence[str], language: str) -> str:
    """What all rows say; that it depends, when they differ; that it is not known, when there are none."""
    different = set(said)
    if len(different) == 1:
        return said[0]
    return (words.BY_CASE if different else words.UNKNOWN)[language == "en"]


def _procedure(row: CatalogueRecord) -> CatalogueProcedure:
    document, english = row.document, _language() == "en"
    return CatalogueProcedure(
        entry=_entry(row),
        decision=document["decision"] or "",
        applicants=tuple(words.APPLICANTS[Applicant(key)][english] for key in document["applicants"]),
        agencies=tuple(document["executing_agencies"]),
        ways=tuple(_way(one, _language()) for one in document["channels"]),
        papers=tuple(_case(group, _language()) for group in document["papers"]),
        steps=tuple(document["steps"]),
        conditions=document["conditions"] or "",
        results=tuple((one["name"], one["code"] or "") for one in document["results"]),
        legal_bases=tuple((one["title"], one["number"] or "") for one in document["legal_bases"]),
    )


def _way(row: Mapping[str, Any], language: str) -> ChannelFact:
    fee = row["fees"][0]
    limit = row["limit"] or {"amount": "", "unit": ""}
    return ChannelFact(
        channel=row["channel"],
        channel_name=words.CHANNELS[Channel(row["channel"])][language == "en"],
        time=words.say_time(row, language),
        limit_amount=limit["amount"],
        limit_unit=limit["unit"],
        cost=words.say_fee(fee, language),
        fee=fee["amount"],
        fee_certain=bool(fee["amount"] or (fee["amount"] == 0 and (fee["condition"] or fee.get("confirmed")))),
        condition=fee["condition"],
        description=row["description"],
    )


def _case(group: Mapping[str, Any], language: str) -> PaperCase:
    papers = tuple(
        PaperFact(
            name=one["name"],
            count=words.say_count(one, language),
            form_files=tuple(one["form_files"]),
            note=bool(one.get("note")),
        )
        for one in group["papers"]
    )
    return PaperCase(group["title"], group["duty"] == "present", papers)


def level_name(level: str) -> str:
    """A level's key in words."""
    return words.LEVELS[Level(level)][_language() == "en"]
