"""Take a decision to give money back, before it is paid: withdraw it, or decide on another way."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold
from tinhso.foundation.payments.actions.refund import get_decision, refund, refuse_ended
from tinhso.foundation.payments.events import RefundWithdrawn
from tinhso.foundation.payments.models import Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.rules.chart import EntryKind, Movement, undo


@transaction.atomic
def withdraw_refund(ctx: Context, refund_id: UUID, *, reason: str) -> Refund:
    """Give nothing back by this decision: its rows are undone, the money waits again where it lay.

    Raises Forbidden, NotFound, Conflict when it is paid or withdrawn, Invalid without a reason.
    """
    return _withdraw(ctx, refund_id, reason, replaced=False)


@transaction.atomic
def change_refund(ctx: Context, refund_id: UUID, *, way: Refund.Way, reason: str) -> Refund:
    """The decision that takes this one's place: the same amount, to be paid `way`.

    Raises Forbidden, NotFound, Conflict when it is paid or withdrawn, Invalid.
    """
    old = _withdraw(ctx, refund_id, reason, replaced=True)
    if old.way == way:
        raise Invalid(_("Quyết định đang theo cách hoàn này."), fields={"way": _("Chọn cách khác với cách đang ghi")})
    return refund(ctx, old.request.public_id, old.amount, way=way, reason=old.reason)


def _withdraw(ctx: Context, refund_id: UUID, reason: str, *, replaced: bool) -> Refund:
    decision = get_decision(refund_id)
    request = decision.request
    require(requests.may_decide(ctx, request))
    hold(request)
    refuse_ended(decision)
    if not reason.strip():
        raise Invalid(
            _("Nêu lý do đổi hoặc rút quyết định hoàn. Chưa có gì thay đổi."), fields={"reason": _("Nêu lý do")}
        )
    for row in decision.entries.order_by("pk"):
        done = Movement(EntryKind(row.kind), row.debit, row.credit, row.amount)
        enter(ctx, undo(done), request=request, refund=decision, about=row, reason=reason.strip())
    record(
        ctx,
        RefundWithdrawn(request.reference, decision.amount, replaced),
        subject=("payment_refund", decision.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": reason},
    )
    return decision
