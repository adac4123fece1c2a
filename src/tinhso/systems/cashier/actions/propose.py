"""Ask those who decide for a waiver or a refund."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.ids import uuid7
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import hold
from tinhso.foundation.payments.actions.refund import refund_faults
from tinhso.foundation.payments.models import PaymentRequest, Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of
from tinhso.foundation.payments.words import say_amount_fault
from tinhso.systems.cashier.events import ProposalMade
from tinhso.systems.cashier.models import Proposal


@transaction.atomic
def propose(
    ctx: Context, request_id: UUID, kind: Proposal.Kind, amount: int, *, reason: str, basis: str = "", way: str = ""
) -> Proposal:
    """A proposal that waits for its decision: a waiver on a legal `basis`, or a refund to be paid `way`.

    Raises Forbidden, NotFound, Invalid when more is asked for than there is, Conflict while another one waits.
    """
    request = get_request(request_id)
    require(requests.may_propose(ctx, request))
    hold(request)
    standing = standing_of(request)
    most = standing.due if kind is Proposal.Kind.WAIVER else standing.refundable
    if faults := _faults(kind, request, amount, most, reason, basis, way):
        raise Invalid("Đề nghị còn chỗ chưa đúng nên chưa được gửi.", fields=faults)
    if Proposal.objects.filter(request=request, kind=kind, state=Proposal.State.WAITING).exists():
        raise Conflict(
            "Khoản thu này đã có một đề nghị cùng loại đang chờ quyết định. Đề nghị mới chưa được gửi.",
            what_to_do="Chờ trả lời đề nghị đó, hoặc hỏi người có thẩm quyền quyết định.",
        )
    proposal = Proposal.objects.create(
        public_id=uuid7(ctx.now),
        kind=kind,
        request=request,
        amount=amount,
        basis=basis.strip() if kind is Proposal.Kind.WAIVER else "",
        way=way if kind is Proposal.Kind.REFUND else "",
        reason=reason.strip(),
        asked_by=ctx.actor,
        asked_agency=ctx.agency_id or request.agency_id,
        asked_at=ctx.now,
    )
    record(
        ctx,
        ProposalMade(kind.value, request.reference, amount),
        subject=("cashier_proposal", proposal.pk),
        case_id=request.case_id,
        agency_id=request.agency_id,
        private={"reason": reason},
    )
    return proposal


def _faults(
    kind: Proposal.Kind, request: PaymentRequest, amount: int, most: int, reason: str, basis: str, way: str
) -> dict[str, str]:
    if kind is Proposal.Kind.REFUND:
        faults = refund_faults(request, amount, most, way=way, reason=reason)
        return faults if way in Refund.Way.values else {**faults, "way": _("Chọn cách hoàn")}
    found = {
        "amount": say_amount_fault(amount, most),
        "basis": "" if basis.strip() else _("Nêu văn bản, điều khoản"),
        "reason": "" if reason.strip() else _("Nêu lý do"),
    }
    return {field: fault for field, fault in found.items() if fault}
