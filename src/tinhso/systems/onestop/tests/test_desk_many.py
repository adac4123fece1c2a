"""Many pieces of work at once, and who has them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.story import filed, sample

from tinhso.core.context import Context
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.identity.models import Account, Appointment

from . import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(ctx: Context) -> list[Case]:
    return [filed(ctx, sample("1.004873", "in_person")) for _ in range(3)]


def press(client: Any, **typed: Any) -> Any:
    html = client.get("/can-bo/").content.decode()
    once = re.findall(r'name="_once" value="([^"]*)"', html)[0]
    return client.post("/can-bo/nhieu-viec", {"_once": once, "ve": "/can-bo/", **typed})


def ticked(cases: list[Case]) -> list[str]:
    tasks = Task.objects.filter(case__in=cases).select_related("case").order_by("pk")
    return [f"{task.pk}:{task.case.version}" for task in tasks]


def holder(task: Task) -> Account:
    return Appointment.objects.filter(post=task.post).order_by("pk")[0].account


def test_several_are_taken_on_with_one_press(cases: list[Case]) -> None:
    task = Task.objects.filter(case=cases[0]).get()
    client = desk.officer(holder(task).username)
    answer = press(client, viec=ticked(cases), lam="nhan")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/can-bo/")
    assert set(Task.objects.filter(case__in=cases).values_list("account", flat=True)) == {holder(task).pk}


def test_what_a_colleague_changed_meanwhile_is_told_and_holds_up_nothing(cases: list[Case]) -> None:
    task = Task.objects.filter(case=cases[0]).get()
    client, values = desk.officer(holder(task).username), ticked(cases)
    Case.objects.filter(pk=cases[1].pk).update(version=9)
    press(client, viec=values, lam="nhan")
    assert Task.objects.filter(case__in=cases, account__isnull=False).count() == 2
    assert cases[1].code in client.get("/can-bo/").content.decode()


def test_work_is_given_to_a_colleague_of_the_post(cases: list[Case], ctx: Context) -> None:
    task = Task.objects.filter(case=cases[0]).get()
    other = Account.objects.filter(realm="officer").exclude(pk=holder(task).pk).order_by("pk")[0]
    Appointment.objects.create(account=other, post=task.post, valid_from=ctx.now.date() - timedelta(days=9))
    client = desk.officer(holder(task).username)
    press(client, viec=ticked(cases), lam="giao", nguoi=str(other.pk))
    assert set(Task.objects.filter(case__in=cases).values_list("account", flat=True)) == {other.pk}


def test_nothing_ticked_is_said(cases: list[Case]) -> None:
    client = desk.officer(holder(Task.objects.filter(case=cases[0]).get()).username)
    assert press(client, lam="nhan").status_code == 422
    assert press(client, viec=ticked(cases), lam="giao").status_code == 422


def test_another_posts_work_is_not_taken(cases: list[Case]) -> None:
    task = Task.objects.filter(case=cases[0]).get()
    stranger = Appointment.objects.exclude(post__agency=task.post.agency).order_by("pk")[0].account
    client = desk.officer(stranger.username)
    html = client.get("/can-bo/ho-so/" + cases[0].code)
    assert html.status_code == 404
    answer = client.post("/can-bo/nhieu-viec", {"_once": "0" * 32, "viec": ticked(cases), "lam": "nhan"})
    assert answer.status_code in (422, 400)
    assert not Task.objects.filter(case__in=cases, account__isnull=False).exists()
