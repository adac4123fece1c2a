"""Take back a request that nothing was paid on."""

from uuid import UUID

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.events import RequestCancelled
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.rules import chart


@transaction.atomic
def cancel(ctx: Context, request_id: UUID, reason: str) -> None:
    """Cancel what is due. Money that comes later becomes the payer's credit. The case's own verb authorises.

    Raises NotFound, Conflict when money was already received or nothing is due.
    """
    request = get_request(request_id)
    hold(request)
    standing = standing_of(request)
    if standing.received > 0 or standing.due == 0:
        raise Conflict(
            "Yêu cầu thanh toán này đã có tiền nộp hoặc không còn phải nộp nên không hủy được. Chưa có gì thay đổi.",
            what_to_do="Nếu phải trả lại tiền, ra quyết định hoàn phí.",
        )
    enter(ctx, chart.cancellation(request.agency_id, standing.due), request=request, reason=reason)
    record(
        ctx,
        RequestCancelled(request.reference, standing.due),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": reason},
    )
