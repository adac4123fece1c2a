"""Close an act: its step record, the case's new state and version."""

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.foundation.cases.models import Case, StepNote, StepRecord, Task


def keep_record(
    ctx: Context,
    case: Case,
    act: str,
    *,
    to_state: str | None = None,
    task: Task | None = None,
    note: str = "",
    changed: tuple[str, ...] = (),
    counts: bool = True,
) -> None:
    """Write the step record of `act`, move the case to `to_state`, count its version up and save it.

    `task` is the piece of work the act finished: its row goes, if it ever had one (what is begun and done in one act
    has none). `changed` names further fields of the case to save.
    `note` is what was written beside it, kept sealed.
    `counts` False is for what the machine notes beside people's work (a fee that came in): nobody's screen grows old.
    """
    row = StepRecord.objects.create(
        id=uuid7(ctx.now),
        recorded_at=ctx.now,
        case_id=case.pk,
        case_version=case.version + counts,
        step=task.step if task else "",
        act=act,
        from_state=case.business,
        to_state=to_state or case.business,
        actor_id=ctx.account_id,
        post_id=ctx.post_id,
        agency_id=ctx.agency_id,
        stood_in_for_id=ctx.stood_in_for,
        opened_at=task.opened_at if task else None,
        due_at=task.due_at if task else None,
    )
    if note:
        StepNote.objects.create(record_id=row.id, body=note)
    if task and task.pk:
        task.delete()
    case.business = to_state or case.business
    case.version += counts
    case.save(update_fields=["business", "version", *changed])
