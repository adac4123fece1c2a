"""What is put right: a refund decided wrongly, a slip entered twice or wrongly, a fee nobody served for."""

import pytest
from django.db import IntegrityError, transaction

from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.actions.fee_of_ended import keep_fee, question_fee
from tinhso.foundation.payments.actions.hand_over import hand_over, undo_hand_over
from tinhso.foundation.payments.actions.refund import pay_refund, refund
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.actions.waive import waive
from tinhso.foundation.payments.actions.withdraw_refund import change_refund, withdraw_refund
from tinhso.foundation.payments.models import DepositSlip, FeeQuestion, PaymentEntry, PaymentRequest, Refund
from tinhso.foundation.payments.queries import (
    PaidBy,
    balance,
    balances,
    find_receipt_view,
    find_source,
    payment_view,
    standing_of,
    unpaid_refunds,
)
from tinhso.foundation.payments.rules import chart

from .world import CARD, GATEWAY, Office, hear, make_office, make_request, transfer_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def request_(office: Office) -> PaymentRequest:
    return make_request(office)


def by_card(request: PaymentRequest, amount: int, number: str) -> None:
    hear(transfer_body(request.reference, amount, number, channel="THE"), CARD)


# Refunds


def test_a_refund_through_a_gateway_needs_one_card_payment_that_covers_it(
    office: Office, request_: PaymentRequest
) -> None:
    hear(transfer_body(request_.reference, 12_000))
    by_card(request_, 8_000, "THE1")
    with pytest.raises(Invalid) as refused:
        refund(office.leader, request_.public_id, 12_000, way=Refund.Way.GATEWAY, reason="rút hồ sơ")
    assert list(refused.value.fields) == ["way"]
    decision = refund(office.leader, request_.public_id, 5_000, way=Refund.Way.GATEWAY, reason="rút hồ sơ")
    assert decision.source is not None
    assert decision.source.external_id == "THE1"
    assert find_source(request_, 3_000) is not None
    assert find_source(request_, 3_001) is None


def test_a_decision_not_paid_is_withdrawn_and_the_money_waits_as_before(
    office: Office, request_: PaymentRequest
) -> None:
    hear(transfer_body(request_.reference, 25_000))
    before = standing_of(request_)
    decision = refund(office.leader, request_.public_id, 15_000, way=Refund.Way.CASH, reason="x")
    withdraw_refund(office.leader, decision.public_id, reason="ghi nhầm hồ sơ")
    assert standing_of(request_) == before
    assert list(unpaid_refunds()) == []
    assert balance(chart.REFUNDS) == 0
    with pytest.raises(Conflict):
        pay_refund(office.counter, decision.public_id, proof="PC 1")
    with pytest.raises(Conflict):
        withdraw_refund(office.leader, decision.public_id, reason="lần nữa")


def test_the_way_of_a_refund_is_changed_until_it_is_paid(office: Office, request_: PaymentRequest) -> None:
    by_card(request_, 20_000, "THE1")
    stuck = refund(office.leader, request_.public_id, 20_000, way=Refund.Way.GATEWAY, reason="rút hồ sơ")
    with pytest.raises(Invalid):
        change_refund(office.leader, stuck.public_id, way=Refund.Way.GATEWAY, reason="thử lại")
    changed = change_refund(office.leader, stuck.public_id, way=Refund.Way.CASH, reason="thẻ đã khóa")
    assert (changed.amount, changed.reason, changed.source) == (20_000, "rút hồ sơ", None)
    assert list(unpaid_refunds()) == [changed]
    pay_refund(office.counter, changed.public_id, proof="PC 1")
    with pytest.raises(Conflict):
        withdraw_refund(office.leader, changed.public_id, reason="muộn rồi")
    assert standing_of(request_).refunded == 20_000
    assert sum(balances().values()) == 0


