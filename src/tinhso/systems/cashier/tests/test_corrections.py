"""Putting money right at the desk: decisions changed, slips undone, fees of dossiers that ended."""

from typing import Any

import pytest

from tinhso.core.context import Context
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.events.models import Event
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.payments.models import PaymentEntry, PaymentRequest, Refund
from tinhso.foundation.payments.queries import balance
from tinhso.systems.onestop.actions.follow_money import TOLD, follow_money
from tinhso.systems.onestop.actions.withdraw import withdraw
from tinhso.systems.onestop.tests import desk

from . import world
from .world import (
    COUNTER,
    DUE,
    HEAD,
    LEADER,
    OTHER_COUNTER,
    OTHER_LEADER,
    PROVINCE,
    now_of,
    officer,
    owing,
    page,
    press,
)

pytestmark = pytest.mark.django_db


def ended() -> PaymentRequest:
    """The request of a dossier that was paid in full and then withdrawn by its applicant."""
    request = owing()
    world.pay_cash(request)
    case = Case.objects.get(pk=request.case_id)
    withdraw(Context(clock(), case.filed_by_id), case.pk, case.version, "nộp nhầm nơi")
    return request


def tell(request: PaymentRequest) -> list[str]:
    """The subjects of the letters of a dossier once what happened to its money was followed, twice."""
    events = list(Event.objects.filter(case_id=request.case_id, type__in=TOLD).order_by("recorded_at", "id"))
    for _ in range(2):
        follow_money(events)
    return list(Letter.objects.filter(case_id=request.case_id).order_by("pk").values_list("subject", flat=True))


def typed(**fields: Any) -> dict[str, Any]:
    return {"amount": "24000", "way": "cash", "reason": "rút", **fields}


# Decisions to give back


def test_a_decision_is_changed_then_withdrawn_until_it_is_paid() -> None:
    request = owing()
    world.pay_cash(request)
    leader = officer(LEADER)
    press(leader, f"/ho-so/{request.dossier_code}/1/hoan", **typed(way="transfer"))
    first = Refund.objects.get()
    assert "Đổi cách hoàn hoặc rút quyết định" in page(leader, f"/hoan-phi/{first.public_id}")
    assert "Đổi cách hoàn hoặc rút" not in page(officer(COUNTER), f"/hoan-phi/{first.public_id}")
    change = f"/hoan-phi/{first.public_id}/doi"
    page(officer(COUNTER), change, 403)
    page(officer(OTHER_LEADER), change, 404)
    blamed = press(leader, change, viec="doi", reason="nhận tại quầy").content.decode()
    assert "Chọn cách hoàn" in blamed
    assert "Nêu lý do</" not in blamed
    assert press(leader, change, viec="doi", way="cash", reason="").status_code == 422
    done = press(leader, change, viec="doi", way="cash", reason="nhận tại quầy")
    second = Refund.objects.latest("pk")
    assert done["Location"].endswith(f"/hoan-phi/{second.public_id}")
    assert "Đã rút" in page(leader, f"/hoan-phi/{first.public_id}")
    assert press(leader, f"/hoan-phi/{second.public_id}/doi", viec="rut", reason="thôi hoàn").status_code == 303
    assert (now_of(request).to_refund, now_of(request).kept) == (0, DUE)
    page(leader, f"/hoan-phi/{second.public_id}/doi", 409)
    subjects = tell(request)
    assert sum(subject.startswith("Hoàn 24.000 đồng") for subject in subjects) == 2
    assert sum("đã được rút" in subject for subject in subjects) == 1


# Slips


