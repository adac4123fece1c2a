"""Take cash at the counter."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.money import format_dong
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.actions.receive_callback import number_of
from tinhso.foundation.payments.actions.settle import settle
from tinhso.foundation.payments.events import PaymentReceived
from tinhso.foundation.payments.models import Method, Receipt
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.rules import chart


@transaction.atomic
def take_cash(ctx: Context, request_id: UUID, amount: int) -> Receipt:
    """The receipt for `amount` đồng in cash, which must be exactly what is due; the cash lies at the actor's agency.

    Raises Forbidden, NotFound, Conflict when nothing is due any more, Invalid when the amount is another.
    """
    request = get_request(request_id)
    require(requests.may_take_cash(ctx, request))
    hold(request)
    due = standing_of(request).due
    if due == 0:
        raise Conflict(
            "Khoản này không còn phải nộp: có thể người nộp vừa chuyển khoản, hoặc yêu cầu đã hủy. Chưa ghi thu.",
            what_to_do="Mở lại hồ sơ để xem biên lai; nếu đã cầm tiền, trả lại cho người nộp.",
        )
    if amount != due or ctx.agency_id is None:
        raise Invalid(
            _("Số tiền phải thu đúng bằng %(due)s. Chưa ghi thu.") % {"due": format_dong(due)},
            what_to_do="Kiểm lại số tiền rồi nhập lại.",
            fields={"amount": _("Phải là %(due)s") % {"due": format_dong(due)}},
        )
    enter(ctx, chart.payment(chart.cash(ctx.agency_id), amount), request=request)
    settled = settle(ctx, request, method=Method.CASH)
    record(
        ctx,
        PaymentReceived(
            reference=request.reference,
            amount=amount,
            method=Method.CASH.value,
            gateway="",
            left=settled.standing.due,
            excess=settled.excess,
            receipt=number_of(settled.receipt),
        ),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
    )
    return settled.receipt or Receipt.objects.get(request=request)
