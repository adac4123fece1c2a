"""Create an applicant, or bring what is known of one up to date."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.text import fold
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import PartyCreated, PartyReached
from tinhso.foundation.identity.models import Account, Party
from tinhso.foundation.identity.queries import number_key


@dataclass(frozen=True, slots=True)
class PartyDetails:
    """What an applicant says of themself; `number` is a personal identity number or tax code, digits only."""

    kind: str
    name: str
    number: str = ""
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    place_id: int | None = None
    address: str = ""


@transaction.atomic
def keep_party(ctx: Context, details: PartyDetails) -> Party:
    """The party with the number of `details`, created when unknown.

    A known party keeps what is known of it; only empty ways to reach it (phone, e-mail, address) are filled in. One
    with an online account is left alone: its owner keeps it.
    """
    key = number_key(details.number, details.kind) if details.number else None
    if key and (known := _known(key)):
        return _reach(ctx, known, details)
    try:
        with transaction.atomic():
            return _create(ctx, details, key)
    except IntegrityError:
        # Another counter created the same party between our look and our write.
        if key and (known := _known(key)):
            return _reach(ctx, known, details)
        raise


def _known(key: bytes) -> Party | None:
    return Party.objects.select_for_update().filter(number_lookup=key).first()


def _create(ctx: Context, details: PartyDetails, key: bytes | None) -> Party:
    party = Party.objects.create(
        public_id=uuid7(ctx.now),
        kind=details.kind,
        name=details.name,
        search_key=fold(details.name),
        number=details.number or None,
        number_lookup=key,
        birth_date=details.birth_date,
        sex=details.sex,
        phone=details.phone,
        email=details.email,
        place_id=details.place_id,
        address=details.address,
        created_at=ctx.now,
    )
    record(ctx, PartyCreated(kind=details.kind), subject=("party", party.pk), private={"name": details.name})
    return party


def _reach(ctx: Context, party: Party, details: PartyDetails) -> Party:
    if Account.objects.filter(party=party).exists():
        return party
    found = {name: getattr(details, name) for name in _REACH if getattr(details, name) and not getattr(party, name)}
    # An address is one thing with its commune: a street is not joined to another commune.
    if party.place_id or party.address:
        found = {name: value for name, value in found.items() if name not in ("place_id", "address")}
    if not found:
        return party
    private = {name: {"before": getattr(party, name), "after": value} for name, value in found.items()}
    for name, value in found.items():
        setattr(party, name, value)
    party.save(update_fields=list(found))
    record(ctx, PartyReached(filled=sorted(found)), subject=("party", party.pk), private=private)
    return party


_REACH = ("phone", "email", "place_id", "address")
