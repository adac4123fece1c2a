"""Reading the catalogue: one function per question a page asks. Releases never change, so each is read once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tinhso.core.errors import NotFound
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Agency, Place
from tinhso.foundation.agencies.queries import find_agency_at, find_provincial_agency
from tinhso.foundation.cases.models import ProcedureRelease, ReleasePublication
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Level, OnlineLevel, Release
from tinhso.foundation.identity.models import Account
from tinhso.systems.procedures import public as national
from tinhso.systems.services.models import Draft, DraftPaper
from tinhso.systems.services.rules.search import Searchable, rank

FIRST = ("1.001193", "1.004222", "2.000815", "1.004873", "3.000333", "1.001612")
"""What people come for most, first on the home page (assumed until figures say)."""

_no_further = national.CatalogueFound((), "", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure with a release in force, as the catalogue lists it."""

    code: str
    name: str
    sector: str
    sector_name: str
    levels: tuple[str, ...]
    life_events: tuple[str, ...]
    online: str
    time: str
    cost: str
    keywords: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What was found: procedures that can be filed here, and further ones of the national catalogue to read about.

    `after` asks for the next further ones, empty at the end. `sectors` to choose from as (key, name).
    """

    entries: list[Entry]
    further: list[national.CatalogueEntry]
    after: str
    read_as: str
    sectors: list[tuple[str, str]]


def entries_on(day: date) -> list[Entry]:
    """Every procedure with a release in force, by name."""
    found = (_entry(release) for release in releases_on(day).values())
    return sorted(found, key=lambda entry: entry.name.casefold())


def search_catalogue(
    day: date, *, words: str = "", sector: str = "", level: str = "", life_event: str = "", after: str = ""
) -> Catalogue:
    """Procedures that answer `words` (best first; all by name without words), narrowed by the filters."""
    everything = entries_on(day)
    ready = {entry.code for entry in everything}
    entries = [
        entry
        for entry in everything
        if (not sector or entry.sector == sector)
        and (not level or level in entry.levels)
        and (not life_event or life_event in entry.life_events)
    ]
    if words.strip():
        known = {entry.code: entry for entry in entries}
        reads_english = get_language() == "en"
        found = _ranked(entries, words, english=reads_english) or _ranked(entries, words, english=True)
        entries = [known[code] for code in found]
    sectors = {entry.sector: entry.sector_name for entry in everything}
    sectors |= {row.key: row.name for row in national.sectors() if row.key not in sectors}
    more = _no_further if life_event else national.search_catalogue(words, sector=sector, level=level, after=after)
    return Catalogue(
        entries=[] if after else entries,
        further=[entry for entry in more.entries if entry.code not in ready],
        after=more.after,
        read_as=more.read_as,
        sectors=sorted(sectors.items(), key=lambda row: row[1]),
    )


def _ranked(entries: list[Entry], words: str, *, english: bool) -> list[str]:
    """Codes of what was meant. English names count for who reads English, and where nothing else was found: a
    Vietnamese syllable must not find an English word that begins like it."""
    more = {e.code: e.english if english else () for e in entries}
    return rank((Searchable(e.code, e.name, (*e.keywords, e.sector_name, *more[e.code])) for e in entries), words)


def first_entries(day: date) -> list[Entry]:
    """The few procedures the home page begins with."""
    known = {entry.code: entry for entry in entries_on(day)}
    return [known[code] for code in FIRST if code in known]


def releases_on(day: date) -> dict[str, Release]:
    """Every release in force on a day, by procedure. One query once they are known to this process."""
    return {code: read_release(_row(*key)) for code, key in _in_force(day).items()}


def get_release_row(procedure: str, day: date) -> ProcedureRelease:
    """The stored release of a procedure in force. Raises NotFound."""
    key = _in_force(day).get(procedure)
    if key is None:
        raise NotFound(
            _("Không có thủ tục nào mang mã %(code)s.") % {"code": procedure[:40]},
            what_to_do="Tìm lại bằng tên thủ tục, hoặc gọi đường dây hỗ trợ.",
        )
    return _row(*key)


def find_release(procedure: str, day: date) -> Release | None:
    key = _in_force(day).get(procedure)
    return read_release(_row(*key)) if key else None


def get_release(procedure: str, day: date) -> Release:
    """Raises NotFound."""
    return read_release(get_release_row(procedure, day))


def find_centre(release: Release, place: Place | None, day: date) -> Agency | None:
    """The centre that takes a dossier in: the first kind of centre the release names that serves the place."""
    for kind in (kind for kind in release.filed_at if kind.endswith("_centre")):
        if kind.startswith("province"):
            found = find_provincial_agency(kind, release.sector, day)
        else:
            found = find_agency_at(kind, place.pk, day) if place else None
        if found:
            return found
    return None


def desks_at(release: Release, place: Place, day: date) -> list[Agency]:
    """Where people of a place bring a dossier in person, nearest first."""
    found = [
        find_agency_at(k, place.pk, day) or find_provincial_agency(k, release.sector, day) for k in release.filed_at
    ]
    near = [agency for agency in found if agency is not None]
    return sorted(near, key=lambda agency: (agency.place_id != place.pk, near.index(agency)))


def get_draft(account: Account, public_id: Any) -> Draft:
    """A person's own draft. Raises NotFound, for others' too."""
    found = Draft.objects.filter(account=account, public_id=public_id).select_related("release", "case").first()
    if found is None:
        raise NotFound(
            "Không tìm thấy hồ sơ đang soạn này trong tài khoản của bạn.",
            what_to_do="Mở mục “Của tôi” để xem các hồ sơ đang soạn, hoặc đăng nhập bằng tài khoản đã soạn hồ sơ.",
        )
    return found


def drafts_of(account: Account) -> list[Draft]:
    """What a person is filling in, last touched first."""
    rows = Draft.objects.filter(account=account, case__isnull=True).select_related("release")
    return list(rows.order_by("-changed_at")[:20])


def papers_of(draft: Draft) -> dict[str, list[DraftPaper]]:
    """The files uploaded to a draft, by paper."""
    found: dict[str, list[DraftPaper]] = {}
    for row in DraftPaper.objects.filter(draft=draft).select_related("file__blob").order_by("id"):
        found.setdefault(row.key, []).append(row)
    return found


def can_be_filed_online(release: Release) -> bool:
    return release.online is not OnlineLevel.NONE and "online" in release.channels


def levels() -> list[str]:
    return [level.value for level in (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY)]


def _in_force(day: date) -> dict[str, tuple[int, str]]:
    rows = ReleasePublication.objects.filter(effective__lte=day).order_by("effective", "id")
    last = {
        code: (pk, content_hash, withdrawn)
        for code, pk, content_hash, withdrawn in rows.values_list(
            "procedure", "release_id", "release__content_hash", "withdrawn"
        )
    }
    return {code: (pk, content_hash) for code, (pk, content_hash, withdrawn) in last.items() if not withdrawn}


@lru_cache(maxsize=4096)
def _row(pk: int, content_hash: str) -> ProcedureRelease:
    """A stored release: insert-only, so what was read once stays true."""
    return ProcedureRelease.objects.get(pk=pk, content_hash=content_hash)


def _entry(release: Release) -> Entry:
    return Entry(
        code=release.code,
        name=release.short_name or release.name,
        sector=release.sector,
        sector_name=release.sector_name,
        levels=tuple(level.value for level in release.levels),
        life_events=release.life_events,
        online=release.online.value,
        time=release.summary.time,
        cost=release.summary.cost,
        keywords=(release.name, *release.keywords),
        english=_in_english(release),
    )


def _in_english(release: Release) -> tuple[str, ...]:
    """The names a reader of the English pages sees, and the decision's own."""
    with override("en"):
        shown = (translated(release.short_name or release.name), translated(release.sector_name))
    return (*shown, release.name_en)
