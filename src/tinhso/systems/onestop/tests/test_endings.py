"""A dossier that ended without a result gives back what is here of it, and nothing else is asked of the counter."""

import pytest

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.queries import acts_taken
from tinhso.foundation.events.models import Event
from tinhso.foundation.identity.models import Account, Appointment
from tinhso.foundation.payments.actions.refund import pay_refund, refund
from tinhso.foundation.payments.models import Refund
from tinhso.systems.onestop.actions.give_back import give_back, settle
from tinhso.systems.onestop.actions.let_go import KEPT, PAID_OUT, let_go
from tinhso.systems.onestop.actions.withdraw import withdraw
from tinhso.systems.onestop.money import payment_of
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db

WHY = "Không còn nhu cầu nữa."


def withdrawn(case: Case) -> Case:
    account = Account.objects.get(username=desk.MOTHER)
    withdraw(Context(now=clock(), account_id=account.pk, request_id="test"), case.pk, case.version, WHY)
    return desk.fresh(case)


def with_papers() -> Case:
    """Withdrawn while the hospital's paper lies at the centre."""
    case = desk.submitted()
    Case.objects.filter(pk=case.pk).update(custody=Case.Custody.AT_CENTRE)
    return withdrawn(desk.fresh(case))


def paid_for() -> Case:
    """Withdrawn after its copies were paid for."""
    case = desk.submitted(copies=2)
    desk.paid(case)
    return withdrawn(desk.fresh(case))


def head() -> Context:
    """Who decides on the money: the head of the ward's centre."""
    held = Appointment.objects.select_related("post").get(account__username="giamdoc.viettri")
    ids = {"account_id": held.account_id, "post_id": held.post_id, "agency_id": held.post.agency_id}
    return Context(now=clock(), request_id="test", **ids)


def money_seen(case: Case) -> None:
    let_go(list(Event.objects.filter(case_id=case.pk, type__in=(PAID_OUT, KEPT))))


def test_once_the_money_went_back_the_counter_has_nothing_to_do() -> None:
    case = paid_for()
    request = payment_of(case.pk)
    assert request is not None
    decided = refund(head(), request.public_id, request.amount, way=Refund.Way.CASH, reason=WHY)
    money_seen(case)
    assert Task.objects.filter(case=case).exists()
    pay_refund(desk.acting(case), decided.public_id, proof="PC-1")
    money_seen(case)
    money_seen(case)
    assert not Task.objects.filter(case=case).exists()
    assert [row.act for row in acts_taken(case.pk)].count("settle") == 1


def test_nothing_is_left_to_do_when_nothing_is_here() -> None:
    case = withdrawn(desk.submitted())
    assert not Task.objects.filter(case=case).exists()


def test_papers_are_given_back_under_that_name_and_no_result_is_handed_over() -> None:
    case, client = with_papers(), desk.officer(desk.COUNTER)
    page = client.get(f"/can-bo/ho-so/{case.code}").content.decode()
    assert "Trả lại giấy tờ" in page
    assert "viec/tra-ket-qua" not in page
    assert "Trả lại giấy tờ" in client.get("/can-bo/").content.decode()
    assert desk.act(client, case, "tra-lai-giay-to", receiver="Nguyễn Thị Lan").status_code == 302
    case = desk.fresh(case)
    assert (case.business, case.custody, case.returned_at) == ("stopped", "returned", None)
    assert [row.act for row in acts_taken(case.pk)][-1] == "give_back"
    assert not Task.objects.filter(case=case).exists()


def test_papers_are_not_settled_away() -> None:
    case = with_papers()
    with pytest.raises(Conflict, match="còn giữ giấy tờ"):
        settle(desk.acting(case), case.pk, case.version)


def test_where_only_money_came_in_no_papers_are_given_back() -> None:
    case, client = paid_for(), desk.officer(desk.COUNTER)
    page = client.get(f"/can-bo/ho-so/{case.code}").content.decode()
    assert "Trả lại tiền đã thu" in page
    assert "viec/tra-lai-giay-to" not in page
    with pytest.raises(Conflict, match="không giữ giấy tờ"):
        give_back(desk.acting(case), case.pk, case.version)
    assert desk.act(client, case, "khong-con-gi").status_code == 302
    assert not Task.objects.filter(case=case).exists()
