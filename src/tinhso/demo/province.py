"""The demo province as one frozen value, checked: `load_province()`.

Pure data, no Django: the loader that writes it into the database, the tests and the scenarios read it alike.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from tinhso.demo.agencies import Agency, AgencyKind, Area, build_agencies, load_areas
from tinhso.demo.dated import CodeEntry, Hours, load_code_entries, load_hours
from tinhso.demo.faults import find_faults
from tinhso.demo.offers import NotOffered, Offer, load_offers
from tinhso.demo.officers import Officer, Post, build_officers, build_posts
from tinhso.demo.people import Business, Citizen, load_businesses, load_citizens
from tinhso.demo.reading import read_yaml
from tinhso.demo.units import Units, load_units


@dataclass(frozen=True)
class Province:
    """Everything the demo is set up from. Keys of units, agencies, posts and people are stable over releases."""

    units: Units
    areas: tuple[Area, ...]
    agencies: tuple[Agency, ...]
    """Parents come before children, agencies of today before those that ended."""
    lines: dict[str, str]
    """Ministries in whose line an agency may be: identifier and name."""
    sectors: dict[str, str]
    """Slug and Vietnamese name."""
    posts: tuple[Post, ...]
    officers: tuple[Officer, ...]
    citizens: tuple[Citizen, ...]
    businesses: tuple[Business, ...]
    hours: tuple[Hours, ...]
    code_entries: tuple[CodeEntry, ...]
    offers: tuple[Offer, ...]
    not_offered: tuple[NotOffered, ...]

    @cached_property
    def agency_by_key(self) -> dict[str, Agency]:
        return {agency.key: agency for agency in self.agencies}

    @cached_property
    def posts_of_agency(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.agency_key, []).append(post)
        return {agency: tuple(posts) for agency, posts in found.items()}

    @cached_property
    def _serving(self) -> dict[tuple[str, str], Agency]:
        return {
            (agency.kind, commune): agency
            for agency in self.agencies
            if agency.to_date is None
            for commune in agency.serves
        }

    def get_agency_for(self, kind: AgencyKind, commune_key: str) -> Agency:
        """The agency of a kind that serves a commune today. Raises KeyError for kinds that serve the whole province."""
        return self._serving[kind, commune_key]

    def find_not_offered(self, procedure: str, commune_key: str) -> NotOffered | None:
        """Why a commune's own committee does not decide a procedure, if it does not."""
        matches = (
            entry for entry in self.not_offered if (entry.procedure, entry.commune_key) == (procedure, commune_key)
        )
        return next(matches, None)


@cache
def load_province() -> Province:
    """Reads, builds and checks the province. Raises ValueError that names every fault found in the data."""
    units = load_units()
    areas = load_areas(units)
    agencies = build_agencies(units, areas)
    posts = build_posts(units, agencies)
    offers, not_offered = load_offers()
    province = Province(
        units=units,
        areas=areas,
        agencies=agencies,
        lines=read_yaml("agencies.yaml")["lines"],
        sectors=read_yaml("sectors.yaml"),
        posts=posts,
        officers=build_officers(units, agencies, posts),
        citizens=load_citizens(),
        businesses=load_businesses(),
        hours=load_hours(),
        code_entries=load_code_entries(),
        offers=offers,
        not_offered=not_offered,
    )
    faults = find_faults(province)
    if faults:
        raise ValueError("the demo province is not whole:\n" + "\n".join(faults))
    return province
