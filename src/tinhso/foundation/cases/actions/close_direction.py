"""Answer what one was asked, or withdraw what one asked."""

from datetime import datetime

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid, NotFound
from tinhso.foundation.calendars.rules.remaining import Timeliness, timeliness
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.events import DirectionClosed
from tinhso.foundation.cases.models import Alert, Case, Direction, Task
from tinhso.foundation.cases.queries import direction_tree
from tinhso.foundation.events.actions.record import record

SHORTEST = 2


@transaction.atomic
def answer_direction(ctx: Context, direction_id: int, answer: str) -> Direction:
    """The post that was asked answers; whoever asked is told.

    Raises Forbidden for another post, Conflict when it is closed or what it asked of others has not come, Invalid for
    an empty answer.
    """
    case, direction = _held(direction_id)
    if ctx.post != direction.to_post_id:
        raise Forbidden("Việc này được giao cho vị trí khác.", what_to_do="Đổi vị trí công tác rồi mở lại việc.")
    waiting = direction_tree(case.pk).progress(direction.pk, ctx.now).waiting
    if waiting:
        raise Conflict(
            f"Còn {len(waiting)} việc đã giao tiếp chưa có trả lời, nên chưa báo cáo lên được.",
            what_to_do="Chờ các nơi phối hợp trả lời, hoặc rút những việc không cần nữa.",
        )
    if len(answer.strip()) < SHORTEST and direction.part != Direction.Part.INFORM:
        raise Invalid("Chưa có nội dung trả lời.", fields={"answer": "Viết nội dung trả lời."})
    direction.answer, direction.answered_by_id = answer.strip(), ctx.actor
    _close(ctx, case, direction, Direction.State.ANSWERED)
    if direction.part != Direction.Part.INFORM:
        Alert.objects.create(
            kind=Alert.Kind.ANSWERED,
            case=case,
            about=direction.pk,
            post_id=direction.from_post_id,
            due_at=direction.due_at,
            told_at=ctx.now,
        )
    return direction


@transaction.atomic
def withdraw_direction(ctx: Context, direction_id: int, reason: str) -> Direction:
    """The post that asked asks no more; what was asked because of it goes too. Raises Forbidden, Conflict, Invalid."""
    case, direction = _held(direction_id)
    if ctx.post != direction.from_post_id:
        raise Forbidden("Chỉ nơi đã giao mới rút được việc này.", what_to_do="Nhờ người đã giao rút lại.")
    if len(reason.strip()) < SHORTEST:
        raise Invalid("Cần ghi lý do rút việc.", fields={"reason": "Ghi lý do."})
    below = [node.id for node in direction_tree(case.pk).below(direction.pk) if node.state.value == "open"]
    for one in (*Direction.objects.filter(pk__in=below), direction):
        _close(ctx, case, one, Direction.State.WITHDRAWN, reason)
    return direction


def end_work(ctx: Context, case: Case, reason: str) -> None:
    """The case, which the caller holds locked, has come to its end: open work goes, and what others were asked is
    withdrawn. The case itself is saved by the act that ends it."""
    for one in Direction.objects.filter(case=case, state=Direction.State.OPEN):
        _close(ctx, case, one, Direction.State.WITHDRAWN, reason)
    Task.objects.filter(case=case).delete()


def _held(direction_id: int) -> tuple[Case, Direction]:
    found = Direction.objects.filter(pk=direction_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound("Không tìm thấy việc này.", what_to_do="Mở lại từ hộp việc.")
    case = lock(found, None)
    direction = Direction.objects.select_related("to_post", "from_post").get(pk=direction_id)
    if direction.state != Direction.State.OPEN:
        raise Conflict(
            f"Việc này {direction.get_state_display().lower()} rồi, nên thao tác chưa được thực hiện.",
            what_to_do="Mở lại hồ sơ để xem nội dung mới nhất.",
        )
    return case, direction


def _close(ctx: Context, case: Case, direction: Direction, state: str, note: str = "") -> None:
    direction.state, direction.closed_at = state, ctx.now
    direction.save(update_fields=["state", "closed_at", "answer", "answered_by"])
    task = Task.objects.filter(direction=direction).first()
    act = "answer" if state == Direction.State.ANSWERED else "withdraw_direction"
    keep_record(ctx, case, act, task=task, note=note or direction.answer or "", counts=False)
    on_time = _on_time(ctx.now, direction.due_at)
    private = {"answer": direction.answer} if direction.answer else None
    closed = DirectionClosed(direction=str(direction.public_id), state=str(state), on_time=on_time)
    record(ctx, closed, subject=("direction", direction.pk), case_id=case.pk, private=private)


def _on_time(moment: datetime, due_at: datetime) -> bool:
    return timeliness(moment, due_at) is not Timeliness.LATE
