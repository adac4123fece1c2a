"""A record that was written down wrongly is put right at the counter, and what stood there stays known."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.events.models import Event
from tinhso.foundation.identity.actions.correct_party import correct_party, fingerprint
from tinhso.foundation.identity.actions.keep_party import PartyDetails, keep_party
from tinhso.foundation.identity.models import Account, Appointment, Party
from tinhso.foundation.identity.queries import corrections_of, find_party

pytestmark = pytest.mark.django_db

LAN = PartyDetails(
    kind="citizen", name="Nguyễn Thị Thử", number="099190009999", birth_date=date(1990, 5, 1), sex="female"
)
WHY = "Ghi nhầm năm sinh, đã xem thẻ căn cước."


@pytest.fixture
def counter(ctx: Context) -> Context:
    held = Appointment.objects.select_related("post").filter(post__role=Post.Role.COUNTER)[0]
    return replace(ctx, account_id=held.account_id, post_id=held.post_id, agency_id=held.post.agency_id)


@pytest.fixture
def party(ctx: Context) -> Party:
    return keep_party(ctx, LAN)


def test_a_correction_is_found_by_the_new_number_and_remembers_the_old(counter: Context, party: Party) -> None:
    right = replace(LAN, number="099191009999", birth_date=date(1991, 5, 1))
    correct_party(counter, party.pk, right, WHY, fingerprint(party))
    assert find_party("099191009999", "citizen") == party
    assert find_party("099190009999", "citizen") is None
    (kept,) = corrections_of(party.pk)
    assert kept.reason == WHY
    assert set(kept.changes) == {("number", "099190009999", "099191009999"), ("birth_date", "1990-05-01", "1991-05-01")}
    event = Event.objects.get(type="identity.party.corrected", subject_id=party.pk)
    assert event.payload == '{"fields":["birth_date","number"]}'
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM events_private WHERE event_id = %s", [event.id])
        assert b"0991" not in bytes(cursor.fetchone()[0])


def test_only_who_holds_a_counter_corrects(ctx: Context, party: Party) -> None:
    held = Appointment.objects.select_related("post").filter(post__role=Post.Role.SPECIALIST)[0]
    specialist = replace(ctx, account_id=held.account_id, post_id=held.post_id, agency_id=held.post.agency_id)
    with pytest.raises(Forbidden):
        correct_party(specialist, party.pk, replace(LAN, name="Khác"), WHY, fingerprint(party))


def test_who_has_an_online_account_is_corrected_by_nobody_else(counter: Context) -> None:
    owner = Account.objects.select_related("party").filter(party__kind="citizen")[0].party
    assert owner is not None
    with pytest.raises(Conflict, match="tài khoản trực tuyến"):
        correct_party(counter, owner.pk, replace(LAN, name="Khác"), WHY, fingerprint(owner))


def test_two_counters_at_once_the_second_sees_what_the_first_wrote(counter: Context, party: Party) -> None:
    seen = fingerprint(party)
    correct_party(counter, party.pk, replace(LAN, name="Nguyễn Thị Thử Nghiệm"), WHY, seen)
    with pytest.raises(Conflict, match="vừa được người khác sửa"):
        correct_party(counter, party.pk, replace(LAN, name="Nguyễn Thị Thủ"), WHY, seen)
    assert Party.objects.get(pk=party.pk).name == "Nguyễn Thị Thử Nghiệm"


@pytest.mark.parametrize(("name", "reason", "field"), [(LAN.name, WHY, "name"), ("Khác Tên", "sai", "reason")])
def test_nothing_new_or_no_reason_corrects_nothing(
    counter: Context, party: Party, name: str, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        correct_party(counter, party.pk, replace(LAN, name=name), reason, fingerprint(party))
    assert field in refused.value.fields
    assert not corrections_of(party.pk)


def test_anothers_number_is_refused_and_nothing_else_is_written(counter: Context, party: Party) -> None:
    keep_party(counter, replace(LAN, name="Người Khác", number="099190008888"))
    with pytest.raises(Invalid) as refused:
        correct_party(counter, party.pk, replace(LAN, name="Tên Mới", number="099190008888"), WHY, fingerprint(party))
    assert "number" in refused.value.fields
    assert Party.objects.get(pk=party.pk).name == LAN.name
