"""Ask those who decide for a waiver or a refund."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.ids import uuid7
from tinhso.core.money import format_dong
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import hold
from tinhso.foundation.payments.models import Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_request, standing_of
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
    if faults := _faults(kind, amount, most, reason, basis, way):
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


def _faults(kind: Proposal.Kind, amount: int, most: int, reason: str, basis: str, way: str) -> dict[str, str]:
    faults = {}
    if not 0 < amount <= most:
        faults["amount"] = _("Từ 1 đồng đến %(most)s") % {"most": format_dong(most)}
    if not reason.strip():
        faults["reason"] = _("Nêu lý do")
    if kind is Proposal.Kind.WAIVER and not basis.strip():
        faults["basis"] = _("Nêu văn bản, điều khoản")
    if kind is Proposal.Kind.REFUND and way not in Refund.Way.values:
        faults["way"] = _("Chọn cách hoàn")
    return faults
