"""The inbox and the search: what is whose, in which order, at which price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhso.core.ids import uuid7
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.events.models import Event
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db

HOME, SEARCH = "/can-bo/", "/can-bo/tim"


def copies_of(case: Case, number: int) -> None:
    """`number` more dossiers like this one, each with open work at the same post, due one after another."""
    task, dossier = Task.objects.get(case=case), Dossier.objects.get(case=case)
    first = Case.objects.count()
    for at in range(first, first + number):
        case.pk, case.public_id, case.code = None, uuid7(clock()), f"{case.code[:14]}-{at + 5000:04d}"
        case.save(force_insert=True)
        Dossier.objects.create(case=case, procedure=dossier.procedure, filing=dossier.filing, return_by="online")
        due = task.due_at + timedelta(hours=at)
        Task.objects.create(case=case, step=task.step, post=task.post, opened_at=task.opened_at, due_at=due)


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("address", [HOME, SEARCH])
def test_strangers_and_citizens_are_sent_to_sign_in(address: str) -> None:
    for client in (Client(), desk.citizen()):
        assert client.get(address)["Location"].startswith("/can-bo/dang-nhap")


def test_each_sees_the_work_of_their_own_posts() -> None:
    case = desk.submitted()
    assert case.code in desk.officer(desk.COUNTER).get(HOME).content.decode()
    for other in (desk.SPECIALIST, desk.ELSEWHERE):
        assert case.code not in desk.officer(other).get(HOME).content.decode()


def test_an_inbox_costs_the_same_at_ten_tasks_and_two_hundred() -> None:
    client = desk.officer(desk.SPECIALIST)
    case = desk.accepted()
    copies_of(desk.fresh(case), 9)
    client.get(HOME)
    few = cost(client, HOME)
    copies_of(desk.fresh(case), 190)
    assert cost(client, HOME) == few <= 14


def test_the_oldest_due_comes_first_and_pages_follow_without_gap_or_repeat() -> None:
    case = desk.accepted()
    copies_of(desk.fresh(case), 70)
    client = desk.officer(desk.SPECIALIST)
    seen: list[int] = []
    address = HOME
    while address:
        page = client.get(address).context
        seen += [row.task.pk for row in page["inbox"].rows]
        address = page["next_url"]
    assert seen == list(Task.objects.order_by("due_at", "pk").values_list("pk", flat=True))


def test_late_work_is_counted_and_filtered() -> None:
    late, other = desk.accepted(), desk.accepted()
    Task.objects.filter(case=late).update(due_at=clock() - timedelta(days=2))
    Task.objects.filter(case=other).update(due_at=clock() + timedelta(days=9))
    client = desk.officer(desk.SPECIALIST)
    said = client.get(HOME).content.decode()
    assert "Quá hạn 2 ngày" in said
    assert "1 việc quá hạn" in said
    only = client.get(HOME, {"han": "qua"}).content.decode()
    assert late.code in only
    assert other.code not in only


def test_work_is_claimed_from_the_list_and_comes_back_to_it() -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    assert case.code in client.get(HOME, {"ai": "free"}).content.decode()
    response = desk.act(client, case, "nhan-viec", ve="/can-bo/?ai=free")
    assert response["Location"] == "/can-bo/?ai=free"
    assert client.get(HOME, {"ai": "free"}).context["inbox"].rows == []
    assert case.code in client.get(HOME, {"ai": "mine"}).content.decode()


def test_a_way_back_to_another_site_is_not_taken() -> None:
    case = desk.accepted()
    response = desk.act(desk.officer(desk.SPECIALIST), case, "nhan-viec", ve="//evil.example/can-bo/")
    assert response["Location"] == f"/can-bo/ho-so/{case.code}"


def test_an_empty_inbox_says_when_the_next_deadline_is() -> None:
    case = desk.proposed()
    Case.objects.filter(pk=case.pk).update(due_at=clock() + timedelta(days=30))
    said = desk.officer(desk.SPECIALIST).get(HOME).content.decode()
    assert "Bạn đã làm hết việc" in said
    assert case.code in said


def test_a_page_that_does_not_exist_is_told_in_words() -> None:
    assert desk.officer(desk.SPECIALIST).get(HOME, {"tu": "rác"}).status_code == 404


def test_a_code_leads_straight_to_its_dossier_and_only_for_those_who_may_see_it() -> None:
    case = desk.accepted()
    found = desk.officer(desk.SPECIALIST).get(SEARCH, {"q": case.code.lower()})
    assert found["Location"] == f"/can-bo/ho-so/{case.code}"
    said = desk.officer(desk.ELSEWHERE).get(SEARCH, {"q": case.code}).content.decode()
    assert "Không tìm thấy trong phạm vi của bạn" in said


def test_a_name_finds_dossiers_with_or_without_marks_within_ones_own_scope() -> None:
    case = desk.accepted()
    for words in ("Nguyễn Thị Lan", "nguyen lan"):
        assert case.code in desk.officer(desk.SPECIALIST).post(SEARCH, {"q": words}).content.decode()
    assert case.code not in desk.officer(desk.ELSEWHERE).post(SEARCH, {"q": "nguyen lan"}).content.decode()


def test_a_name_in_the_address_is_not_searched_for() -> None:
    case = desk.accepted()
    assert case.code not in desk.officer(desk.SPECIALIST).get(SEARCH, {"q": "nguyen lan"}).content.decode()


def test_the_beginning_of_a_code_finds_its_dossiers() -> None:
    case = desk.accepted()
    assert case.code in desk.officer(desk.SPECIALIST).get(SEARCH, {"q": case.code[:-2]}).content.decode()


def test_lists_show_masked_names() -> None:
    desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    for page in (client.get(HOME), client.post(SEARCH, {"q": "nguyen lan"})):
        said = page.content.decode()
        assert "N. T. Lan" in said
        assert "Nguyễn Thị Lan" not in said


def test_searching_by_a_number_is_posted_and_recorded() -> None:
    case = desk.accepted()
    said = desk.officer(desk.SPECIALIST).post(SEARCH, {"number": "099196624698"}).content.decode()
    assert case.code in said
    assert Event.objects.filter(type="identity.record.opened", subject_kind="account").count() == 1


def test_an_officer_may_change_the_language_after_signing_in() -> None:
    client = desk.officer(desk.COUNTER)
    for page in (client.get(HOME), client.post(SEARCH, {"q": ""})):
        assert 'name="language" value="en"' in page.content.decode()
