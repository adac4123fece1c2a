"""The list on a demo's sign-in page: who is found by which words, in which order, at which price."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tinhso.foundation.identity.models import Account, Realm
from tinhso.systems.accounts.queries import SHOWN, DemoAccount, demo_accounts

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def citizens(words: str = "") -> list[DemoAccount]:
    return demo_accounts(Realm.CITIZEN, words, TODAY)


def officers(words: str = "") -> list[DemoAccount]:
    return demo_accounts(Realm.OFFICER, words, TODAY)


@pytest.mark.parametrize("words", ["Nguyễn Thị Lan", "nguyen lan", "LAN viet tri"])
def test_a_citizen_is_found_by_name_and_commune_with_or_without_marks(words: str) -> None:
    assert "nguyen-thi-lan" in [account.username for account in citizens(words)]


def test_a_citizen_stands_with_age_and_commune() -> None:
    lan = next(account for account in citizens("nguyen thi lan") if account.username == "nguyen-thi-lan")
    born = Account.objects.select_related("party").get(username="nguyen-thi-lan").party
    assert born is not None
    assert born.birth_date is not None
    assert lan.age in {TODAY.year - born.birth_date.year, TODAY.year - born.birth_date.year - 1}
    assert lan.place == "Phường Việt Trì"


def test_a_business_stands_with_its_kind() -> None:
    business = next(account for account in citizens() if account.age is None)
    assert business.work in {"Doanh nghiệp", "Hộ kinh doanh", "Tổ chức"}


def test_a_birthday_makes_a_year() -> None:
    party = Account.objects.select_related("party").get(username="nguyen-thi-lan").party
    assert party is not None
    assert party.birth_date is not None
    day = party.birth_date.replace(year=2026)
    before, on = (demo_accounts(Realm.CITIZEN, "nguyen thi lan", d) for d in (day.replace(day=day.day - 1), day))
    ages = [next(a.age for a in found if a.username == "nguyen-thi-lan") for found in (before, on)]
    assert ages[0] is not None
    assert ages[1] == ages[0] + 1


@pytest.mark.parametrize("words", ["tiep nhan viet tri", "Tiếp nhận Việt Trì", "viet tri tiep nhan"])
def test_an_officer_is_found_by_post_and_agency_in_any_order(words: str) -> None:
    found = officers(words)
    assert found
    assert all("tiếp nhận" in account.work and "Việt Trì" in account.place for account in found)


def test_words_that_nobody_has_find_nobody() -> None:
    assert officers("khong-co-ai") == []


def test_citizens_stand_in_dictionary_order() -> None:
    names = [account.username for account in citizens()]
    assert names == list(
        Account.objects.filter(realm="citizen").order_by("sort_key", "pk").values_list("username", flat=True)[:SHOWN]
    )


@pytest.mark.parametrize("realm, most", [(Realm.CITIZEN, 1), (Realm.OFFICER, 2)])
def test_the_list_is_bounded_whoever_is_asked_for(realm: Realm, most: int) -> None:
    with CaptureQueriesContext(connection) as caught:
        assert len(demo_accounts(realm, "", TODAY)) <= SHOWN
    assert len(caught) == most
    assert all("LIMIT 60" in query["sql"] or "IN (" in query["sql"] for query in caught)


def test_the_page_says_age_and_commune_beside_the_name() -> None:
    context = {"accounts": citizens("nguyen thi lan"), "realm": "citizen", "demo_mode": True, "shown": SHOWN}
    said = render_to_string("accounts/sign_in.html", context, RequestFactory().get("/dang-nhap"))
    assert " tuổi, Phường Việt Trì" in said
    assert "Đây là 60 người đầu" in said
