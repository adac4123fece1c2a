"""One's own details: seen, changed, and on record."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.core.time import clock
from tinhso.foundation.events.models import Event, PrivatePart
from tinhso.foundation.identity.models import Account, Realm
from tinhso.systems.accounts.actions.change_contact import change_contact
from tinhso.systems.accounts.contact import Contact

PAGE = "/cua-toi/thong-tin"
pytestmark = pytest.mark.django_db


def owner() -> Account:
    return Account.objects.select_related("party__place").get(username="nguyen-thi-lan")


def browser() -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(owner())
    client.cookies["nguoi_dan"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def typed(**changed: str) -> dict[str, Any]:
    party = owner().party
    assert party is not None
    known = {
        "dien_thoai": party.phone,
        "thu": party.email,
        "noi_o.commune": str(party.place),
        "noi_o.detail": party.address,
    }
    return {**known, **{name.replace("__", "."): value for name, value in changed.items()}, "_once": uuid.uuid4().hex}


def changes() -> Any:
    party = owner().party
    assert party is not None
    return Event.objects.filter(type="accounts.contact.changed", subject_id=party.pk)


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(PAGE)["Location"].startswith("/dang-nhap")


def test_a_new_phone_and_home_are_kept_with_what_stood_there_before() -> None:
    party = owner().party
    assert party is not None
    before = party.phone
    client = browser()
    page = client.post(PAGE, typed(dien_thoai="0987 654 321", noi_o__commune="Xã Thanh Sơn"), follow=True)
    assert "Đã lưu thông tin của bạn" in page.content.decode()
    party = owner().party
    assert party is not None
    assert (party.phone, str(party.place).split(",")[0]) == ("0987654321", "Xã Thanh Sơn")
    event = changes().get()
    body = PrivatePart.objects.get(event_id=event.id).body
    assert (body["before"]["phone"], body["after"]["phone"]) == (before, "0987654321")
    assert "0987654321" not in event.payload
    assert f"{before} → 0987654321" in client.get(PAGE).content.decode()


def test_the_same_again_changes_nothing_and_is_no_event() -> None:
    page = browser().post(PAGE, typed(), follow=True)
    assert "Không có gì khác" in page.content.decode()
    assert not changes().exists()


def test_a_wrong_phone_is_told_beside_what_was_typed() -> None:
    page = browser().post(PAGE, typed(dien_thoai="12", noi_o__commune="Sài Gòn"))
    assert page.status_code == 422
    assert page.context["errors"].keys() == {"dien_thoai", "noi_o.commune"}
    assert 'value="12"' in page.content.decode()


def test_name_and_number_are_not_changed_here_and_the_page_says_where() -> None:
    client = browser()
    name = owner().full_name
    client.post(PAGE, {**typed(), "name": "Khác", "number": "001099000001"})
    party = owner().party
    assert party is not None
    assert party.name == name
    assert "Công an cấp xã" in client.get(PAGE).content.decode()


def test_an_officer_has_no_such_details() -> None:
    officer = Account.objects.filter(realm=Realm.OFFICER)[0]
    with pytest.raises(Forbidden):
        change_contact(Context(now=clock(), account_id=officer.pk), Contact(phone="0987654321"))
