"""What came online and is not whole: asked for once, in full, before acceptance; then accepted as it should be."""

from datetime import timedelta

import pytest

from tinhso.core.errors import Conflict
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case, ClockEntry, Task
from tinhso.foundation.cases.queries import acts_taken
from tinhso.foundation.notices.models import Letter
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.actions.close import close_overdue
from tinhso.systems.onestop.actions.supplement import ask_supplement
from tinhso.systems.onestop.models import Slip, Supplement
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db

WHY = "Ảnh mờ, không đọc được số."
ASKED = {"giay": ["giay-chung-sinh"], "reason": WHY}


def asked_at_the_desk() -> Case:
    case = desk.submitted()
    assert desk.act(desk.officer(desk.COUNTER), case, "yeu-cau-bo-sung", ASKED).status_code == 302
    return desk.fresh(case)


def test_the_counter_asks_before_it_accepts_and_no_clock_has_begun() -> None:
    case = asked_at_the_desk()
    assert (case.business, case.accepted_at, case.due_at) == ("supplement", None, None)
    assert not ClockEntry.objects.filter(case=case).exists()
    assert not Task.objects.filter(case=case).exists()
    assert Slip.objects.get(case=case).data["early"] is True
    letter = Letter.objects.filter(case_id=case.pk).latest("id").body
    assert "chưa được tiếp nhận" in letter
    assert "tính lại từ đầu" not in letter


def test_the_citizen_answers_on_their_own_page_and_the_counter_accepts() -> None:
    case = asked_at_the_desk()
    client, address = desk.citizen(), f"/tra-cuu/{case.code}/bo-sung"
    shown = client.get(address).content.decode()
    assert "Ảnh mờ" in shown
    once = shown.partition('name="_once" value="')[2].partition('"')[0]
    sent = {"tep-giay-chung-sinh": desk.photo(), "gui": "1", "version": case.version, "_once": once}
    assert client.post(address, sent).status_code == 303
    case = desk.fresh(case)
    assert case.business == "submitted"
    task = Task.objects.get(case=case)
    assert task.step == "tiep-nhan"
    assert task.due_at > clock()
    accept(desk.acting(case), case.pk, case.version)
    case = desk.fresh(case)
    assert case.business == "accepted"
    assert ClockEntry.objects.get(case=case).kind == "start"
    assert [row.act for row in acts_taken(case.pk)] == ["submit", "ask_supplement", "complete", "accept"]


def test_the_counter_takes_the_missing_paper_in_as_well() -> None:
    case = asked_at_the_desk()
    client = desk.officer(desk.COUNTER)
    assert desk.act(client, case, "nhan-bo-sung", {"giay.giay-chung-sinh.tep": desk.photo()}).status_code == 302
    assert desk.fresh(case).business == "submitted"


def test_who_asked_at_the_desk_does_not_ask_again_after_acceptance() -> None:
    case = asked_at_the_desk()
    client = desk.officer(desk.COUNTER)
    desk.act(client, case, "nhan-bo-sung", {"giay.giay-chung-sinh.tep": desk.photo()})
    case = desk.fresh(case)
    accept(desk.acting(case), case.pk, case.version)
    case = desk.fresh(case)
    with pytest.raises(Conflict, match="một lần"):
        ask_supplement(desk.acting(case), case.pk, case.version, [{"paper": "giay-chung-sinh", "note": ""}], WHY)


def test_what_is_never_completed_is_closed_after_its_last_day() -> None:
    case = asked_at_the_desk()
    last = Supplement.objects.get(case=case).close_on
    assert close_overdue(clock() + timedelta(days=15)) == 0, last
    assert close_overdue(clock() + timedelta(days=17)) == 1
    assert desk.fresh(case).business == "closed"
