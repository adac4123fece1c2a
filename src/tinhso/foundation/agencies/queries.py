"""Finding places, agencies and posts as they are on a day."""

from datetime import date

from django.db.models import Q

from tinhso.core.text import fold
from tinhso.foundation.agencies.models import Agency, AgencyClosure, AgencyCode, CodeEntry, Place, Post, ServiceArea


def on_day(day: date, prefix: str = "") -> Q:
    """The condition that a dated row (`valid_from`, `valid_to` exclusive) is in force on `day`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def communes(day: date) -> list[Place]:
    """Today's communes in dictionary order."""
    return list(Place.objects.filter(on_day(day), level=Place.Level.COMMUNE).order_by("sort_key"))


def find_commune(code: str, day: date) -> Place | None:
    return Place.objects.filter(on_day(day), level=Place.Level.COMMUNE, code=code).first()


def search_communes(words: str, day: date, limit: int = 20) -> list[Place]:
    """Communes whose name holds all of `words`, with or without marks."""
    found = Place.objects.filter(on_day(day), level=Place.Level.COMMUNE)
    for word in fold(words).split():
        found = found.filter(search_key__contains=word)
    return list(found.order_by("sort_key")[:limit])


def find_agency_at(kind: str, place_id: int, day: date) -> Agency | None:
    """The agency of a kind that belongs to a place, or whose branch serves it."""
    own = Agency.objects.filter(on_day(day), kind=kind, place_id=place_id).first()
    if own:
        return own
    area = ServiceArea.objects.filter(on_day(day), agency__kind=kind, place_id=place_id).select_related("agency")
    found = area.first()
    return found.agency if found else None


def find_provincial_agency(kind: str, sector: str, day: date) -> Agency | None:
    """The province's one agency of a kind; of several (departments) the one with a post for the field of work."""
    agencies = Agency.objects.filter(on_day(day), kind=kind)
    found = list(agencies[:2])
    if len(found) > 1:
        found = list(agencies.filter(posts__sectors__contains=[sector]).distinct()[:2])
    return found[0] if len(found) == 1 else None


def find_post(agency_id: int, role: str, sector: str, day: date) -> Post | None:
    """The post of `role` in an agency for a field of work.

    The one named for the field comes first, then one for every field, then (an agency of another line, whose fields
    are its own) the first of that role.
    """
    posts = Post.objects.filter(on_day(day), agency_id=agency_id, role=role).order_by("id")
    return min(posts, key=lambda post: (sector not in post.sectors, bool(post.sectors), post.pk), default=None)


def current_code(agency_id: int, day: date) -> str:
    """The agency identifier of Decision 20/2020/QĐ-TTg on `day`. Raises AgencyCode.DoesNotExist."""
    codes = AgencyCode.objects.filter(on_day(day), agency_id=agency_id, scheme=AgencyCode.Scheme.QD20)
    return codes.latest("valid_from").code


def find_agency_id(code: str) -> int | None:
    """The id of the agency that has or had an identifier, of either generation; the latest holder of it."""
    rows = AgencyCode.objects.filter(code=code.strip().upper()).order_by("-valid_from")
    return rows.values_list("agency_id", flat=True).first()


def code_list(name: str, day: date) -> frozenset[str]:
    """The codes of a dated code list in force on `day`."""
    return frozenset(CodeEntry.objects.filter(on_day(day), list=name).values_list("code", flat=True))


def descendants(agency_id: int) -> list[int]:
    """Ids of an agency and all below it in today's tree."""
    return list(AgencyClosure.objects.filter(ancestor_id=agency_id).values_list("descendant_id", flat=True))
