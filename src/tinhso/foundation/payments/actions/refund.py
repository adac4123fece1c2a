"""Decide to give money back, and pay it out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.events import RefundOrdered, RefundPaid
from tinhso.foundation.payments.gateways.base import PageGateway
from tinhso.foundation.payments.models import GatewayTransaction, PaymentEntry, PaymentRequest, Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import find_source, get_request, standing_of
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.chart import EntryKind
from tinhso.foundation.payments.words import say_amount_fault


@transaction.atomic
def refund(ctx: Context, request_id: UUID, amount: int, *, way: Refund.Way, reason: str) -> Refund:
    """Decide that `amount` đồng go back `way`: first from what was too much, then from the fee itself.

    Raises Forbidden, NotFound, Invalid naming each field at fault: more than is there, no reason, a gateway that did
    not take as much in one payment.
    """
    request = get_request(request_id)
    require(requests.may_decide(ctx, request))
    hold(request)
    standing = standing_of(request)
    if faults := refund_faults(request, amount, standing.refundable, way=way, reason=reason):
        raise Invalid(_("Quyết định hoàn còn chỗ chưa đúng nên chưa được ghi."), fields=faults)
    decision = Refund.objects.create(
        public_id=uuid7(ctx.now),
        request=request,
        amount=amount,
        way=way,
        source=find_source(request, amount) if way == Refund.Way.GATEWAY else None,
        reason=reason.strip(),
        decided_by=ctx.account_id,
        decided_at=ctx.now,
    )
    from_credit = min(amount, standing.credit)
    if from_credit:
        enter(ctx, chart.refund_of_credit(from_credit), request=request, refund=decision)
    if amount > from_credit:
        movement = chart.refund_of_fee(request.agency_id, amount - from_credit)
        enter(ctx, movement, request=request, refund=decision)
    record(
        ctx,
        RefundOrdered(request.reference, amount),
        subject=("payment_refund", decision.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": reason},
    )
    return decision


def pay_refund(
    ctx: Context,
    refund_id: UUID,
    *,
    proof: str = "",
    paid_at: datetime | None = None,
    gateway: PageGateway | None = None,
) -> PaymentEntry:
    """Pay a decided refund out, the way it was decided; `proof` is the number of the slip or transfer order,
    `paid_at` when that was (now, when not said).

    By gateway, the gateway is asked first, under the refund's own reference, so asking again pays nothing twice.
    Raises Forbidden, NotFound, Conflict when it is paid already or was withdrawn, Invalid, TryLater.
    """
    decision = get_decision(refund_id)
    require(requests.may_pay_out(ctx, decision))
    refuse_ended(decision)
    if decision.way != Refund.Way.GATEWAY:
        return _pay_by_hand(ctx, decision, proof, paid_at or ctx.now)
    original = _original(decision, gateway)
    if gateway is None or original is None:
        raise Invalid(
            "Không có giao dịch qua cổng thanh toán này đủ số tiền để hoàn. Chưa hoàn tiền.",
            what_to_do="Nhờ người quyết định đổi cách hoàn.",
        )
    return _pay_through(ctx, decision, original, gateway)


@transaction.atomic
def _pay_by_hand(ctx: Context, decision: Refund, proof: str, paid_at: datetime) -> PaymentEntry:
    if ctx.agency_id is None or not proof.strip():
        raise Invalid(
            "Nhập số phiếu chi hoặc số lệnh chuyển tiền. Chưa ghi hoàn tiền.",
            fields={"proof": "Số phiếu chi hoặc số lệnh chuyển tiền"},
        )
    if not business_date(decision.decided_at) <= business_date(paid_at) <= business_date(ctx.now):
        raise Invalid(
            "Ngày chi trả phải từ ngày quyết định hoàn đến hôm nay. Chưa ghi hoàn tiền.",
            fields={"paid_on": "Từ ngày quyết định hoàn đến hôm nay"},
        )
    in_cash = decision.way == Refund.Way.CASH
    account = chart.cash(ctx.agency_id) if in_cash else chart.budget(decision.request.agency_id)
    return _write_payout(ctx, decision, account, proof, paid_at)


@transaction.atomic
def _pay_through(ctx: Context, decision: Refund, original: GatewayTransaction, gateway: PageGateway) -> PaymentEntry:
    """The request is held while the gateway is asked, so that nobody withdraws the decision in between. Should writing
    fail after the gateway paid, asking again under the same reference pays nothing more."""
    hold(decision.request)
    refuse_ended(decision)
    notice = gateway.send_back(decision.reference, original.external_id, decision.amount, ctx.now)
    moved, _new = GatewayTransaction.objects.get_or_create(
        gateway=original.gateway,
        external_id=notice.external_id,
        defaults={
            "method": original.method,
            "amount": notice.amount,
            "reference": decision.reference,
            "paid_at": notice.paid_at,
            "recorded_at": ctx.now,
        },
    )
    account = chart.clearing(original.gateway)
    return _write_payout(ctx, decision, account, notice.external_id, moved.paid_at, moved)


def _write_payout(
    ctx: Context,
    decision: Refund,
    account: str,
    proof: str,
    paid_at: datetime,
    moved: GatewayTransaction | None = None,
) -> PaymentEntry:
    request = decision.request
    hold(request)
    refuse_ended(decision)
    entry = enter(
        ctx,
        chart.payout(account, decision.amount),
        request=request,
        refund=decision,
        transaction=moved,
        reason=proof,
        occurred_at=paid_at,
    )
    record(
        ctx,
        RefundPaid(request.reference, decision.amount, account),
        subject=("payment_refund", decision.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"proof": proof},
    )
    return entry


def get_decision(refund_id: UUID) -> Refund:
    """A decision to give back, with its request and the payment to send back. Raises NotFound."""
    decision = Refund.objects.select_related("request", "source").filter(public_id=refund_id).first()
    if decision is None:
        raise NotFound("Không tìm thấy quyết định hoàn phí này.", what_to_do="Kiểm tra lại đường dẫn.")
    return decision


def refund_faults(request: PaymentRequest, amount: int, most: int, *, way: str, reason: str) -> dict[str, str]:
    """What is wrong with a refund of `amount` where at most `most` may go back, field by field; empty when it fits."""
    faults = {}
    if fault := say_amount_fault(amount, most):
        faults["amount"] = fault
    elif way == Refund.Way.GATEWAY and find_source(request, amount) is None:
        faults["way"] = _("Cổng thanh toán không thu đủ số này trong một lần. Chọn cách khác hoặc số tiền nhỏ hơn")
    if not reason.strip():
        faults["reason"] = _("Nêu lý do hoàn")
    return faults


def _original(decision: Refund, gateway: PageGateway | None) -> GatewayTransaction | None:
    """The payment to send back; looked for where the decision is older than naming one."""
    original = decision.source or find_source(decision.request, decision.amount)
    return original if original and gateway and original.gateway == gateway.key else None


def refuse_ended(decision: Refund) -> None:
    """Raises Conflict when a decision was paid out or withdrawn."""
    kinds = set(PaymentEntry.objects.filter(refund=decision).values_list("kind", flat=True))
    if EntryKind.PAYOUT in kinds:
        raise Conflict("Khoản hoàn này đã được chi trả. Không có gì được chi thêm.", what_to_do="Xem phiếu chi đã ghi.")
    if kinds & set(chart.UNDONE_BY.values()):
        raise Conflict(
            "Quyết định hoàn này đã được rút. Không có gì được chi.", what_to_do="Mở lại danh sách hoàn phí."
        )
