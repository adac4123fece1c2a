"""Realms that never mix, numbers that are found only whole."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.events.models import Event, PrivatePart
from tinhso.foundation.identity.actions.keep_party import PartyDetails, keep_party
from tinhso.foundation.identity.middleware import realm_of
from tinhso.foundation.identity.models import Account, Appointment, Party, Realm
from tinhso.foundation.identity.queries import find_party, held_posts

LAN = PartyDetails(kind="citizen", name="Nguyễn Thị Thử", number="099190009999", phone="0900000999")


@pytest.mark.django_db
def test_a_citizen_cannot_hold_a_post(ctx: Context) -> None:
    citizen = Account.objects.filter(realm=Realm.CITIZEN).first()
    assert citizen is not None
    held = Appointment(account=citizen, post=Post.objects.all()[0], valid_from=ctx.now.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment(account=citizen, account_realm="citizen", post=held.post, valid_from=ctx.now.date()).save()


@pytest.mark.django_db
def test_an_officers_account_has_no_party_and_a_citizens_has_one(ctx: Context) -> None:
    party = keep_party(ctx, LAN)
    for realm, owner in (("officer", party), ("citizen", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(
                public_id=uuid7(ctx.now),
                realm=realm,
                username=f"x-{realm}",
                full_name="X",
                party=owner,
                created_at=ctx.now,
            )


@pytest.mark.django_db
def test_a_number_finds_its_person_and_lies_sealed(ctx: Context) -> None:
    party = keep_party(ctx, LAN)
    assert find_party("099 190 009 999", "citizen") == party
    assert find_party("099190009999", "business") is None
    assert find_party("09919000999", "citizen") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM identity_party WHERE id = %s", [party.pk])
        assert b"0991" not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_known_person_keeps_name_and_number_and_gains_ways_to_be_reached(ctx: Context) -> None:
    first = keep_party(ctx, LAN)
    again = keep_party(ctx, replace(LAN, name="Tên Khác", phone="0911111111", email="lan@vidu.example"))
    assert again.pk == first.pk
    kept = Party.objects.get(pk=first.pk)
    assert (kept.name, kept.phone, kept.email) == ("Nguyễn Thị Thử", "0900000999", "lan@vidu.example")
    event = Event.objects.get(type="identity.party.reached", subject_id=first.pk)
    assert event.payload == '{"filled":["email"]}'
    assert PrivatePart.objects.get(event_id=event.id).body == {"email": {"before": "", "after": "lan@vidu.example"}}


@pytest.mark.django_db
def test_nothing_to_fill_in_writes_nothing(ctx: Context) -> None:
    keep_party(ctx, LAN)
    keep_party(ctx, replace(LAN, phone="0911111111"))
    assert not Event.objects.filter(type="identity.party.reached").exists()


@pytest.mark.django_db
def test_a_party_with_an_online_account_is_never_changed_from_the_counter(ctx: Context) -> None:
    owner = Party.objects.filter(account__isnull=False, kind="citizen").exclude(number=None)[0]
    Party.objects.filter(pk=owner.pk).update(email="")
    keep_party(ctx, replace(LAN, number=str(owner.number), email="ke-khac@vidu.example"))
    assert Party.objects.get(pk=owner.pk).email == ""


def test_two_counters_at_once_keep_one_party(fresh_database: str, ctx: Context, django_db_blocker: Any) -> None:
    kept: list[int] = []
    start = threading.Barrier(4)

    def keep() -> None:
        start.wait()
        try:
            kept.append(keep_party(ctx, LAN).pk)
        finally:
            connection.close()

    with django_db_blocker.unblock():
        threads = [threading.Thread(target=keep) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(kept) == 4
        assert len(set(kept)) == 1


@pytest.mark.django_db
def test_posts_are_held_from_and_until_their_dates(ctx: Context) -> None:
    held = Appointment.objects.select_related("account", "post")[0]
    day = ctx.now.date()
    assert held.post in held_posts(held.account_id, day)
    held.valid_to = day
    held.save()
    assert held.post not in held_posts(held.account_id, day)


@pytest.mark.parametrize(
    "path, realm",
    [("/", "citizen"), ("/can-bo/", "officer"), ("/dieu-hanh/", "officer"), ("/can-bo-gia", "citizen")],
)
def test_each_door_has_its_own_cookie(path: str, realm: str) -> None:
    assert realm_of(path) == realm
