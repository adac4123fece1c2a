"""Move work within an agency: claim it, hand it to a colleague's post, send it back."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import StepKind
from tinhso.systems.onestop.actions.flow import finish, note_act, open_step, previous_step, take_turn
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
def send_back(ctx: Context, case_id: int, version: int, note: str) -> Case:
    """The leader does not sign yet: back to the specialist, who reads why."""
    turn = take_turn(ctx, case_id, version, "send_back")
    earlier = previous_step(turn.release, turn.case, turn.step, StepKind.ASSESS)
    if earlier is None or len(note.strip()) < 5:
        raise Invalid(
            "Chưa trả lại được." if earlier is None else "Cần ghi rõ phải sửa gì.",
            what_to_do="Viết ngắn gọn điều cần sửa để chuyên viên làm lại.",
            fields={"note": "Ghi điều cần sửa."},
        )
    finish(ctx, turn, "send_back", note=note)
    Result.objects.filter(case=turn.case, state=Result.State.SIGNED, key__in=turn.step.results).update(
        state=Result.State.DRAFT
    )
    open_step(ctx, turn.case, turn.release, earlier)
    return turn.case
