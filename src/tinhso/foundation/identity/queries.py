"""Who holds which post; who applies."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tinhso.core.crypto import lookup
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.events.models import Event, PrivatePart
from tinhso.foundation.identity.models import Account, Appointment, Party

NUMBER_PURPOSE = "party number"
CORRECTED_EVENT = "identity.party.corrected"


def held_posts(account_id: int, day: date) -> list[Post]:
    """The posts an officer holds on `day`, each with its agency and that agency's place."""
    held = Q(appointments__account_id=account_id) & on_day(day, "appointments__")
    posts = Post.objects.filter(held, on_day(day)).select_related("agency__place", "agency__parent").order_by("id")
    return list(posts.distinct())


def find_holder(post_id: int, day: date) -> Account | None:
    """The officer who holds a post on `day`; of several, who has held it longest."""
    held = Appointment.objects.filter(on_day(day), post_id=post_id, account__active=True)
    found = held.select_related("account").order_by("valid_from", "id").first()
    return found.account if found else None


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
