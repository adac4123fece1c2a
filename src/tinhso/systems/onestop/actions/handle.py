"""Move work within an agency: claim it, hand it to a colleague's post, send it back."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden, Invalid
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.release import Step, StepKind
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.queries import people_of
from tinhso.systems.onestop.actions.flow import (
    Turn,
    earlier_steps,
    finish,
    flow_of,
    must_allow,
    note_act,
    open_step,
    open_steps,
    take_turn,
)
from tinhso.systems.onestop.events import DossierActed
from tinhso.systems.onestop.models import Result


@transaction.atomic
def claim(ctx: Context, case_id: int, version: int) -> Case:
    """Take the work on oneself, so that colleagues of the same post see who has it."""
    turn = take_turn(ctx, case_id, version, "claim")
    turn.task.account_id = ctx.account_id
    turn.task.save(update_fields=["account"])
    note_act(ctx, turn, "claim")
    return turn.case


@transaction.atomic
def assign(ctx: Context, case_id: int, version: int, account_id: int) -> Case:
    """Give open work to one officer of the post it lies with: by a colleague of that post, or who is in charge of the
    agency. Raises Conflict, Forbidden, or Invalid for somebody who does not act from that post today."""
    case = lock(case_id, version)
    must_allow(case, "assign")
    task = next((task for task in assignable(ctx, case)), None)
    if task is None:
        raise Forbidden(
            "Hồ sơ này không có việc nào mà vị trí đang chọn được phân công.",
            what_to_do="Nhờ người phụ trách cơ quan đang giữ hồ sơ phân công.",
        )
    if account_id not in {person.pk for person in people_of([task.post_id], business_date(ctx.now))}:
        raise Invalid("Chưa phân công được.", fields={"account": "Chọn một người đang giữ vị trí này."})
    task.account_id = account_id
    task.save(update_fields=["account"])
    keep_record(ctx, case, "assign", note=str(task.account))
    acted = DossierActed(code=case.code, act="assign", step=task.step, state=case.business)
    record(ctx, acted, subject=("case", case.pk), case_id=case.pk)
    return case


def assignable(ctx: Context, case: Case) -> list[Task]:
    """The open steps of a case that the acting post may assign, soonest due first."""
    tasks = Task.objects.filter(case=case, direction=None).select_related("post", "account").order_by("due_at", "pk")
    acting = Post.objects.get(pk=ctx.post)
    in_charge = acting.role in (Post.Role.HEAD, Post.Role.LEADER)
    return [
        task for task in tasks if task.post_id == acting.pk or (in_charge and task.post.agency_id == acting.agency_id)
    ]


@transaction.atomic
def transfer(ctx: Context, case_id: int, version: int, post_id: int, note: str) -> Case:
    """Hand the open work to another post of the same agency; its due date stays."""
    turn = take_turn(ctx, case_id, version, "transfer")
    day = business_date(ctx.now)
    posts = Post.objects.filter(on_day(day), agency_id=turn.task.post.agency_id, role=turn.task.post.role)
    target = posts.filter(pk=post_id).exclude(pk=turn.task.post_id).first()
    if target is None:
        raise Invalid(
            "Không chuyển được cho vị trí này.",
            what_to_do="Chọn một vị trí khác cùng loại việc trong cơ quan.",
            fields={"post": "Chọn vị trí nhận."},
        )
    turn.task.post, turn.task.account = target, None
    turn.task.save(update_fields=["post", "account"])
    note_act(ctx, turn, "transfer", note=note)
    return turn.case


@transaction.atomic
def send_back(ctx: Context, case_id: int, version: int, note: str, to: str = "") -> Case:
    """Back to an earlier step, whose people read why: to `to`, or to the nearest one that assesses.

    Work that had come of that step is recalled, and what was signed meanwhile must be signed anew.
    """
    turn = take_turn(ctx, case_id, version, "send_back")
    earlier = earlier_steps(turn.release, turn.case, turn.step)
    wanted = next((step for step in earlier if (step.key == to if to else step.kind is StepKind.ASSESS)), None)
    if wanted is None or len(note.strip()) < 5:
        raise Invalid(
            "Chưa trả lại được." if wanted is None else "Cần ghi rõ phải sửa gì.",
            what_to_do="Viết ngắn gọn điều cần sửa để chuyên viên làm lại.",
            fields={"to": "Chọn bước trả về."} if wanted is None else {"note": "Ghi điều cần sửa."},
        )
    finish(ctx, turn, "send_back", note=note)
    _recall(ctx, turn, wanted)
    open_step(ctx, turn.case, turn.release, wanted)
    return turn.case


def _recall(ctx: Context, turn: Turn, to: Step) -> None:
    ways = flow_of(turn.release, turn.case)
    lost = ways.recalled(to.key, open_steps(turn.case))
    for task in Task.objects.filter(case=turn.case, step__in=lost, direction=None):
        keep_record(ctx, turn.case, "recall", task=task, counts=False)
    later = [step for step in turn.release.steps if step.key in ways.waits_for and to.key in ways.before(step.key)]
    signed = Result.objects.filter(case=turn.case, state=Result.State.SIGNED)
    signed.filter(key__in=[key for step in later for key in step.results]).update(state=Result.State.DRAFT)
