"""The accounts shown on the sign-in page of a demo; how somebody changed their own contact."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Prefetch, Q

from tinhso.core.text import fold
from tinhso.foundation.events.models import Event, PrivatePart
from tinhso.foundation.identity.models import Account, Appointment, Realm

SHOWN = 60


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One row of the list. Of a citizen: `age` in whole years (None for a business, whose `work` is its kind) and
    commune; of an officer: the posts held, and where."""

    username: str
    full_name: str
    work: str
    place: str
    age: int | None = None


def demo_accounts(realm: str, search: str, today: date) -> list[DemoAccount]:
    """The first accounts to try the demo with in which all the words are found: in the name, and in a citizen's commune
    or an officer's posts and agencies. At most two queries. Citizens stand by name, officers by agency."""
    accounts = Account.objects.filter(realm=realm, active=True)
    also = _in_commune if realm == Realm.CITIZEN else _in_work
    for word in fold(search).split():
        accounts = accounts.filter(Q(full_name__unaccent__icontains=word) | also(word))
    if realm == Realm.CITIZEN:
        citizens = accounts.select_related("party__place").order_by("sort_key", "pk")
        return [_citizen(account, today) for account in citizens[:SHOWN]]
    held = Prefetch("appointments", Appointment.objects.select_related("post__agency").order_by("pk"))
    officers = accounts.annotate(agency=Min("appointments__post__agency__sort_key")).prefetch_related(held)
    return [_officer(account) for account in officers.order_by("agency", "sort_key", "pk")[:SHOWN]]


def _in_commune(word: str) -> Q:
    return Q(party__place__search_key__contains=word)


def _in_work(word: str) -> Q:
    said = Q(post__title__unaccent__icontains=word) | Q(post__agency__search_key__contains=word)
    return Q(Exists(Appointment.objects.filter(said, account=OuterRef("pk"))))


def _citizen(account: Account, today: date) -> DemoAccount:
    party = account.party
    assert party is not None  # noqa: S101  a citizen's account has one: the database says so
    place = str(party.place) if party.place else ""
    if party.birth_date is None:
        return DemoAccount(account.username, account.full_name, party.get_kind_display(), place)
    return DemoAccount(account.username, account.full_name, "", place, _years(party.birth_date, today))


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _officer(account: Account) -> DemoAccount:
    posts = [appointment.post for appointment in account.appointments.all()]
    return DemoAccount(
        account.username,
        account.full_name,
        "; ".join(dict.fromkeys(post.title for post in posts)),
        "; ".join(dict.fromkeys(post.agency.name for post in posts)),
    )


CONTACT_EVENT = "accounts.contact.changed"
CHANGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one's own contact: when, and each field with what stood there before and after."""

    at: datetime
    fields: tuple[tuple[str, str, str], ...]


def contact_changes(party_id: int) -> list[Change]:
    """How somebody changed their contact, newest first. Two queries. What was erased by retention is left out."""
    told = Event.objects.filter(subject_kind="party", subject_id=party_id, type=CONTACT_EVENT)
    events = list(told.order_by("-recorded_at", "-id")[:CHANGES_SHOWN])
    parts = {part.event_id: part.body for part in PrivatePart.objects.filter(event_id__in=[one.id for one in events])}
    return [
        Change(event.recorded_at, tuple((name, body["before"][name], body["after"][name]) for name in body["after"]))
        for event in events
        if (body := parts.get(event.id))
    ]
