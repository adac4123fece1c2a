"""What every act of handling shares: hold the case, see that it is this post's turn, pass the work on."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.cases.actions.clock import calendar_of, step_due
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.actions.open_task import RETURNING, open_task
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.queries import current_answers
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.cases.release import Release, Step, StepKind
from tinhso.foundation.events.actions.record import record
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.deadlines import hand_over_due
from tinhso.systems.onestop.events import DossierActed, DossierResolved
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.models import Result
from tinhso.systems.onestop.money import money_received
from tinhso.systems.onestop.policies import dossiers


@dataclass(frozen=True, slots=True)
class Turn:
    """A case held for one act of one post: its release, and the open work that the act is done on."""

    case: Case
    release: Release
    task: Task
    step: Step


def take_turn(ctx: Context, case_id: int, version: int, act: str) -> Turn:
    """Hold the case for `act` by the acting post.

    Raises Conflict when somebody acted since `version` or the state does not allow `act`, Forbidden when no work on
    this case lies with the post, a colleague has claimed it, or the step is not one for `act`.
    """
    case = lock(case_id, version)
    must_allow(case, act)
    task = Task.objects.filter(case=case, post_id=ctx.post).order_by("due_at").first()
    if task is None or not dossiers.may_handle(ctx, task, taking_over=act == "claim"):
        raise Forbidden(
            "Hồ sơ này không ở lượt xử lý của vị trí đang chọn.",
            what_to_do="Đổi vị trí công tác nếu giữ nhiều vị trí, hoặc nhờ người đang giữ hồ sơ.",
        )
    release = release_of(case)
    step = step_named(release, task.step)
    if not rules.step_allows(step.acts, act):
        raise Forbidden(
            _("Bước “%(step)s” không có việc này.") % {"step": translated(step.name)},
            what_to_do="Mở lại hồ sơ và chọn việc ở thanh dưới cùng.",
        )
    return Turn(case, release, task, step)


def must_allow(case: Case, act: str) -> None:
    """Raises Conflict where the state of a case does not allow `act`."""
    if not rules.may(case.business, act):
        raise Conflict(
            _("Hồ sơ đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": translated(case.get_business_display())},
            what_to_do="Mở lại hồ sơ để xem tình trạng mới nhất.",
        )


def step_named(release: Release, key: str) -> Step:
    return next(step for step in release.steps if step.key == key)


def next_step(release: Release, case: Case, step: Step) -> Step | None:
    """The step after `step` in this case, if any."""
    steps = release.steps_for(release.case(case.case_key))
    place = steps.index(step)
    return steps[place + 1] if place + 1 < len(steps) else None


def previous_step(release: Release, case: Case, step: Step, kind: StepKind) -> Step | None:
    """The nearest earlier step of `kind`, to which work is sent back."""
    steps = release.steps_for(release.case(case.case_key))
    earlier = [found for found in steps[: steps.index(step)] if found.kind is kind]
    return earlier[-1] if earlier else None


def finish(
    ctx: Context,
    turn: Turn,
    act: str,
    *,
    note: str = "",
    changed: tuple[str, ...] = (),
    event: object | None = None,
) -> None:
    """The post's work on the step is done: its record, the case moved as the table of states says, and the event.

    `event` is the act's own; without one the act is told as DossierActed. The note goes to its private part.
    """
    to_state = rules.after(turn.case.business, act)
    step = turn.task.step
    keep_record(ctx, turn.case, act, to_state=to_state, task=turn.task, note=note, changed=changed)
    happened = event or DossierActed(code=turn.case.code, act=act, step=step, state=to_state)
    private = {"note": note} if note else None
    record(ctx, happened, subject=("case", turn.case.pk), case_id=turn.case.pk, private=private)


def note_act(ctx: Context, turn: Turn, act: str, *, note: str = "") -> None:
    """An act within the step: recorded, the work stays open."""
    to_state = rules.after(turn.case.business, act)
    keep_record(ctx, turn.case, act, to_state=to_state, note=note)
    acted = DossierActed(code=turn.case.code, act=act, step=turn.task.step, state=to_state)
    record(ctx, acted, subject=("case", turn.case.pk), case_id=turn.case.pk, private={"note": note} if note else None)


def open_step(ctx: Context, case: Case, release: Release, step: Step, calendar: WorkingCalendar | None = None) -> Task:
    """Open the work of a step, due by the step's own limit; `calendar` where the caller has the case's already."""
    counting = calendar or calendar_of(case, release, business_date(ctx.now))
    span = step.limit_in(case.case_key)
    return open_task(ctx, case, release, step, step_due(case, span.amount, span.unit, ctx.now, counting))


def late(case: Case, moment: datetime) -> bool:
    return case.due_at is not None and moment > case.due_at


def receive_step(release: Release) -> Step:
    """The step at which the counter takes a dossier in."""
    return next(step for step in release.steps if step.kind is StepKind.RECEIVE)


def pass_on(ctx: Context, turn: Turn, calendar: WorkingCalendar | None = None) -> None:
    """After a finished step: open the next one, or, when only the return is left, call the dossier resolved."""
    following = next_step(turn.release, turn.case, turn.step)
    if following is None:
        return
    if following.kind is StepKind.RETURN:
        resolve(ctx, turn.case, turn.release, following)
    else:
        open_step(ctx, turn.case, turn.release, following, calendar)


def resolve(ctx: Context, case: Case, release: Release, returning: Step) -> None:
    """The result is there: the applicant is told, and the centre has it to hand over.

    Raises Conflict while a result that the answers ask for is not issued.
    """
    _must_have_results(case, release)
    case.resolved_at = ctx.now
    keep_record(ctx, case, "resolve", to_state=rules.after(case.business, "resolve"), changed=("resolved_at",))
    resolved = DossierResolved(code=case.code, on_time=not late(case, ctx.now))
    record(ctx, resolved, subject=("case", case.pk), case_id=case.pk)
    open_return(ctx, case, release, returning)
    tell_applicant(ctx, case, "result_ready", {"release": release})


def _must_have_results(case: Case, release: Release) -> None:
    wanted = {result.key for result in release.results_for(current_answers(case.pk).answers)}
    coming = {key for step in release.steps_for(release.case(case.case_key)) for key in step.results}
    issued = set(Result.objects.filter(case=case, state=Result.State.ISSUED).values_list("key", flat=True))
    if (wanted & coming) - issued:
        raise Conflict(
            "Hồ sơ chưa có đủ kết quả nên chưa chuyển sang trả kết quả được.",
            what_to_do="Mở lại hồ sơ và làm bước phát hành kết quả.",
        )


def open_return_if_owed(ctx: Context, case: Case, release: Release) -> None:
    """An ended dossier whose original papers, or money, are still here: the centre has them to give back."""
    if case.custody == Case.Custody.AT_CENTRE or money_received(case.pk):
        returning = next(step for step in release.steps if step.kind is StepKind.RETURN)
        open_return(ctx, case, release, returning)


def open_return(ctx: Context, case: Case, release: Release, returning: Step) -> None:
    """Open the handing over at the centre that returns."""
    agency = case.returned_by_id or case.received_by_id
    if agency is None:
        raise ValueError(f"case {case.pk} has no centre to return it")
    due = hand_over_due(agency, release.code, ctx.now)
    open_task(ctx, case, release, replace(returning, agency=RETURNING), due)
