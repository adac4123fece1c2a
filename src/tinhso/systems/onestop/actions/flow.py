"""What every act of handling shares: hold the case, see that it is this post's turn, pass the work on."""

from collections.abc import Collection
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
from tinhso.foundation.cases.rules.flow import Flow
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
    task = Task.objects.filter(case=case, post_id=ctx.post, direction=None).order_by("due_at").first()
    if task is None or not dossiers.may_handle(ctx, task, taking_over=act == "claim"):
        raise Forbidden(
            "Hồ sơ này không ở lượt xử lý của vị trí đang chọn.",
            what_to_do="Đổi vị trí công tác nếu giữ nhiều vị trí, hoặc nhờ người đang giữ hồ sơ.",
        )
    release = release_of(case)
    step = release.step(task.step)
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


def flow_of(release: Release, case: Case, left_out: Collection[str] = ()) -> Flow:
    """Which steps come after which in this case."""
    return release.flow(release.case(case.case_key), left_out)


def following_steps(release: Release, case: Case, step: Step) -> list[Step]:
    """The steps that wait for `step` in this case; several where branches begin."""
    return [release.step(key) for key in flow_of(release, case).following(step.key)]


def coming_step(release: Release, case: Case, step: Step, kind: StepKind) -> Step | None:
    """The nearest step of `kind` on a way on from `step`, which may be `step` itself."""
    ways = flow_of(release, case)
    later = (key for key in ways.waits_for if key == step.key or step.key in ways.before(key))
    return next((found for key in later if (found := release.step(key)).kind is kind), None)


def earlier_steps(release: Release, case: Case, step: Step) -> list[Step]:
    """The steps to which work may be sent back from `step`, nearest first: those on a way to it after which no result
    of this case was issued."""
    ways = flow_of(release, case)
    issued = set(Result.objects.filter(case=case, state=Result.State.ISSUED).values_list("key", flat=True))
    done = [one.key for one in release.steps if issued & set(one.results) and one.key in ways.waits_for]
    passed = {key for one in done for key in (*ways.before(one), one)}
    earlier = [release.step(key) for key in ways.waits_for if key in ways.before(step.key) - passed]
    return [one for one in reversed(earlier) if one.kind is not StepKind.RECEIVE]


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


def note_act(ctx: Context, turn: Turn, act: str, *, note: str = "", changed: tuple[str, ...] = ()) -> None:
    """An act within the step: recorded, the work stays open."""
    to_state = rules.after(turn.case.business, act)
    keep_record(ctx, turn.case, act, to_state=to_state, note=note, changed=changed)
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


def pass_on(
    ctx: Context, turn: Turn, calendar: WorkingCalendar | None = None, *, left_out: Collection[str] = ()
) -> None:
    """After a finished step: open those that waited for it and for nothing else now, or, when only the return is left,
    call the dossier resolved. `left_out`: the optional steps that are not needed this time."""
    ways = flow_of(turn.release, turn.case, left_out)
    alone = all(len(ways.waits_for[key]) == 1 for key in ways.following(turn.step.key))
    for key in ways.opening(turn.step.key, () if alone else open_steps(turn.case, beside=turn.task)):
        following = turn.release.step(key)
        if following.kind is StepKind.RETURN:
            resolve(ctx, turn.case, turn.release, following)
        else:
            open_step(ctx, turn.case, turn.release, following, calendar)


def open_steps(case: Case, *, beside: Task | None = None) -> list[str]:
    """The steps whose work is open on a case, but for that of one task."""
    tasks = Task.objects.filter(case=case, direction=None)
    return list((tasks.exclude(pk=beside.pk) if beside and beside.pk else tasks).values_list("step", flat=True))


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
