"""Who holds which post; who applies."""

import re
from datetime import date

from django.db.models import Q

from tinhso.core.crypto import lookup
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.identity.models import Account, Appointment, Party

NUMBER_PURPOSE = "party number"


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
