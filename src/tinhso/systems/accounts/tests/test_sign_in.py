"""Signing in, out and being away: what is counted, what is recorded, what is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tinhso.core.time import clock
from tinhso.foundation.events.models import Event
from tinhso.foundation.identity.models import Account, Attempt
from tinhso.systems.accounts.tasks import clear_attempts, clear_sessions
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db

DOOR = "/can-bo/dang-nhap"
RIGHT = "mat-khau-rat-dai"


@pytest.fixture
def username() -> str:
    account = Account.objects.get(username=desk.COUNTER)
    account.set_password(RIGHT)
    account.save()
    return account.username


def knock(username: str, password: str) -> Any:
    return Client(headers={"accept-language": "vi"}).post(DOOR, {"username": username, "password": password})


def types() -> list[str]:
    told = Event.objects.filter(type__in=["identity.session.refused", "identity.session.closed", "signing.pin.refused"])
    return list(told.order_by("recorded_at", "id").values_list("type", flat=True))


def test_the_sixth_try_is_not_looked_at_even_when_it_is_right(username: str) -> None:
    assert [knock(username, "sai").status_code for _ in range(5)] == [422] * 5
    answer = knock(username, RIGHT)
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "Có thể thử lại lúc" in answer.content.decode()
    assert types().count("identity.session.refused") == 5


def test_names_that_nobody_has_are_counted_alike(username: str) -> None:
    assert [knock("khong-ai", "sai").status_code for _ in range(6)] == [422] * 5 + [429]
    assert knock(username, RIGHT).status_code == 302


def test_a_name_is_one_name_however_it_is_written(username: str) -> None:
    for written in (username, username.upper(), f" {username}", username, username):
        knock(written, "sai")
    assert knock(username, RIGHT).status_code == 429


def test_right_passwords_are_not_counted(username: str) -> None:
    assert [knock(username, RIGHT).status_code for _ in range(7)] == [302] * 7


def test_a_right_password_clears_the_wrong_ones_before_it(username: str) -> None:
    for _ in range(3):
        knock(username, "sai")
        knock(username, "sai")
        assert knock(username, RIGHT).status_code == 302


def test_after_the_window_one_may_try_again(username: str) -> None:
    for _ in range(6):
        knock(username, "sai")
    Attempt.objects.update(began_at=clock() - timedelta(minutes=15, seconds=1))
    assert knock(username, RIGHT).status_code == 302


def test_a_signing_pin_cannot_be_guessed_and_each_wrong_one_is_recorded() -> None:
    case = desk.proposed()
    client = desk.officer(desk.LEADER)
    assert [desk.act(client, case, "ky", pin=f"98765{at}").status_code for at in range(5)] == [422] * 5
    assert desk.act(client, case, "ky", pin="123456").status_code == 429
    assert client.post("/can-bo/cho-ky", {"ho-so": f"{case.pk}:{case.version}", "pin": "123456"}).status_code == 429
    assert types() == ["signing.pin.refused"] * 5
    Attempt.objects.update(began_at=clock() - timedelta(minutes=16))
    assert desk.act(client, case, "ky", pin="123456").status_code == 302


def test_one_who_signs_out_is_recorded() -> None:
    client = desk.officer(desk.COUNTER)
    client.post("/can-bo/dang-xuat")
    assert types() == ["identity.session.closed"]
    assert client.get("/can-bo/").status_code == 302


def away(client: Client, minutes: int) -> None:
    """As if the officer's last request lay so far back."""
    session = client.session
    session["seen"] = int((clock() - timedelta(minutes=minutes)).timestamp())
    session.save()


@pytest.mark.parametrize("minutes, status", [(59, 200), (61, 302)])
def test_an_officer_away_for_an_hour_signs_in_again(minutes: int, status: int) -> None:
    client = desk.officer(desk.COUNTER)
    client.get("/can-bo/")
    away(client, minutes)
    assert client.get("/can-bo/").status_code == status


def test_what_an_officer_typed_comes_back_after_signing_in_again(username: str) -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    away(client, 61)
    sent = desk.act(client, case, "tu-choi", reason="Thiếu giấy chứng sinh", pin="123456")
    assert sent["Location"] == f"/can-bo/dang-nhap?tiep=/can-bo/ho-so/{case.code}/viec/tu-choi"
    account = Account.objects.get(username=desk.SPECIALIST)
    account.set_password(RIGHT)
    account.save()
    body = {"username": desk.SPECIALIST, "password": RIGHT, "tiep": f"/can-bo/ho-so/{case.code}/viec/tu-choi"}
    back = client.post(DOOR, body)
    page = client.get(back["Location"]).content.decode()
    assert "Thiếu giấy chứng sinh" in page
    assert "Thiếu giấy chứng sinh" not in client.get(back["Location"]).content.decode()


def test_the_way_back_keeps_its_own_question(username: str) -> None:
    sent = Client().get("/can-bo/?han=qua&ai=mine")
    assert sent["Location"] == "/can-bo/dang-nhap?tiep=/can-bo/%3Fhan%3Dqua%26ai%3Dmine"


def test_what_is_over_is_cleared_each_day(username: str) -> None:
    desk.officer(desk.COUNTER)
    knock("khong-ai", "sai")
    now = clock()
    assert (clear_sessions(now), clear_attempts(now)) == (0, 0)
    later = now + timedelta(days=30)
    assert clear_attempts(later) == 1
    assert clear_sessions(later) == 1
    assert not Session.objects.exists()
