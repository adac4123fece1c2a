from datetime import timedelta

import pytest
from django.db import IntegrityError

from tinhso.core.crypto import seal_bytes
from tinhso.core.errors import Invalid
from tinhso.foundation.signing.models import SigningKey
from tinhso.foundation.signing.pki import Holder, Issued, new_authority
from tinhso.foundation.signing.queries import P12_PURPOSE, find_agency_key, find_person_key, open_key
from tinhso.foundation.signing.tests.conftest import AGENCY, LEADER, NOW, PIN

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=4 * 365)
ACCOUNT, UNIT = 2**61 - 1, 2**61 - 2  # ids the demo province does not reach


def keep(issued: Issued, **owner: object) -> SigningKey:
    return SigningKey.objects.create(
        serial=issued.serial,
        subject=issued.subject,
        not_before=issued.not_before,
        not_after=issued.not_after,
        p12=seal_bytes(issued.p12, P12_PURPOSE),
        created_at=NOW,
        **owner,
    )


def test_a_key_is_found_by_its_owner_while_it_is_valid() -> None:
    authority = new_authority(now=NOW)
    person = keep(authority.issue(LEADER, PIN, now=NOW), owner="person", account_id=ACCOUNT)
    agency = keep(authority.issue(Holder(AGENCY, "H44.34"), PIN, now=NOW), owner="agency", agency_id=UNIT)
    assert find_person_key(ACCOUNT, NOW) == person
    assert find_agency_key(UNIT, NOW) == agency
    assert find_person_key(UNIT, NOW) is None
    assert find_person_key(ACCOUNT, LATER) is None


def test_a_stored_key_signs_with_its_pin_only() -> None:
    issued = new_authority(now=NOW).issue(LEADER, PIN, now=NOW)
    kept = keep(issued, owner="person", account_id=ACCOUNT)
    assert issued.p12 not in bytes(kept.p12)
    assert open_key(kept, PIN).certificate == issued.certificate
    with pytest.raises(Invalid):
        open_key(kept, "000000")


def test_a_person_has_one_active_key() -> None:
    authority = new_authority(now=NOW)
    keep(authority.issue(LEADER, PIN, now=NOW), owner="person", account_id=ACCOUNT)
    with pytest.raises(IntegrityError, match="one_active_of_person"):
        keep(authority.issue(LEADER, PIN, now=NOW), owner="person", account_id=ACCOUNT)


def test_a_key_belongs_to_a_person_or_to_an_agency() -> None:
    issued = new_authority(now=NOW).issue(LEADER, PIN, now=NOW)
    with pytest.raises(IntegrityError, match="one_owner"):
        keep(issued, owner="person", account_id=ACCOUNT, agency_id=UNIT)
