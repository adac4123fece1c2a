"""Refuse a dossier: at the desk (it is not taken in), or after appraisal (a resolved dossier with its slip)."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.foundation.cases.actions.close_direction import end_work
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import StepKind
from tinhso.systems.onestop.actions.flow import Turn, finish, open_return, open_return_if_owed, take_turn
from tinhso.systems.onestop.events import DossierRefused
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.money import call_off_payment
from tinhso.systems.onestop.slips import give_refusal_slip


@transaction.atomic
def reject(ctx: Context, case_id: int, version: int, reason: str) -> Case:
    """Do not take a submitted dossier in (Decree 118/2025/NĐ-CP art. 17.1c); the slip says why."""
    turn = take_turn(ctx, case_id, version, "reject")
    case = _refuse(ctx, turn, "reject", reason)
    call_off_payment(ctx, case, reason)
    open_return_if_owed(ctx, case, turn.release)
    return case


@transaction.atomic
def refuse(ctx: Context, case_id: int, version: int, reason: str) -> Case:
    """Refuse after appraisal (art. 19.3): the slip is the result, and goes back through the centre."""
    turn = take_turn(ctx, case_id, version, "refuse")
    turn.case.resolved_at = ctx.now
    case = _refuse(ctx, turn, "refuse", reason, changed=("resolved_at",))
    returning = next(step for step in turn.release.steps if step.kind is StepKind.RETURN)
    open_return(ctx, case, turn.release, returning)
    return case


def _refuse(ctx: Context, turn: Turn, act: str, reason: str, changed: tuple[str, ...] = ()) -> Case:
    case = turn.case
    if len(reason.strip()) < 10:
        raise Invalid(
            "Cần ghi rõ lý do để người nộp hiểu và biết phải làm gì.",
            what_to_do="Viết lý do bằng một câu đầy đủ, nêu căn cứ và cách khắc phục nếu có.",
            fields={"reason": "Ghi lý do từ 10 ký tự trở lên."},
        )
    refused = DossierRefused(code=case.code, at_desk=act == "reject")
    finish(ctx, turn, act, note=reason, changed=changed, event=refused)
    end_work(ctx, case, "Hồ sơ bị từ chối")
    give_refusal_slip(ctx, case, turn.release, reason)
    tell_applicant(ctx, case, "refused", {"release": turn.release, "reason": reason})
    return case
