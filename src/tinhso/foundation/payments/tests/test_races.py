"""Many at once, with real threads and real commits."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tinhso.core.errors import Conflict, Invalid
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.actions.hand_over import hand_over
from tinhso.foundation.payments.actions.match import match
from tinhso.foundation.payments.actions.receive_callback import Outcome
from tinhso.foundation.payments.actions.refund import pay_refund, refund
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.actions.withdraw_refund import withdraw_refund
from tinhso.foundation.payments.models import GatewayTransaction, PaymentEntry, Receipt, Refund
from tinhso.foundation.payments.queries import balance, balances, standing_of, strays

from .world import hear, make_office, make_request, transfer_body

pytestmark = pytest.mark.usefixtures("fresh_database")

CROWD = 50
"""Connections at one time; 100 call-backs come as two waves through them."""


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act gave, or the refusal it raised; they start together, up to CROWD at a time."""
    start = Barrier(min(CROWD, len(acts)))

    def run(numbered: tuple[int, Callable[[], Any]]) -> Any:
        place, act = numbered
        if place < start.parties:
            start.wait(timeout=30)
        try:
            return act()
        except Conflict as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as threads:
        return list(threads.map(run, enumerate(acts)))


def test_one_call_back_a_hundred_times_in_parallel_makes_one_receipt() -> None:
    request = make_request(make_office())
    body = transfer_body(request.reference)
    outcomes = Counter(at_once([lambda: hear(body)] * 100))
    assert outcomes == {Outcome.RECEIVED: 1, Outcome.KNOWN: 99}
    assert Receipt.objects.count() == GatewayTransaction.objects.count() == 1
    assert PaymentEntry.objects.filter(kind="payment").count() == 1
    assert Event.objects.filter(type="payments.payment.received").count() == 1
    assert standing_of(request).received == 20_000


def test_one_transaction_told_in_a_hundred_different_ways_makes_one_receipt() -> None:
    request = make_request(make_office())
    bodies = [transfer_body(f"{request.reference} LAN {n}") for n in range(100)]
    outcomes = Counter(at_once([lambda body=body: hear(body) for body in bodies]))  # type: ignore[misc]
    assert outcomes == {Outcome.RECEIVED: 1, Outcome.KNOWN: 99}
    assert Receipt.objects.count() == GatewayTransaction.objects.count() == 1
    assert standing_of(request).received == 20_000


def test_cash_and_call_backs_at_the_same_moment_make_one_receipt_and_lose_no_money() -> None:
    office = make_office()
    request = make_request(office)
    body = transfer_body(request.reference)

    def cash() -> Receipt:
        return take_cash(office.counter, request.public_id, 20_000)

    results = at_once([cash if place % 10 == 0 else (lambda: hear(body)) for place in range(60)])
    taken = [result for result in results if isinstance(result, Receipt)]
    now = standing_of(request)
    assert len(taken) <= 1
    assert now.received == 20_000 * (1 + len(taken))
    assert (now.kept, now.credit, now.due) == (20_000, now.received - 20_000, 0)
    assert Receipt.objects.count() == 1


def test_different_payments_of_one_request_in_parallel_make_one_receipt_and_the_rest_credit() -> None:
    request = make_request(make_office())
    bodies = [transfer_body(request.reference, external_id=f"GD{n}") for n in range(20)]
    outcomes = at_once([lambda body=body: hear(body) for body in bodies])  # type: ignore[misc]
    assert outcomes == [Outcome.RECEIVED] * 20
    now = standing_of(request)
    assert (now.received, now.kept, now.credit) == (400_000, 20_000, 380_000)
    assert Receipt.objects.count() == 1


def test_receipts_of_many_requests_at_once_have_numbers_without_gap() -> None:
    office = make_office()
    bodies = [transfer_body(make_request(office).reference, external_id=f"GD{n}") for n in range(40)]
    at_once([lambda body=body: hear(body) for body in bodies * 2])  # type: ignore[misc]
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 41))
    assert sum(balances().values()) == 0


def test_a_refund_is_paid_or_withdrawn_and_never_both() -> None:
    office = make_office()
    request = make_request(office)
    take_cash(office.counter, request.public_id, 20_000)
    decision = refund(office.leader, request.public_id, 20_000, way=Refund.Way.CASH, reason="nộp nhầm")
    pay = [lambda: pay_refund(office.counter, decision.public_id, proof="PC")] * 4
    take_back = [lambda: withdraw_refund(office.leader, decision.public_id, reason="ghi nhầm")] * 4
    done = at_once([act for pair in zip(pay, take_back, strict=True) for act in pair])
    assert sum(isinstance(one, PaymentEntry | Refund) for one in done) == 1
    standing = standing_of(request)
    assert (standing.to_refund, standing.refunded + standing.kept) == (0, 20_000)


def test_a_refund_is_paid_once_and_no_more_than_there_is_goes_back() -> None:
    office = make_office()
    request = make_request(office)
    take_cash(office.counter, request.public_id, 20_000)
    decision = refund(office.leader, request.public_id, 20_000, way=Refund.Way.CASH, reason="nộp nhầm")
    paid = at_once([lambda: pay_refund(office.counter, decision.public_id, proof="PC")] * 12)
    assert sum(isinstance(result, PaymentEntry) for result in paid) == 1
    assert standing_of(request).refunded == 20_000


def test_stray_money_goes_to_one_place_only() -> None:
    office = make_office()
    made = [make_request(office) for _ in range(8)]
    hear(transfer_body("KHONG RO"))
    (stray,) = strays()
    acts = [lambda request=request: match(office.treasurer, stray.pk, request.public_id) for request in made]
    results = at_once(acts)
    assert sum(not isinstance(result, Conflict) for result in results) == 1
    assert Receipt.objects.count() == 1


def test_the_same_money_is_not_handed_over_twice() -> None:
    office = make_office()
    hear(transfer_body(make_request(office).reference))

    def give() -> object:
        try:
            return hand_over(
                office.treasurer, "clearing/vietqr", agency_id=office.agency.pk, amount=20_000, document="CT"
            )
        except Invalid as refusal:
            return refusal

    results = at_once([give] * 8)
    assert sum(isinstance(result, PaymentEntry) for result in results) == 1
    assert balance("clearing/vietqr") == 0