def test_a_slip_entered_twice_is_refused_and_a_wrong_one_is_undone() -> None:
    request = owing()
    world.pay_cash(request)
    client = officer(COUNTER)
    slip = {"agency": request.agency_id, "amount": "10.000", "document": "GNT-1"}
    assert press(client, "/tien-mat", **slip).status_code == 303
    again = press(client, "/tien-mat", **slip)
    assert again.status_code == 422
    assert "GNT-1 đã ghi nộp 10.000" in again.content.decode()
    entry = PaymentEntry.objects.get(kind="hand_over")
    undo = f"/tien-mat/{entry.pk}/ghi-dao"
    assert undo in page(client, "/tien-mat")
    page(officer(OTHER_COUNTER), undo, 404)
    assert press(client, undo, reason="").status_code == 422
    assert press(client, undo, reason="nhầm số tiền").status_code == 303
    said = page(client, "/tien-mat")
    assert "Đang giữ 24.000 đồng" in said
    assert "nhầm số tiền" in said
    assert press(client, undo, reason="lần nữa").status_code == 409
    assert press(client, "/tien-mat", **{**slip, "amount": "24.000"}).status_code == 303
    assert balance(f"cash/{entry.credit.rpartition('/')[2]}") == 0
    assert "24.000 đồng" in page(officer(PROVINCE), "/trong-ngay")


@pytest.mark.parametrize(
    ("change", "said", "not_said"),
    [
        ({"document": ""}, "Nhập số chứng từ nộp", "Không quá"),
        ({"amount": "0"}, "Ghi số tiền từ 1 đồng trở lên", "Không quá"),
        ({"amount": "-5"}, "Ghi số tiền từ 1 đồng trở lên", "Nhập số chứng từ"),
        ({"amount": "24.001"}, "Không quá 24.000 đồng", "Nhập số chứng từ"),
        ({"agency": ""}, "Chọn cơ quan", "Không quá"),
    ],
)
def test_the_hand_over_form_blames_only_what_is_wrong(change: dict[str, str], said: str, not_said: str) -> None:
    request = owing()
    world.pay_cash(request)
    slip = {"agency": request.agency_id, "amount": "24.000", "document": "GNT-1", **change}
    answer = press(officer(COUNTER), "/tien-mat", **slip)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not_said not in answer.content.decode()


# Dossiers that ended after they were paid


def test_a_paid_dossier_that_ended_waits_on_the_desk_of_who_decides_and_the_counter_is_told() -> None:
    request = ended()
    head, counter = officer(HEAD), officer(COUNTER)
    assert "Hồ sơ đã thu tiền mà không giải quyết" in page(head)
    said = page(head, "/hoan-phi")
    assert request.dossier_code in said
    assert "nộp nhầm nơi" in said
    shown = page(counter, "/hoan-phi")
    assert "Không có khoản nào phải hoàn" not in shown
    assert "1 khoản, 24.000 đồng, chờ lãnh đạo" in shown
    assert request.dossier_code not in page(officer(OTHER_LEADER), "/hoan-phi")
    assert any("đang chờ quyết định" in subject for subject in tell(request))


def test_it_is_decided_that_the_fee_is_not_given_back_and_the_payer_is_told_why() -> None:
    request = ended()
    leader, mother = officer(LEADER), desk.citizen()
    paying = f"/tra-cuu/{request.dossier_code}/thanh-toan"
    assert "Tiền đã nộp đang chờ quyết định" in mother.get(paying).content.decode()
    address = f"/ho-so/{request.dossier_code}/1/khong-hoan"
    page(officer(COUNTER), address, 403)
    assert press(leader, address, basis="", reason="đã thẩm tra").status_code == 422
    assert press(leader, address, basis="Điều 6 Thông tư X", reason="đã thẩm tra").status_code == 303
    assert "Hồ sơ đã thu tiền mà không giải quyết" not in page(leader, "/hoan-phi")
    assert "Đã quyết định không hoàn" in page(leader, f"/ho-so/{request.dossier_code}")
    told = mother.get(paying).content.decode()
    assert "Đã quyết định không hoàn tiền" in told
    assert "đã thẩm tra" in told
    assert "Điều 6 Thông tư X" in told
    subjects = tell(request)
    assert sum("không được hoàn" in subject for subject in subjects) == 1
    assert press(leader, address, basis="Điều 6", reason="lần nữa").status_code == 409


def test_a_fee_given_back_leaves_the_list() -> None:
    request = ended()
    leader = officer(LEADER)
    press(leader, f"/ho-so/{request.dossier_code}/1/hoan", **typed())
    assert "Hồ sơ đã thu tiền mà không giải quyết" not in page(leader, "/hoan-phi")
    assert any(subject.startswith("Hoàn 24.000 đồng") for subject in tell(request))
