"""Who holds which post; who applies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tinhso.core.crypto import lookup
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.events.models import Event, PrivatePart
from tinhso.foundation.identity.models import Account, Appointment, Delegation, Party

NUMBER_PURPOSE = "party number"
CORRECTED_EVENT = "identity.party.corrected"


def held_posts(account_id: int, day: date) -> list[Post]:
    """The posts an officer acts from on `day`, their own first, then those stood in for; with agency and place.

    One query. A deputy acts only while the holder holds the post.
    """
    own = Appointment.objects.filter(on_day(day), account_id=account_id).values("post_id")
    others = _stood_in(account_id, day).exclude(post_id__in=own)
    posts = Post.objects.filter(Q(pk__in=own) | Q(pk__in=others.values("post_id")), on_day(day))
    whose = Subquery(others.filter(post_id=OuterRef("pk")).order_by("id").values("holder_id")[:1])
    related = ("agency__place", "agency__parent")
    found = list(posts.select_related(*related).annotate(whose=whose).order_by("id"))
    for post in found:
        post.stood_in_for = post.whose
    return sorted(found, key=lambda post: post.stood_in_for is not None)


def appointments_in(agency_id: int, day: date) -> list[Appointment]:
    """Who holds which post of an agency on a day, in dictionary order. One query."""
    rows = Appointment.objects.filter(on_day(day), post__agency_id=agency_id, account__active=True)
    return list(rows.select_related("account", "post").order_by("account__sort_key", "pk"))


def delegations_in(agency_id: int, day: date) -> list[Delegation]:
    """Who stands in for whom in an agency on a day or later, soonest first. One query."""
    rows = Delegation.objects.filter(post__agency_id=agency_id, valid_to__gt=day)
    return list(rows.select_related("holder", "deputy", "post").order_by("valid_from", "pk"))


def _stood_in(account_id: int, day: date) -> QuerySet[Delegation]:
    still = Appointment.objects.filter(on_day(day), account_id=OuterRef("holder_id"), post_id=OuterRef("post_id"))
    return Delegation.objects.filter(on_day(day), Exists(still), deputy_id=account_id, holder__active=True)


def find_holder(post_id: int, day: date) -> Account | None:
    """The officer who holds a post on `day`; of several, who has held it longest."""
    held = Appointment.objects.filter(on_day(day), post_id=post_id, account__active=True)
    found = held.select_related("account").order_by("valid_from", "id").first()
    return found.account if found else None


def people_of(posts: Iterable[int], day: date) -> list[Account]:
    """The officers who act from any of these posts on `day`, or standing in, in dictionary order. One query."""
    held = list(posts)
    holds = Appointment.objects.filter(on_day(day), account_id=OuterRef("pk"), post_id__in=held)
    stands_in = Delegation.objects.filter(on_day(day), deputy_id=OuterRef("pk"), post_id__in=held)
    return list(Account.objects.filter(Exists(holds) | Exists(stands_in), active=True).order_by("sort_key", "pk"))


def number_key(number: str, kind: str) -> bytes:
    """The look-up digest of a personal identity number or tax code, however it was spaced.

    A household business may use its owner's personal number as its tax code: a person and an organisation with the
    same number are two parties.
    """
    space = "person" if kind == Party.Kind.CITIZEN else "organisation"
    return lookup(re.sub(r"[\s.-]", "", number), f"{NUMBER_PURPOSE}: {space}")


def find_party(number: str, kind: str) -> Party | None:
    """The person (kind `citizen`) or organisation (any other kind) with this number."""
    return Party.objects.filter(number_lookup=number_key(number, kind)).select_related("place").first()


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a party's record: who made it and when, why, and (field, before, after) of what changed."""

    at: datetime
    by: str
    reason: str
    changes: tuple[tuple[str, Any, Any], ...]


def corrections_of(party_id: int) -> list[Correction]:
    """How a party's record was corrected, newest first. Three queries. What was erased by retention is left out."""
    told = Event.objects.filter(subject_kind="party", subject_id=party_id, type=CORRECTED_EVENT)
    events = list(told.order_by("-recorded_at", "-id"))
    parts = {part.event_id: part.body for part in PrivatePart.objects.filter(event_id__in=[one.id for one in events])}
    people = Account.objects.in_bulk([one.actor_id for one in events if one.actor_id])
    return [
        Correction(
            at=event.recorded_at,
            by=str(people.get(event.actor_id or 0, "")),
            reason=body["reason"],
            changes=tuple((name, body["before"][name], body["after"][name]) for name in body["after"]),
        )
        for event in events
        if (body := parts.get(event.id))
    ]
