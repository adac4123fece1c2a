"""Every address times four persons times the verbs: who may not come is sent away, and nobody ever meets a failure."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.story import filed, officer_at, open_task, sample, work_through
from tests.test_structure import routes
from tinhso.core.context import Context
from tinhso.foundation.cases.models import Case
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.models import Dossier, Result, Slip

PERSONS = ["nobody", "citizen", "officer of the unit", "officer of another unit"]
VERBS = ["get", "head", "post", "put", "delete"]


@pytest.fixture
def case(ctx: Context) -> Case:
    one = filed(ctx, sample("1.004873", "online"))
    work_through(ctx, one)
    return one


@pytest.fixture
def persons(ctx: Context) -> dict[str, Account | None]:
    case = filed(ctx, sample("1.004873", "online"))
    task = open_task(case)
    assert task is not None
    own = Account.objects.get(pk=officer_at(ctx, task).actor)
    agencies = [case.received_by_id, case.decided_by_id]
    others = Account.objects.filter(realm="officer").exclude(appointments__post__agency__in=agencies)
    return {
        "nobody": None,
        "citizen": case.filed_by,
        "officer of the unit": own,
        "officer of another unit": others.filter(appointments__post__role="counter")[0],
    }


def address(route: str, case: Case) -> str:
    """The route with its places filled: of a real dossier where it names one, else of something that is not there."""
    result, slip = Result.objects.filter(case=case).first(), Slip.objects.filter(case=case).first()
    known = {
        "code": case.code,
        "procedure": Dossier.objects.get(case=case).procedure,
        "result": str(result.public_id) if result else "",
        "slip": str(slip.public_id) if slip else "",
    }

    def fill(found: re.Match[str]) -> str:
        kind, name = found["kind"] or "str", found["name"]
        if name in known:
            return known[name]
        return {"uuid": str(case.public_id), "int": "1", "slug": "khong-co", "path": "khong/co"}.get(kind, "khong-co")

    return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", fill, route)


def signed_in(account: Account | None) -> Client:
    client = Client(raise_request_exception=True)
    if account:
        client.force_login(account)
        cookie = client.cookies.pop(settings.SESSION_COOKIE_NAME)
        client.cookies["can_bo" if account.realm == "officer" else "nguoi_dan"] = cookie.value
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("verb", VERBS)
def test_no_address_fails_and_none_lets_a_stranger_in(
    case: Case, persons: dict[str, Any], person: str, verb: str
) -> None:
    account = persons[person]
    client = signed_in(account)
    for route, view in routes():
        response = getattr(client, verb)(address(route, case))
        assert response.status_code < 500, f"{verb} {route} as {person}"
        realm = view.permission
        if realm != "public" and (account is None or account.realm != realm):
            assert response.status_code in (302, 403, 405), f"{verb} {route} let {person} in: {response.status_code}"
