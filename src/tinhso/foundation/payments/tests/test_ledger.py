"""What happens to money, told by its rows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid, NotFound
from tinhso.core.ids import uuid7
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.actions.cancel import cancel
from tinhso.foundation.payments.actions.hand_over import hand_over
from tinhso.foundation.payments.actions.load_law import load_law, shipped_waivers
from tinhso.foundation.payments.actions.match import match, return_unmatched
from tinhso.foundation.payments.actions.receive_callback import Outcome
from tinhso.foundation.payments.actions.refund import pay_refund, refund
from tinhso.foundation.payments.actions.request_payment import Collector, Payer, request_payment
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.actions.waive import waive
from tinhso.foundation.payments.gateways.base import BadMessage, BadSignature
from tinhso.foundation.payments.models import (
    CouncilRate,
    GatewayMessage,
    GatewayTransaction,
    PaymentEntry,
    PaymentRequest,
    Receipt,
    Refund,
)
from tinhso.foundation.payments.policies import requests
from tinhso.foundation.payments.queries import (
    PaidBy,
    balance,
    balances,
    contradictions,
    entries_of,
    payment_view,
    rates_on,
    standing_of,
    standings_of_cases,
    strays,
    unpaid_refunds,
    windows_on,
)
from tinhso.foundation.payments.rules.fees import Assessment, Channel, Situation, assess
from tinhso.foundation.payments.rules.standing import RequestState
from tinhso.foundation.payments.rules.vietqr import decode

from .test_fees import COUNCIL, WINDOW
from .world import ACCOUNT, CARD, GATEWAY, NOW, Office, hear, make_office, make_request, of_amount, transfer_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def request_(office: Office) -> PaymentRequest:
    return make_request(office)


def events_of(request: PaymentRequest) -> list[str]:
    return list(Event.objects.filter(case_id=request.case_id).order_by("id").values_list("type", flat=True))


# Asking


def test_a_request_owes_its_amount_and_says_how_to_pay(request_: PaymentRequest) -> None:
    view = payment_view(request_.public_id)
    assert (view.standing.state, view.amount) == (RequestState.WAITING, 20_000)
    assert view.amount_in_words == "Hai mươi nghìn đồng"
    asked = decode(view.qr_text)
    assert (asked.account, asked.amount, asked.purpose) == (ACCOUNT, 20_000, request_.reference)
    assert view.qr_svg.startswith("<svg")
    assert "style=" not in view.qr_svg
    assert view.receipt is None


def test_asking_again_for_the_same_round_gives_the_same_request(office: Office, request_: PaymentRequest) -> None:
    assert make_request(office, case_id=request_.case_id) == request_
    assert standing_of(request_).charged == 20_000
    with pytest.raises(Conflict):
        make_request(office, 30_000, case_id=request_.case_id)
    assert make_request(office, 30_000, case_id=request_.case_id, round_=2).reference != request_.reference


def test_nothing_is_asked_for_while_a_line_is_undecided_or_nothing_is_due(office: Office) -> None:
    undecided = assess([COUNCIL], Situation(NOW.date(), Channel.IN_PERSON))
    for assessment in (undecided, Assessment(), of_amount(0)):
        with pytest.raises(Invalid):
            request_payment(
                GATEWAY,
                case_id=1,
                dossier_code="H44.1-261123-0001",
                payment_round=1,
                assessment=assessment,
                payer=Payer("An"),
                collector=Collector(office.agency.pk, "Xã"),
            )


def test_where_only_the_counter_takes_money_there_is_no_code(office: Office) -> None:
    request = request_payment(
        GATEWAY,
        case_id=2,
        dossier_code="H44.1-261123-0002",
        payment_round=1,
        assessment=of_amount(8_000),
        payer=Payer("An"),
        collector=Collector(office.agency.pk, "Xã"),
    )
    assert payment_view(request.public_id).qr_svg == ""


# Call-backs


def test_a_call_back_pays_gives_one_receipt_and_tells_what_happened(request_: PaymentRequest) -> None:
    assert hear(transfer_body(f"NGUYEN THI LAN CT {request_.reference} FT1")) is Outcome.RECEIVED
    now = standing_of(request_)
    assert (now.state, now.due, now.kept) == (RequestState.PAID, 0, 20_000)
    view = payment_view(request_.public_id)
    assert view.receipt is not None
    assert (view.receipt.number, view.receipt.ways) == ("0000001", (PaidBy("Chuyển khoản", 20_000),))
    assert view.receipt.payer_name == "Nguyễn Thị Lan"
    assert view.qr_svg == ""
    assert events_of(request_) == ["payments.request.made", "payments.payment.received"]
    told = Event.objects.get(case_id=request_.case_id, type="payments.payment.received")
    assert json.loads(told.payload)["receipt"] == "BL26E 0000001"
    assert "Lan" not in told.payload
    assert told.occurred_at < told.recorded_at


def test_the_same_call_back_again_changes_nothing(request_: PaymentRequest) -> None:
    body = transfer_body(request_.reference)
    assert [hear(body), hear(body), hear(body, minutes=60 * 24 * 3)] == [
        Outcome.RECEIVED,
        Outcome.KNOWN,
        Outcome.KNOWN,
    ]
    assert Receipt.objects.filter(request=request_).count() == 1
    assert GatewayTransaction.objects.count() == GatewayMessage.objects.count() == 1
    assert standing_of(request_).received == 20_000


def test_a_known_transaction_told_with_another_amount_is_kept_and_shown(request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference))
    for _ in range(2):
        assert hear(transfer_body(request_.reference, 5_000)) is Outcome.DIFFERS
    assert standing_of(request_).received == 20_000
    assert [message.external_id for message in contradictions()] == ["GD1"]
    assert Event.objects.filter(type="payments.payment.contradicted").count() == 1


def test_a_second_payment_is_the_payer_s_credit_and_makes_no_second_receipt(request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference))
    assert hear(transfer_body(request_.reference, external_id="GD2")) is Outcome.RECEIVED
    now = standing_of(request_)
    assert (now.state, now.credit, now.kept, now.due) == (RequestState.PAID, 20_000, 20_000, 0)
    assert Receipt.objects.filter(request=request_).count() == 1


def test_too_much_pays_and_the_rest_is_credit(request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference, 50_000))
    now = standing_of(request_)
    assert (now.credit, now.kept) == (30_000, 20_000)
    assert [entry.kind for entry in entries_of(request_)] == ["charge", "payment", "excess"]
    assert Receipt.objects.get(request=request_).amount == 20_000


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"account": "999"}, "other_account"),
        ({"reference": "CHUYEN TIEN HO SO"}, "unknown_reference"),
    ],
)
def test_what_cannot_be_taken_waits_and_is_never_lost(
    request_: PaymentRequest, change: dict[str, object], reason: str
) -> None:
    body = transfer_body(**({"reference": request_.reference} | change))  # type: ignore[arg-type]
    assert hear(body) is Outcome.UNMATCHED
    (stray,) = strays()
    assert stray.reason == reason
    assert (stray.request is None) == (reason == "unknown_reference")
    assert standing_of(request_).due == 20_000
    assert not Receipt.objects.filter(request=request_).exists()
    assert balance("unmatched") == -stray.amount


def test_less_than_due_is_taken_and_lowers_what_is_asked_next(request_: PaymentRequest) -> None:
    assert hear(transfer_body(request_.reference, 7_000)) is Outcome.RECEIVED
    now = standing_of(request_)
    assert (now.state, now.received, now.due) == (RequestState.PART_PAID, 7_000, 13_000)
    view = payment_view(request_.public_id)
    assert decode(view.qr_text).amount == 13_000
    assert view.receipt is None
    hear(transfer_body(request_.reference, 13_000, "GD2"))
    assert standing_of(request_).due == 0
    assert Receipt.objects.get(request=request_).amount == 20_000


def test_the_whole_paid_after_a_part_leaves_the_part_as_credit(request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference, 7_000))
    hear(transfer_body(request_.reference, 20_000, "GD2"))
    now = standing_of(request_)
    assert (now.due, now.kept, now.credit) == (0, 20_000, 7_000)
    assert Receipt.objects.get(request=request_).amount == 20_000


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 25_000), max_size=5))
def test_however_it_comes_nothing_is_lost_and_one_receipt_is_given_at_most(amounts: list[int]) -> None:
    request = make_request(make_office())
    for number, amount in enumerate(amounts):
        hear(transfer_body(request.reference, amount, f"{request.reference}-{number}"))
    now, came = standing_of(request), sum(amounts)
    assert (now.received, now.due, now.credit) == (came, max(20_000 - came, 0), max(came - 20_000, 0))
    assert now.kept == min(came, 20_000)
    assert Receipt.objects.filter(request=request).count() == (came >= 20_000)
    assert sum(balances().values()) == 0


def test_money_set_aside_is_shown_on_the_page_of_the_request_it_named(request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference, account="999"))
    assert [row.amount for row in payment_view(request_.public_id).aside] == [20_000]


def test_two_references_in_one_text_are_for_a_person_to_tell_apart(office: Office) -> None:
    one, two = make_request(office), make_request(office)
    assert hear(transfer_body(f"{one.reference} {two.reference}", 40_000)) is Outcome.UNMATCHED


def test_a_failed_payment_is_noted_and_moves_nothing(request_: PaymentRequest) -> None:
    body = transfer_body(request_.reference, status="01")
    assert [hear(body), hear(body)] == [Outcome.FAILED, Outcome.FAILED]
    assert standing_of(request_).state is RequestState.WAITING
    assert events_of(request_) == ["payments.request.made", "payments.payment.failed"]
    assert hear(transfer_body(request_.reference)) is Outcome.RECEIVED


def test_what_the_gateway_did_not_sign_is_refused_and_not_stored(request_: PaymentRequest) -> None:
    good = transfer_body(request_.reference)
    for body in (transfer_body(request_.reference, secret="khác"), good.replace(b"20000", b"20001")):
        with pytest.raises(BadSignature):
            hear(body)
    for body in (b"", b"[]", b"{", b"\xff", b'{"SoTien": 1.5}', good + b" " * 70_000, good.decode().encode("utf-16")):
        with pytest.raises(BadMessage):
            hear(body)
    with pytest.raises(BadMessage):
        hear(transfer_body(request_.reference, -20_000))
    assert GatewayMessage.objects.count() == PaymentEntry.objects.exclude(kind="charge").count() == 0


def test_a_message_for_one_channel_is_not_taken_at_another_s_address(request_: PaymentRequest) -> None:
    with pytest.raises(BadMessage):
        hear(transfer_body(request_.reference), CARD)


# The counter


def test_cash_is_taken_by_any_counter_and_lies_at_that_counter(office: Office, request_: PaymentRequest) -> None:
    receipt = take_cash(office.counter, request_.public_id, 20_000)
    assert (receipt.method, receipt.number) == ("cash", 1)
    assert balance(f"cash/{office.counter.agency_id}") == 20_000
    assert balance(f"revenue/{office.agency.pk}") == -20_000
    with pytest.raises(Conflict):
        take_cash(office.counter, request_.public_id, 20_000)


def test_cash_must_be_exactly_what_is_due(office: Office, request_: PaymentRequest) -> None:
    for amount in (19_999, 20_001, 0, -20_000):
        with pytest.raises(Invalid):
            take_cash(office.counter, request_.public_id, amount)
    assert standing_of(request_).received == 0


def test_receipts_are_numbered_without_gap_in_the_collector_s_book(office: Office) -> None:
    numbers = [take_cash(office.counter, make_request(office).public_id, 20_000).number for _ in range(3)]
    with pytest.raises(Invalid):
        take_cash(office.counter, make_request(office).public_id, 1)
    numbers.append(take_cash(office.counter, make_request(office).public_id, 20_000).number)
    assert numbers == [1, 2, 3, 4]


# Decisions


def test_a_waiver_of_all_makes_no_receipt(office: Office, request_: PaymentRequest) -> None:
    now = waive(office.leader, request_.public_id, 20_000, basis="Điều 4", reason="hộ nghèo")
    assert now.state is RequestState.WAIVED
    assert not Receipt.objects.filter(request=request_).exists()
    assert balance(f"waived/{office.agency.pk}") == 20_000


def test_after_a_partial_waiver_the_rest_pays(office: Office, request_: PaymentRequest) -> None:
    waive(office.leader, request_.public_id, 5_000, basis="Điều 4", reason="giảm")
    assert take_cash(office.counter, request_.public_id, 15_000).amount == 15_000
    with pytest.raises(Invalid):
        waive(office.leader, request_.public_id, 1, basis="Điều 4", reason="giảm")


def test_a_waiver_needs_a_basis(office: Office, request_: PaymentRequest) -> None:
    with pytest.raises(Invalid):
        waive(office.leader, request_.public_id, 20_000, basis=" ", reason="hộ nghèo")


def test_a_request_is_cancelled_once_and_late_money_becomes_credit(request_: PaymentRequest) -> None:
    cancel(GATEWAY, request_.public_id, "tính lại")
    assert standing_of(request_).state is RequestState.CANCELLED
    with pytest.raises(Conflict):
        cancel(GATEWAY, request_.public_id, "tính lại")
    hear(transfer_body(request_.reference))
    now = standing_of(request_)
    assert (now.state, now.credit, now.kept) == (RequestState.REFUND_DUE, 20_000, 0)
    assert not Receipt.objects.filter(request=request_).exists()


def test_a_request_paid_in_part_is_cancelled_and_the_part_waits_to_be_given_back(request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference, 7_000))
    cancel(GATEWAY, request_.public_id, "rút hồ sơ")
    now = standing_of(request_)
    assert (now.state, now.due, now.credit, now.kept) == (RequestState.REFUND_DUE, 0, 7_000, 0)
    assert not Receipt.objects.filter(request=request_).exists()
    assert balance("receivable") == 0


def test_a_refund_takes_the_credit_first_then_the_fee(office: Office, request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference, 50_000))
    decision = refund(office.leader, request_.public_id, 35_000, way=Refund.Way.CASH, reason="rút hồ sơ")
    now = standing_of(request_)
    assert (now.credit, now.to_refund, now.kept, now.refundable) == (0, 35_000, 15_000, 15_000)
    assert list(unpaid_refunds()) == [decision]
    pay_refund(office.counter, decision.public_id, proof="PC 12")
    now = standing_of(request_)
    assert (now.to_refund, now.refunded, now.state) == (0, 35_000, RequestState.PAID)
    assert list(unpaid_refunds()) == []
    with pytest.raises(Conflict):
        pay_refund(office.counter, decision.public_id, proof="PC 13")
    with pytest.raises(Invalid):
        refund(office.leader, request_.public_id, 15_001, way=Refund.Way.CASH, reason="rút hồ sơ")


def test_when_all_went_back_the_request_is_refunded(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    decision = refund(office.head, request_.public_id, 20_000, way=Refund.Way.TRANSFER, reason="nộp nhầm")
    assert standing_of(request_).state is RequestState.REFUND_DUE
    pay_refund(office.head, decision.public_id, proof="LC 7")
    assert standing_of(request_).state is RequestState.REFUNDED


def test_a_payout_by_hand_names_its_slip(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    decision = refund(office.leader, request_.public_id, 20_000, way=Refund.Way.CASH, reason="nộp nhầm")
    with pytest.raises(Invalid):
        pay_refund(office.counter, decision.public_id)
    with pytest.raises(NotFound):
        pay_refund(office.counter, uuid7(NOW), proof="PC 1")


def test_stray_money_is_matched_once_and_completes_the_request(office: Office, request_: PaymentRequest) -> None:
    hear(transfer_body("KHONG RO", 15_000))
    hear(transfer_body("CUNG KHONG RO", 8_000, "GD2"))
    first, second = strays()
    settled = match(office.treasurer, first.pk, request_.public_id)
    assert (settled.standing.state, settled.receipt) == (RequestState.PART_PAID, None)
    settled = match(office.treasurer, second.pk, request_.public_id)
    assert settled.receipt is not None
    assert (settled.receipt.amount, settled.receipt.method, settled.excess) == (20_000, "transfer", 3_000)
    assert list(strays()) == []
    with pytest.raises(Conflict):
        match(office.treasurer, first.pk, make_request(office).public_id)
    assert balance("unmatched") == 0


def test_stray_money_is_not_matched_where_nothing_is_due(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    hear(transfer_body("KHONG RO", 15_000))
    (stray,) = strays()
    with pytest.raises(Conflict):
        match(office.treasurer, stray.pk, request_.public_id)
    return_unmatched(office.treasurer, stray.pk, reason="LC 9")
    assert list(strays()) == []
    assert balance("clearing/vietqr") == 0


def test_collected_money_is_handed_over_and_no_more_than_there_is(office: Office, request_: PaymentRequest) -> None:
    hear(transfer_body(request_.reference))
    with pytest.raises(Invalid):
        hand_over(office.treasurer, "clearing/vietqr", agency_id=office.agency.pk, amount=20_001, document="CT 1")
    with pytest.raises(Invalid):
        hand_over(office.treasurer, "receivable", agency_id=office.agency.pk, amount=1, document="CT 1")
    hand_over(office.treasurer, "clearing/vietqr", agency_id=office.agency.pk, amount=20_000, document="CT 1")
    assert balance("clearing/vietqr") == 0
    assert balance(f"budget/{office.agency.pk}") == 20_000


def test_a_counter_hands_over_its_own_cash_and_no_other(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    own = f"cash/{office.counter.agency_id}"
    other = make_office()
    for who in (other.counter, other.head, office.leader):
        with pytest.raises(Forbidden):
            hand_over(who, own, agency_id=office.agency.pk, amount=20_000, document="CT 2")
    hand_over(office.counter, own, agency_id=office.agency.pk, amount=20_000, document="CT 2")
    assert balance(own) == 0


def test_a_refund_is_dated_between_its_decision_and_today(office: Office, request_: PaymentRequest) -> None:
    take_cash(office.counter, request_.public_id, 20_000)
    decision = refund(office.leader, request_.public_id, 20_000, way=Refund.Way.TRANSFER, reason="rút hồ sơ")
    later = office.clerk.at(NOW + timedelta(days=3))
    for days in (-1, 4):
        with pytest.raises(Invalid):
            pay_refund(later, decision.public_id, proof="UNC 8", paid_at=NOW + timedelta(days=days))
    with pytest.raises(Forbidden):
        pay_refund(office.counter, decision.public_id, proof="UNC 8")
    entry = pay_refund(later, decision.public_id, proof="UNC 8", paid_at=NOW + timedelta(days=2))
    assert (entry.occurred_at, entry.recorded_at) == (NOW + timedelta(days=2), later.now)


# Who may


def test_a_head_decides_on_the_fees_of_the_agency_above_and_the_province_s_on_all(office: Office) -> None:
    ours, theirs = make_request(office), make_request(make_office())
    assert (requests.may_decide(office.head, ours), requests.may_decide(office.head, theirs)) == (True, False)
    assert requests.may_decide(office.treasurer, theirs)
    assert not requests.may_decide(office.counter, ours)


def test_stray_money_is_shown_to_whom_it_concerns(office: Office) -> None:
    named = make_request(office)
    hear(transfer_body(named.reference, account="999"))
    hear(transfer_body("KHONG RO", 15_000, "GD2"))

    def seen(who: Context) -> list[int]:
        return sorted(requests.strays(who).values_list("amount", flat=True))

    assert seen(office.treasurer) == [15_000, 20_000]
    assert seen(office.head) == seen(office.leader) == [20_000]
    assert seen(office.counter) == seen(office.other_leader) == seen(make_office().head) == []


def test_money_is_handled_only_from_the_right_posts(office: Office, request_: PaymentRequest) -> None:
    stranger = Context(now=NOW)
    forged = replace(office.specialist, post_id=office.leader.post_id, agency_id=office.counter.agency_id)
    for who in (stranger, office.specialist, office.leader, office.other_leader, forged):
        with pytest.raises(Forbidden):
            take_cash(who, request_.public_id, 20_000)
    for who in (stranger, office.specialist, office.counter, office.other_leader, forged):
        with pytest.raises(Forbidden):
            waive(who, request_.public_id, 20_000, basis="Điều 4", reason="x")
        with pytest.raises(Forbidden):
            refund(who, request_.public_id, 1, way=Refund.Way.CASH, reason="x")
        with pytest.raises(Forbidden):
            hand_over(who, "clearing/vietqr", agency_id=1, amount=1, document="x")
    assert standing_of(request_).due == 20_000


def test_the_list_and_the_check_agree_on_who_may_see(office: Office) -> None:
    ours, theirs = make_request(office), make_request(make_office())
    for who in (office.counter, office.leader, office.head, office.specialist, office.other_leader, Context(now=NOW)):
        seen = set(requests.visible(who).filter(pk__in=[ours.pk, theirs.pk]))
        assert seen == {request for request in (ours, theirs) if requests.may_see(who, request)}
    assert ours not in requests.visible(office.other_leader)
    assert requests.may_see(office.counter, theirs)


# The books


def test_the_books_balance_after_everything(office: Office) -> None:
    paid, late, wrong = make_request(office), make_request(office), make_request(office)
    hear(transfer_body(paid.reference, 33_000))
    decision = refund(office.leader, paid.public_id, 20_000, way=Refund.Way.CASH, reason="x")
    pay_refund(office.counter, decision.public_id, proof="1")
    cancel(GATEWAY, late.public_id, "x")
    hear(transfer_body(late.reference, external_id="GD2"))
    hear(transfer_body(wrong.reference, 1, "GD3"))
    waive(office.leader, wrong.public_id, 19_999, basis="x", reason="x")
    assert sum(balances().values()) == 0
    assert balance("receivable") == 0


def test_the_database_refuses_what_no_ledger_may_hold(request_: PaymentRequest) -> None:
    good = {
        "kind": "payment",
        "debit": "cash/1",
        "credit": "receivable",
        "amount": 5,
        "request": request_,
        "occurred_at": NOW,
        "recorded_at": NOW,
    }
    for change in (
        {"amount": 0},
        {"amount": -5},
        {"debit": "receivable"},
        {"debit": "pocket"},
        {"request": None},
        {"kind": "charge"},
        {"kind": "payout"},
        {"kind": "match"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaymentEntry.objects.create(**{**good, **change})


@pytest.mark.parametrize("model", [PaymentEntry, PaymentRequest, Receipt, Refund, GatewayTransaction, GatewayMessage])
def test_money_is_never_edited_in_place(model: type[Model], request_: PaymentRequest) -> None:
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608 the table is a model's
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_list_of_cases_costs_two_queries_however_long(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [make_request(office) for _ in range(5)]
    hear(transfer_body(made[0].reference))
    with django_assert_num_queries(2):
        found = standings_of_cases(request.case_id for request in made)
    assert [found[request.case_id][0].due for request in made] == [0, 20_000, 20_000, 20_000, 20_000]


def test_a_payment_page_costs_four_queries(
    request_: PaymentRequest, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        payment_view(request_.public_id)


# The province's table


def test_the_fee_table_is_loaded_twice_with_one_effect_and_read_by_the_day() -> None:
    rows = [
        {"key": "ho-tich", "amount": 8_000, "basis": "NQ 1", "mark": "read", "valid_from": "2025-07-01"},
        {"key": "ho-tich", "amount": 9_000, "basis": "NQ 2", "mark": "read", "valid_from": "2026-12-01"},
    ]
    window = {
        "key": "thu",
        "name": "miễn thử",
        "kind": "waiver",
        "basis": "NQ 3",
        "mark": "assumed",
        "valid_from": "2026-08-15",
        "valid_to": "2027-03-01",
        "fees": ["x"],
    }
    for _ in range(2):
        load_law({"rates": rows, "windows": [window]})
    assert CouncilRate.objects.filter(key="ho-tich").count() == 2
    assert rates_on(NOW.date())["ho-tich"].amount == 8_000
    assert rates_on(NOW.date().replace(month=12))["ho-tich"].amount == 9_000
    assert "thu" in {benefit.key for benefit in windows_on(NOW.date())}
    assert "thu" not in {benefit.key for benefit in windows_on(NOW.date().replace(year=2027))}
    assert WINDOW.basis.valid_from is not None


def test_the_shipped_waivers_load_and_waive_nothing_until_their_fees_are_named() -> None:
    assert load_law(shipped_waivers()).windows == 1
    found = {benefit.key: benefit for benefit in windows_on(NOW.date())}["nq-66.22-2026"]
    assert found.fees == frozenset()


def test_a_bad_row_loads_nothing() -> None:
    good = {"key": "a", "amount": 1, "basis": "x", "mark": "read", "valid_from": "2026-01-01"}
    for bad in ({**good, "amount": "1"}, {**good, "mark": "?"}, {"key": "b"}):
        with pytest.raises(Invalid, match=r"rates\[1\]"):
            load_law({"rates": [good, bad]})
    assert not CouncilRate.objects.filter(key="a").exists()
