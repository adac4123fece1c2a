"""Take a gateway's word for a payment, exactly once."""

import hashlib
import logging
from collections.abc import Mapping

from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold, hold_named
from tinhso.foundation.payments.actions.settle import settle
from tinhso.foundation.payments.events import (
    PaymentContradicted,
    PaymentFailed,
    PaymentReceived,
    PaymentUnmatched,
)
from tinhso.foundation.payments.gateways.base import BadMessage, Gateway, Notice
from tinhso.foundation.payments.models import GatewayMessage, GatewayTransaction, PaymentRequest, Receipt
from tinhso.foundation.payments.queries import find_request_named_in
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.receipts import printed_number
from tinhso.foundation.payments.rules.standing import Reason, why_not_taken

Outcome = GatewayMessage.Outcome

_SAID_AGAIN = {Outcome.FAILED: Outcome.FAILED, Outcome.DIFFERS: Outcome.DIFFERS}
"""What a message heard before is answered; one that moved money is known."""

_log = logging.getLogger("tinhso.payments.callback")


def receive_callback(ctx: Context, gateway: Gateway, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """What became of a call-back. However often and however parallel it comes, there is one transaction, one receipt.

    Raises BadSignature or BadMessage (nothing stored: anyone may send those; the log keeps the digest).
    """
    try:
        notice = gateway.read_callback(body, headers)
        if notice.amount < 0:
            raise BadMessage("a payment is not below zero")
    except BadMessage as fault:
        _log.warning("%s refused: %s, sha256 %s", gateway.key, fault, hashlib.sha256(body).hexdigest())
        raise
    return record_notice(ctx, gateway, notice, body.decode("utf-8"))


@transaction.atomic
def record_notice(ctx: Context, gateway: Gateway, notice: Notice, told: str) -> Outcome:
    """Write what a gateway said, in its own words `told`, and all that follows from it, in one transaction."""
    digest = hashlib.sha256(told.encode()).digest()
    hold_named(f"message {gateway.key} {digest.hex()}")
    heard = GatewayMessage.objects.filter(gateway=gateway.key, digest=digest).first()
    if heard is not None:
        return _SAID_AGAIN.get(Outcome(heard.outcome), Outcome.KNOWN)
    outcome = _take(ctx, gateway, notice) if notice.succeeded else _note_failure(ctx, gateway, notice)
    GatewayMessage.objects.create(
        gateway=gateway.key,
        digest=digest,
        body=told,
        outcome=outcome,
        external_id=notice.external_id,
        received_at=ctx.now,
    )
    return outcome


def _take(ctx: Context, gateway: Gateway, notice: Notice) -> Outcome:
    moved, new = GatewayTransaction.objects.get_or_create(
        gateway=gateway.key,
        external_id=notice.external_id,
        defaults={
            "method": gateway.method,
            "amount": notice.amount,
            "reference": notice.reference,
            "paid_at": notice.paid_at,
            "recorded_at": ctx.now,
        },
    )
    if not new:
        return _again(ctx, moved, notice)
    request = find_request_named_in(notice.reference)
    if request is None:
        return _set_aside(ctx, moved, None, Reason.UNKNOWN_REFERENCE)
    hold(request)
    reason = why_not_taken(account_asked=request.bank_account, account_paid=notice.account)
    if reason is not None:
        return _set_aside(ctx, moved, request, reason)
    return _credit(ctx, moved, request)


def _credit(ctx: Context, moved: GatewayTransaction, request: PaymentRequest) -> Outcome:
    movement = chart.payment(chart.clearing(moved.gateway), moved.amount)
    enter(ctx, movement, request=request, transaction=moved, occurred_at=moved.paid_at)
    settled = settle(ctx, request, method=moved.method, transaction=moved)
    record(
        ctx,
        PaymentReceived(
            reference=request.reference,
            amount=moved.amount,
            method=moved.method,
            gateway=moved.gateway,
            left=settled.standing.due,
            excess=settled.excess,
            receipt=number_of(settled.receipt),
        ),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        occurred_at=moved.paid_at,
    )
    return Outcome.RECEIVED


def _set_aside(ctx: Context, moved: GatewayTransaction, request: PaymentRequest | None, reason: Reason) -> Outcome:
    movement = chart.unmatched(chart.clearing(moved.gateway), moved.amount)
    entry = enter(ctx, movement, request=request, transaction=moved, reason=reason.value, occurred_at=moved.paid_at)
    record(
        ctx,
        PaymentUnmatched(moved.gateway, moved.amount, reason.value),
        subject=("payment_entry", entry.pk),
        case_id=request.case_id if request else None,
        agency_id=request.agency_id if request else None,
        private={"reference": moved.reference},
        occurred_at=moved.paid_at,
    )
    return Outcome.UNMATCHED


def _again(ctx: Context, known: GatewayTransaction, notice: Notice) -> Outcome:
    if known.amount == notice.amount:
        return Outcome.KNOWN
    record(
        ctx,
        PaymentContradicted(known.gateway, known.external_id, known.amount, notice.amount),
        subject=("gateway_transaction", known.pk),
    )
    return Outcome.DIFFERS


def _note_failure(ctx: Context, gateway: Gateway, notice: Notice) -> Outcome:
    request = find_request_named_in(notice.reference)
    if request is not None:
        record(
            ctx,
            PaymentFailed(gateway.key, request.reference, notice.amount),
            subject=("payment_request", request.pk),
            case_id=request.case_id,
            agency_id=request.agency_id,
        )
    return Outcome.FAILED


def number_of(receipt: Receipt | None) -> str:
    """Sign and number as people read them; empty when there is none."""
    return f"{receipt.sign} {printed_number(receipt.number)}" if receipt else ""
