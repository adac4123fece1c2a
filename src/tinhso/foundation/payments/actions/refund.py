"""Decide to give money back, and pay it out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.ids import uuid7
from tinhso.core.money import format_dong
from tinhso.core.time import business_date
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.events import RefundOrdered, RefundPaid
from tinhso.foundation.payments.gateways.base import Notice, PageGateway
from tinhso.foundation.payments.models import GatewayTransaction, PaymentEntry, Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.chart import EntryKind


@transaction.atomic
def refund(ctx: Context, request_id: UUID, amount: int, *, way: Refund.Way, reason: str) -> Refund:
    """Decide that `amount` đồng go back `way`: first from what was too much, then from the fee itself.

    Raises Forbidden, NotFound, Invalid when more is asked for than is there or no reason is given.
    """
    request = get_request(request_id)
    require(requests.may_decide(ctx, request))
    hold(request)
    standing = standing_of(request)
    most = format_dong(standing.refundable)
    if not 0 < amount <= standing.refundable or not reason.strip():
        raise Invalid(
            _("Chỉ hoàn được tối đa %(most)s và phải nêu lý do. Chưa ghi hoàn phí.") % {"most": most},
            fields={"amount": _("Từ 1 đồng đến %(most)s") % {"most": most}, "reason": "Nêu lý do hoàn"},
        )
    decision = Refund.objects.create(
        public_id=uuid7(ctx.now),
        request=request,
        amount=amount,
        way=way,
        reason=reason,
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
    Raises Forbidden, NotFound, Conflict when it is paid already, Invalid, TryLater.
    """
    decision = Refund.objects.select_related("request").filter(public_id=refund_id).first()
    if decision is None:
        raise NotFound("Không tìm thấy quyết định hoàn phí này.", what_to_do="Kiểm tra lại đường dẫn.")
    require(requests.may_pay_out(ctx, decision))
    _refuse_paid(decision)
    if decision.way != Refund.Way.GATEWAY:
        return _pay_by_hand(ctx, decision, proof, paid_at or ctx.now)
    original = _original(decision, gateway)
    if gateway is None or original is None:
        raise Invalid(
            "Không có giao dịch qua cổng thanh toán này đủ số tiền để hoàn. Chưa hoàn tiền.",
            what_to_do="Kiểm tra cổng đã thu khoản này.",
        )
    notice = gateway.send_back(decision.reference, original.external_id, decision.amount, ctx.now)
    return _write_gateway_payout(ctx, decision, original, notice)


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
def _write_gateway_payout(ctx: Context, decision: Refund, original: GatewayTransaction, notice: Notice) -> PaymentEntry:
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
    _refuse_paid(decision)
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


def _original(decision: Refund, gateway: PageGateway | None) -> GatewayTransaction | None:
    if gateway is None:
        return None
    return GatewayTransaction.objects.filter(
        gateway=gateway.key, amount__gte=decision.amount, entries__request=decision.request
    ).first()


def _refuse_paid(decision: Refund) -> None:
    if PaymentEntry.objects.filter(refund=decision, kind=EntryKind.PAYOUT).exists():
        raise Conflict("Khoản hoàn này đã được chi trả. Không có gì được chi thêm.", what_to_do="Xem phiếu chi đã ghi.")
