"""Take back a request that was not paid in full."""

from uuid import UUID

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.actions.settle import set_excess_aside
from tinhso.foundation.payments.events import RequestCancelled
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.rules import chart


@transaction.atomic
def cancel(ctx: Context, request_id: UUID, reason: str) -> None:
    """Ask for nothing any more. What was paid in part, and what still comes, is the payer's credit, to be given back.

    The case's own verb authorises. Raises NotFound, Conflict when nothing is due: it is paid, and giving that back is
    a refund to decide on; or waived, or cancelled already.
    """
    request = get_request(request_id)
    hold(request)
    standing = standing_of(request)
    if standing.due == 0:
        raise Conflict(
            "Yêu cầu thanh toán này không còn khoản nào phải nộp nên không hủy được. Chưa có gì thay đổi.",
            what_to_do="Nếu phải trả lại tiền, ra quyết định hoàn phí.",
        )
    asked = standing.due + standing.kept
    enter(ctx, chart.cancellation(request.agency_id, asked), request=request, reason=reason)
    set_excess_aside(ctx, request)
    record(
        ctx,
        RequestCancelled(request.reference, asked),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": reason},
    )
