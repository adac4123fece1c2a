"""Where a dossier is: its steps, who has it, what was done. Names agencies and posts, never a person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, CaseAgency, StepRecord, Task
from tinhso.foundation.cases.queries import acts_taken
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.cases.release import Release, Step, StepKind
from tinhso.foundation.cases.words import say_act

_ENDED = ("rejected", "refused", "stopped", "closed", "returned")
_NOT_TOLD = ("claim", "transfer", "draft_result")
"""Acts inside an office that tell the citizen nothing."""


@dataclass(frozen=True, slots=True)
class TracedStep:
    """One step of the way; `state` as the design system's `step` takes it."""

    title: str
    state: str
    who: str
    when: datetime | None
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history."""

    at: datetime
    act: str
    who: str


@dataclass(frozen=True, slots=True)
class Trace:
    """`holder`: the agency and post that has the dossier now, empty when nobody has work on it."""

    steps: list[TracedStep]
    history: list[Told]
    holder: str


def trace(case: Case, now: datetime) -> Trace:
    """The way of a dossier so far. Four queries."""
    release = release_of(case)
    records = acts_taken(case.pk)
    tasks = list(Task.objects.filter(case=case).select_related("post__agency").order_by("due_at"))
    parts = {part.part: part.agency for part in CaseAgency.objects.filter(case=case).select_related("agency")}
    names = {agency.pk: agency.name for agency in (*parts.values(), case.received_by, case.returned_by) if agency}
    history = [
        Told(record.recorded_at, _(say_act(record.act)), _who_acted(record, names))
        for record in reversed(records)
        if record.act not in _NOT_TOLD
    ]
    holder = f"{tasks[0].post.title}, {tasks[0].post.agency.name}" if tasks else ""
    return Trace(_steps(case, release, records, tasks, parts, now), history, holder)


def holding_agency(case: Case) -> str:
    """The agency that has a dossier now, empty when nobody has work on it. One query."""
    task = Task.objects.filter(case=case).select_related("post__agency").order_by("due_at").first()
    return task.post.agency.name if task else ""


def _steps(
    case: Case,
    release: Release,
    records: list[StepRecord],
    tasks: list[Task],
    parts: dict[str, Agency],
    now: datetime,
) -> list[TracedStep]:
    steps = release.steps_for(release.case(case.case_key))
    open_now = {task.step: task for task in tasks}
    places = [place for place, step in enumerate(steps) if step.key in open_now]
    here = min(places) if places else len(steps)
    done_at = {record.step: record.recorded_at for record in records if record.step}
    return [
        _step(case, step, open_now.get(step.key), done_at.get(step.key) if place < here else None, parts, now)
        for place, step in enumerate(steps)
    ]


def _step(
    case: Case, step: Step, task: Task | None, done_at: datetime | None, parts: dict[str, Agency], now: datetime
) -> TracedStep:
    agency = _agency(case, step, parts)
    who = agency.name if agency else ""
    if task is not None:
        state = "paused" if case.business == Case.Business.SUPPLEMENT else "late" if task.due_at < now else "current"
        return TracedStep(step.name, state, f"{task.post.title}, {task.post.agency.name}", None, task.due_at)
    if step.kind is StepKind.RECEIVE and case.business == Case.Business.SUPPLEMENT and case.accepted_at is None:
        return TracedStep(step.name, "current", _("Chờ người nộp bổ sung giấy tờ"), None, None)
    if done_at is not None:
        return TracedStep(step.name, "done", who, done_at, None)
    return TracedStep(step.name, "skipped" if case.business in _ENDED else "waiting", who, None, None)


def _agency(case: Case, step: Step, parts: dict[str, Agency]) -> Agency | None:
    if step.kind is StepKind.RETURN:
        return case.returned_by or case.received_by
    return case.received_by if step.agency == "receiving" else parts.get(step.agency)


def _who_acted(record: StepRecord, names: dict[int, str]) -> str:
    """The agency of an officer's act; the citizen's own acts are the applicant's."""
    if record.agency_id is None:
        return _("Người nộp hồ sơ") if record.actor_id else ""
    return names.get(record.agency_id, "")
