"""Change how one is reached and where one lives: by oneself, in one's own account; what stood there stays on record."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.models import Account, Party
from tinhso.systems.accounts.contact import Contact
from tinhso.systems.accounts.events import ContactChanged

KEPT_BY_ONESELF = ("phone", "email", "place_id", "address")
"""Name, number, birth date and sex are not: they come from the identity database and are corrected there."""


@transaction.atomic
def change_contact(ctx: Context, contact: Contact) -> list[str]:
    """Make the record of the acting account's own party what `contact` says; the fields that changed, maybe none.

    Of two tabs the last one counts: both are the same person's words, and both stay on record. Raises Forbidden for an
    account of nobody who applies.
    """
    own = Account.objects.filter(pk=ctx.actor, active=True).values("party_id")
    party = Party.objects.select_for_update().filter(pk__in=own).first()
    if party is None:
        raise Forbidden("Tài khoản này không có thông tin người nộp để sửa.")
    changed = [name for name in KEPT_BY_ONESELF if getattr(party, name) != getattr(contact, name)]
    if not changed:
        return []
    before = {name: _said(party, name) for name in changed}
    for name in changed:
        setattr(party, name, getattr(contact, name))
    party.save(update_fields=changed)
    private = {"before": before, "after": {name: _said(party, name) for name in changed}}
    record(ctx, ContactChanged(fields=changed), subject=("party", party.pk), private=private)
    return changed


def _said(party: Party, field: str) -> str:
    """A field as its history tells it; a place by its name of that day."""
    return str((party.place if field == "place_id" else getattr(party, field)) or "")
