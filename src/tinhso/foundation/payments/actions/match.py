"""Give stray money a place: match it to a request, or send it back."""

from uuid import UUID

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold, hold_named
from tinhso.foundation.payments.actions.receive_callback import number_of
from tinhso.foundation.payments.actions.settle import Settled, settle
from tinhso.foundation.payments.events import PaymentReceived, UnmatchedReturned
from tinhso.foundation.payments.models import GatewayTransaction, PaymentEntry
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.chart import EntryKind


@transaction.atomic
def match(ctx: Context, entry_id: int, request_id: UUID) -> Settled:
    """Take the whole of unmatched row `entry_id` for a request; what is too much becomes the payer's credit.

    Raises Forbidden, NotFound, Conflict when the row has found its place already or nothing is due on the request.
    """
    request = get_request(request_id)
    require(requests.may_decide(ctx, request))
    stray, moved = _stray(entry_id)
    require(requests.strays(ctx).filter(pk=stray.pk).exists())
    hold(request)
    if standing_of(request).due == 0:
        raise Conflict(
            "Hồ sơ này không còn phải nộp tiền. Khoản tiền vẫn nằm ở danh sách chờ xác định.",
            what_to_do="Chọn hồ sơ khác hoặc trả lại người chuyển.",
        )
    enter(
        ctx, chart.match(stray.amount), request=request, transaction=moved, about=stray, occurred_at=stray.occurred_at
    )
    settled = settle(ctx, request, method=moved.method, transaction=moved)
    record(
        ctx,
        PaymentReceived(
            reference=request.reference,
            amount=stray.amount,
            method=moved.method,
            gateway=moved.gateway,
            left=settled.standing.due,
            excess=settled.excess,
            receipt=number_of(settled.receipt),
        ),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        occurred_at=stray.occurred_at,
    )
    return settled


@transaction.atomic
def return_unmatched(ctx: Context, entry_id: int, *, reason: str) -> PaymentEntry:
    """Write that unmatched money went back to its sender, out of the account it lay in; `reason` names the proof.

    Raises Forbidden, NotFound, Conflict, Invalid.
    """
    stray, moved = _stray(entry_id)
    require(requests.strays(ctx).filter(pk=stray.pk).exists())
    if not reason.strip():
        raise Invalid("Nêu lý do và số lệnh chuyển trả. Chưa ghi trả lại.", fields={"reason": "Bắt buộc"})
    entry = enter(
        ctx,
        chart.unmatched_return(stray.debit, stray.amount),
        request=stray.request,
        transaction=moved,
        about=stray,
        reason=reason,
    )
    record(
        ctx,
        UnmatchedReturned(stray.amount, stray.debit),
        subject=("payment_entry", stray.pk),
        private={"reason": reason},
    )
    return entry


def _stray(entry_id: int) -> tuple[PaymentEntry, GatewayTransaction]:
    hold_named(f"unmatched row {entry_id}")
    rows = PaymentEntry.objects.select_related("transaction", "request")
    stray = rows.filter(pk=entry_id, kind=EntryKind.UNMATCHED).first()
    if stray is None or stray.transaction is None:
        raise NotFound("Không tìm thấy khoản tiền chờ xác định này.")
    if stray.later.exists():
        raise Conflict(
            "Khoản tiền này vừa được người khác xử lý. Không có gì được ghi thêm.",
            what_to_do="Tải lại danh sách để xem kết quả.",
        )
    return stray, stray.transaction
