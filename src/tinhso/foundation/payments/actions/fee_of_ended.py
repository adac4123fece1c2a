"""A fee paid in full for a dossier that ended undecided: ask whether it goes back, decide that it does not.

That it goes back is an ordinary refund. Which fees go back is for the law of each sector; no common text was read
(mark: assumed), so nothing is decided by itself.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import hold
from tinhso.foundation.payments.events import FeeQuestioned, FeeWasKept
from tinhso.foundation.payments.models import FeeKept, FeeQuestion
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of


@transaction.atomic
def question_fee(ctx: Context, request_id: UUID, reason: str) -> FeeQuestion | None:
    """Put what stays of a paid request before who decides; None when nothing stays. Once, however often asked.

    The case's own verb, which ends the dossier, authorises.
    """
    request = get_request(request_id)
    hold(request)
    kept = standing_of(request).kept
    if not kept:
        return None
    question, new = FeeQuestion.objects.get_or_create(request=request, defaults={"reason": reason, "asked_at": ctx.now})
    if new:
        record(
            ctx,
            FeeQuestioned(request.reference, kept),
            subject=("payment_request", request.pk),
            case_id=request.case_id,
            agency_id=request.agency_id,
            private={"reason": reason},
        )
    return question


@transaction.atomic
def keep_fee(ctx: Context, request_id: UUID, *, basis: str, reason: str) -> FeeKept:
    """Decide that what stays of the fee is not given back, on a legal `basis`; `reason` is told to the payer.

    Raises Forbidden, NotFound, Conflict when nothing waits for this decision, Invalid without basis or reason.
    """
    request = get_request(request_id)
    require(requests.may_decide(ctx, request))
    hold(request)
    kept = standing_of(request).kept
    question = FeeQuestion.objects.filter(request=request, kept__isnull=True).first()
    if question is None or not kept:
        raise Conflict(
            "Khoản này không còn chờ quyết định hoàn hay không. Không có gì được ghi thêm.",
            what_to_do="Mở lại trang phí, lệ phí của hồ sơ để xem.",
        )
    empty = {
        "basis": "" if basis.strip() else _("Nêu văn bản, điều khoản"),
        "reason": "" if reason.strip() else _("Nêu lý do"),
    }
    if faults := {field: fault for field, fault in empty.items() if fault}:
        raise Invalid(_("Quyết định không hoàn còn chỗ chưa đúng nên chưa được ghi."), fields=faults)
    decision = FeeKept.objects.create(
        question=question,
        amount=kept,
        basis=basis.strip(),
        reason=reason.strip(),
        decided_by=ctx.account_id,
        decided_at=ctx.now,
    )
    record(
        ctx,
        FeeWasKept(request.reference, kept, decision.basis),
        subject=("payment_request", request.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": decision.reason},
    )
    return decision
