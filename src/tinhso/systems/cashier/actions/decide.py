"""Answer a proposal: the decision and what follows from it in the ledger are one transaction."""

from uuid import UUID

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.refund import refund
from tinhso.foundation.payments.actions.waive import waive
from tinhso.foundation.payments.models import Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.systems.cashier.events import ProposalDecided
from tinhso.systems.cashier.models import Proposal


@transaction.atomic
def approve(ctx: Context, proposal_id: UUID, answer: str = "") -> Proposal:
    """Agree, and waive or order the refund. Raises Forbidden, NotFound, Conflict, Invalid when money moved since."""
    proposal = _take(ctx, proposal_id)
    if proposal.kind == Proposal.Kind.WAIVER:
        waive(ctx, proposal.request.public_id, proposal.amount, basis=proposal.basis, reason=proposal.reason)
    else:
        way = Refund.Way(proposal.way)
        refund(ctx, proposal.request.public_id, proposal.amount, way=way, reason=proposal.reason)
    return _close(ctx, proposal, Proposal.State.APPROVED, answer)


@transaction.atomic
def decline(ctx: Context, proposal_id: UUID, answer: str) -> Proposal:
    """Refuse, saying why. Raises Forbidden, NotFound, Conflict, Invalid without an answer."""
    proposal = _take(ctx, proposal_id)
    if not answer.strip():
        raise Invalid("Nêu lý do không đồng ý. Chưa ghi quyết định.", fields={"answer": "Nêu lý do không đồng ý"})
    return _close(ctx, proposal, Proposal.State.DECLINED, answer)


def _take(ctx: Context, proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("request")
    proposal = rows.filter(public_id=proposal_id).first()
    if proposal is None or not requests.may_see(ctx, proposal.request):
        raise NotFound("Không tìm thấy đề nghị này.", what_to_do="Mở lại danh sách đề nghị.")
    require(requests.may_decide(ctx, proposal.request))
    if proposal.state != Proposal.State.WAITING:
        raise Conflict(
            "Đề nghị này vừa được người khác trả lời. Không có gì được ghi thêm.",
            what_to_do="Tải lại danh sách để xem kết quả.",
        )
    return proposal


def _close(ctx: Context, proposal: Proposal, state: Proposal.State, answer: str) -> Proposal:
    proposal.state, proposal.answer = state, answer.strip()
    proposal.decided_by, proposal.decided_at = ctx.actor, ctx.now
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(
        ctx,
        ProposalDecided(proposal.kind, proposal.request.reference, proposal.amount, state.value),
        subject=("cashier_proposal", proposal.pk),
        case_id=proposal.request.case_id,
        agency_id=proposal.request.agency_id,
        private={"answer": answer},
    )
    return proposal
