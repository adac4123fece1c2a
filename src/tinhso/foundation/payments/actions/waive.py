"""Let a payer off what is due, or part of it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.actions.settle import settle
from tinhso.foundation.payments.events import RequestWaived
from tinhso.foundation.payments.models import GatewayTransaction, Method
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.standing import Standing
from tinhso.foundation.payments.words import say_amount_fault


@transaction.atomic
def waive(ctx: Context, request_id: UUID, amount: int, *, basis: str, reason: str) -> Standing:
    """Waive `amount` đồng of what is due on a legal `basis`; `reason` says what proved it. Returns the new standing.

    Raises Forbidden, NotFound, Invalid when the amount is more than is due or no basis is named.
    """
    request = get_request(request_id)
    require(requests.may_decide(ctx, request))
    hold(request)
    due = standing_of(request).due
    found = {
        "amount": say_amount_fault(amount, due),
        "basis": "" if basis.strip() else _("Nêu văn bản, điều khoản"),
    }
    if faults := {field: fault for field, fault in found.items() if fault}:
        raise Invalid(_("Quyết định miễn, giảm còn chỗ chưa đúng nên chưa được ghi."), fields=faults)
    enter(ctx, chart.waiver(request.agency_id, amount), request=request, reason=f"{basis}: {reason}")
    settled = settle(ctx, request, method=_method_so_far(request.pk))
    record(
        ctx,
        RequestWaived(request.reference, amount, settled.standing.due, basis),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": reason},
    )
    return settled.standing


def _method_so_far(request_pk: int) -> str:
    """How the part already paid came, should the waiver of the rest complete it."""
    paid = GatewayTransaction.objects.filter(entries__request_id=request_pk).order_by("-id").first()
    return paid.method if paid else Method.CASH.value