def test_only_who_decides_withdraws_and_says_why(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    decision = refund(office.leader, request_.public_id, 20_000, way=Refund.Way.CASH, reason="x")
    with pytest.raises(Forbidden):
        withdraw_refund(office.counter, decision.public_id, reason="x")
    with pytest.raises(Invalid):
        withdraw_refund(office.leader, decision.public_id, reason=" ")
    assert standing_of(request_).to_refund == 20_000


def test_a_row_is_undone_once_in_the_database_too(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    decision = refund(office.leader, request_.public_id, 20_000, way=Refund.Way.CASH, reason="x")
    withdraw_refund(office.leader, decision.public_id, reason="x")
    undone = PaymentEntry.objects.get(kind="refund_of_fee_undone")
    undone.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        undone.save(force_insert=True)


# Slips


def test_a_slip_s_number_is_entered_once_for_an_agency(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    till, agency = chart.cash(office.counter.agency_id or 0), office.agency.pk
    entry = hand_over(office.counter, till, agency_id=agency, amount=5_000, document="GNT-1")
    with pytest.raises(Invalid) as refused:
        hand_over(office.counter, till, agency_id=agency, amount=5_000, document=" gnt-1 ")
    assert list(refused.value.fields) == ["document"]
    assert "GNT-1 đã ghi nộp 5.000 đồng" in refused.value.fields["document"]
    with pytest.raises(IntegrityError), transaction.atomic():
        DepositSlip.objects.create(agency_id=agency, number="GNT-1", key="GNT-1", entry=entry)
    assert balance(till) == 15_000


def test_a_hand_over_entered_wrongly_is_undone_and_its_number_is_free(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    till, agency = chart.cash(office.counter.agency_id or 0), office.agency.pk
    wrong = hand_over(office.counter, till, agency_id=agency, amount=20_000, document="GNT-1")
    with pytest.raises(Invalid):
        undo_hand_over(office.counter, wrong.pk, reason=" ")
    with pytest.raises(Forbidden):
        undo_hand_over(office.specialist, wrong.pk, reason="sai số tiền")
    undo_hand_over(office.counter, wrong.pk, reason="sai số tiền")
    assert balance(till) == 20_000
    with pytest.raises(Conflict):
        undo_hand_over(office.counter, wrong.pk, reason="lần nữa")
    hand_over(office.counter, till, agency_id=agency, amount=2_000, document="GNT-1")
    assert (balance(till), balance(chart.budget(agency))) == (18_000, 2_000)
    assert sum(balances().values()) == 0
    assert Event.objects.filter(type="payments.budget.corrected").count() == 1


@pytest.mark.parametrize(
    ("amount", "document", "at_fault"),
    [(5, "", ["document"]), (0, "GNT-1", ["amount"]), (99_999, "GNT-1", ["amount"]), (0, "", ["amount", "document"])],
)
def test_a_hand_over_blames_only_the_fields_at_fault(
    office: Office, request_: PaymentRequest, amount: int, document: str, at_fault: list[str]
) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    till = chart.cash(office.counter.agency_id or 0)
    with pytest.raises(Invalid) as refused:
        hand_over(office.counter, till, agency_id=office.agency.pk, amount=amount, document=document)
    assert list(refused.value.fields) == at_fault


def test_refunds_and_waivers_blame_only_the_fields_at_fault(office: Office, request_: PaymentRequest) -> None:
    with pytest.raises(Invalid) as refused:
        waive(office.leader, request_.public_id, 99_999, basis="Điều 4", reason="")
    assert refused.value.fields == {"amount": "Không quá 20.000 đồng"}
    take_cash(office.counter, request_.public_id, 20_000)
    for amount, reason, expected in (
        (99_999, "rút", {"amount": "Không quá 20.000 đồng"}),
        (0, "rút", {"amount": "Ghi số tiền từ 1 đồng trở lên"}),
        (1, " ", {"reason": "Nêu lý do hoàn"}),
    ):
        with pytest.raises(Invalid) as refused:
            refund(office.leader, request_.public_id, amount, way=Refund.Way.CASH, reason=reason)
        assert refused.value.fields == expected


# Fees of dossiers that ended


def test_a_paid_fee_of_an_ended_dossier_waits_for_a_decision_and_is_kept_with_basis_and_reason(
    office: Office, request_: PaymentRequest
) -> None:
    assert question_fee(GATEWAY, request_.public_id, "rút") is None
    take_cash(office.counter, request_.public_id, 20_000)
    with pytest.raises(Conflict):
        keep_fee(office.leader, request_.public_id, basis="Điều 1", reason="x")
    assert question_fee(GATEWAY, request_.public_id, "rút") == question_fee(GATEWAY, request_.public_id, "rút")
    assert FeeQuestion.objects.count() == 1
    assert payment_view(request_.public_id).awaits_decision
    with pytest.raises(Forbidden):
        keep_fee(office.counter, request_.public_id, basis="Điều 1", reason="đã làm xong phần thu phí")
    with pytest.raises(Invalid) as refused:
        keep_fee(office.leader, request_.public_id, basis="", reason="đã làm")
    assert list(refused.value.fields) == ["basis"]
    keep_fee(office.leader, request_.public_id, basis="Điều 1", reason="đã làm")
    view = payment_view(request_.public_id)
    assert not view.awaits_decision
    assert view.kept is not None
    assert view.kept.amount == 20_000
    with pytest.raises(Conflict):
        keep_fee(office.leader, request_.public_id, basis="Điều 1", reason="đã làm")


def test_a_fee_given_back_waits_no_more_until_that_is_withdrawn(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    question_fee(GATEWAY, request_.public_id, "rút")
    decision = refund(office.leader, request_.public_id, 20_000, way=Refund.Way.CASH, reason="chưa làm")
    assert not payment_view(request_.public_id).awaits_decision
    withdraw_refund(office.leader, decision.public_id, reason="nhầm")
    assert payment_view(request_.public_id).awaits_decision


# Receipts


def test_a_receipt_names_each_way_it_was_paid_by(office: Office, request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference, 4_000))
    by_card(request_, 17_000, "THE1")
    given = find_receipt_view(request_)
    assert given is not None
    assert given.ways == (PaidBy("Chuyển khoản", 4_000), PaidBy("Thẻ, ví điện tử", 16_000))
    hear(transfer_body(request_.reference, 9_000, "MUON"), minutes=5)
    refund(office.leader, request_.public_id, 20_000, way=Refund.Way.CASH, reason="x")
    assert find_receipt_view(request_) == given
