"""Create an applicant, or bring what is known of one up to date."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.text import fold
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import PartyCreated
from tinhso.foundation.identity.models import Party
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

    A known party keeps its name and number; only ways to reach it (phone, e-mail, address) are filled in where given.
    """
    key = number_key(details.number, details.kind) if details.number else None
    if key and (known := Party.objects.select_for_update().filter(number_lookup=key).first()):
        return _reach(known, details)
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


def _reach(party: Party, details: PartyDetails) -> Party:
    for name in ("phone", "email", "place_id", "address"):
        if value := getattr(details, name):
            setattr(party, name, value)
    party.save(update_fields=["phone", "email", "place", "address"])
    return party
