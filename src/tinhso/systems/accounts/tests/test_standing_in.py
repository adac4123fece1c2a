"""Asking a colleague to stand in, through the page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tinhso.core.time import business_date, clock
from tinhso.foundation.identity.models import Account, Appointment, Delegation
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/lam-thay"


def post(client: Client, **typed: Any) -> Any:
    html = client.get(PAGE).content.decode()
    once = re.findall(r'name="_once" value="([^"]*)"', html)[-1]
    return client.post(PAGE, {"_once": once, **typed})


def days(first: int, last: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, offset in (("begins", first), ("ends", last)):
        day = business_date(clock()) + timedelta(days=offset)
        found |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    return found


def office() -> tuple[Appointment, Account]:
    """The civil status officer of Việt Trì, and a colleague."""
    own = Appointment.objects.get(account__username=desk.SPECIALIST)
    beside = Appointment.objects.filter(post__agency=own.post.agency).exclude(account=own.account)
    return own, beside.order_by("pk")[0].account


def test_a_colleague_stands_in_and_sees_the_post_among_theirs() -> None:
    own, deputy = office()
    answer = post(desk.officer(desk.SPECIALIST), post=own.pk, deputy=deputy.pk, ground="Đi họp", **days(0, 2))
    assert answer.status_code == 303
    page = desk.officer(deputy.username).get("/can-bo/vi-tri").content.decode()
    assert own.post.title in page
    assert "Làm thay" in page


def test_what_was_typed_stays_beside_what_is_wrong() -> None:
    own, deputy = office()
    answer = post(desk.officer(desk.SPECIALIST), post=own.pk, deputy=deputy.pk, ground="", **days(2, 0))
    assert answer.status_code == 422
    assert "Ngày cuối phải từ ngày đầu trở đi." in answer.content.decode()
    assert post(desk.officer(desk.SPECIALIST), post="", deputy="").status_code == 422
    assert not Delegation.objects.exists()


def test_one_comes_back_early() -> None:
    own, deputy = office()
    client = desk.officer(desk.SPECIALIST)
    post(client, post=own.pk, deputy=deputy.pk, ground="Đi họp", **days(0, 9))
    assert post(client, end=Delegation.objects.get().pk).status_code == 303
    assert own.post.title not in desk.officer(deputy.username).get("/can-bo/vi-tri").content.decode()


def test_a_colleague_gives_nobody_elses_post_away() -> None:
    own, deputy = office()
    other = Appointment.objects.filter(post__agency=own.post.agency, post__role="leader")[0]
    answer = post(desk.officer(desk.SPECIALIST), post=other.pk, deputy=deputy.pk, ground="Đi họp", **days(0, 2))
    assert answer.status_code == 403
