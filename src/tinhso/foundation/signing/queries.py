"""Which key signs for whom at a moment."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from tinhso.core.crypto import open_bytes
from tinhso.foundation.signing.keys import SoftSigner, load_soft_signer
from tinhso.foundation.signing.models import SigningKey

P12_PURPOSE: Final = "signing.p12"
"""The purpose under which `SigningKey.p12` is sealed (`seal_bytes`)."""


def find_person_key(account_id: int, now: datetime) -> SigningKey | None:
    """The key an account signs with at `now`."""
    return _valid(now).filter(owner=SigningKey.Owner.PERSON, account_id=account_id).first()


def find_agency_key(agency_id: int, now: datetime) -> SigningKey | None:
    """The key of an agency's seal at `now`."""
    return _valid(now).filter(owner=SigningKey.Owner.AGENCY, agency_id=agency_id).first()


def open_key(key: SigningKey, pin: str) -> SoftSigner:
    """The signer of a stored key. Raises Invalid when the PIN is wrong, WrongKey when the row was not sealed here."""
    return load_soft_signer(open_bytes(bytes(key.p12), P12_PURPOSE), pin)


def _valid(now: datetime) -> QuerySet[SigningKey]:
    return SigningKey.objects.filter(status=SigningKey.Status.ACTIVE, not_before__lte=now, not_after__gt=now)
