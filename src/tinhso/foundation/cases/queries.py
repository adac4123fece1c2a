"""Reading cases: the inbox, a case by its code, what is in force, what was done."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Value

from tinhso.core.errors import NotFound
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.cases.models import (
    Case,
    CaseAnswers,
    CasePaper,
    NotOffered,
    ProcedureRelease,
    ReleasePublication,
    StepNote,
    StepRecord,
    Task,
)

PAGE = 30
COUNTED = 100
"""Where counting ends, to be shown as "99+": nobody reads further, and the database need not either."""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of open work, soonest due first; `after` is the place of the next page, empty on the last."""

    tasks: list[Task]
    after: str


def inbox(
    posts: Iterable[int], wanted: Q | None = None, after: str = "", *, limit: int = PAGE, related: tuple[str, ...] = ()
) -> InboxPage:
    """Open tasks of `posts` that are as `wanted` says, soonest due first, from the place `after` on. Two queries.

    Each post gives its own first rows from the inbox's index, then the first of these are taken: several long inboxes
    cost no more than several short ones. `related` names what a caller needs joined to each row. Raises NotFound for a
    place that is none.
    """
    here = (wanted or Q()) & _beyond(after)
    each = [
        Task.objects.filter(here, post=post).order_by("due_at", "pk").values_list("pk", "due_at")[: limit + 1]
        for post in dict.fromkeys(posts)
    ]
    if not each:
        return InboxPage([], "")
    first = each[0].union(*each[1:], all=True).order_by("due_at", "pk")[: limit + 1] if each[1:] else each[0]
    found = [pk for pk, _ in first]
    rows = Task.objects.select_related("case__applicant", "post__agency", "account", *related)
    tasks = sorted(rows.filter(pk__in=found[:limit]), key=lambda task: (task.due_at, task.pk)) if found else []
    return InboxPage(tasks, f"{tasks[-1].due_at.isoformat()},{tasks[-1].pk}" if len(found) > limit else "")


def count_inbox(posts: Iterable[int], wanted: Mapping[str, Q]) -> dict[str, int]:
    """How many open tasks of `posts` are as each of `wanted` says, counted up to COUNTED. One query."""
    held = Task.objects.filter(post__in=list(posts)).order_by()
    each = [held.filter(of).annotate(kind=Value(name)).values_list("kind")[:COUNTED] for name, of in wanted.items()]
    found = Counter(name for (name,) in each[0].union(*each[1:], all=True))
    return {name: found[name] for name in wanted}


def _beyond(after: str) -> Q:
    if not after:
        return Q()
    due, _, number = after.rpartition(",")
    try:
        moment, last = datetime.fromisoformat(due), int(number)
    except ValueError as error:
        raise NotFound("Địa chỉ trang không đúng.", what_to_do="Mở lại hộp việc từ đầu.") from error
    return Q(due_at__gte=moment) & ~Q(due_at=moment, pk__lte=last)


def get_case(code: str) -> Case:
    """The case with this code. Raises NotFound."""
    wanted = code.strip().upper()
    related = ("release", "applicant", "received_by", "decided_by", "returned_by", "filed_by")
    try:
        return Case.objects.select_related(*related).get(code=wanted)
    except Case.DoesNotExist as error:
        raise NotFound(
            f"Không có hồ sơ nào mang mã {wanted[:60]}.",
            what_to_do="Kiểm tra lại từng ký tự trên giấy tiếp nhận, hoặc quét mã QR in trên giấy.",
        ) from error


def find_release(procedure: str, day: date) -> ProcedureRelease | None:
    """The release of a procedure in force on `day`: the last publication effective by then, unless it withdraws."""
    last = (
        ReleasePublication.objects.filter(procedure=procedure, effective__lte=day)
        .select_related("release")
        .order_by("-effective", "-id")
        .first()
    )
    return None if last is None or last.withdrawn else last.release


def releases_in_force(day: date) -> dict[str, ProcedureRelease]:
    """Every procedure's release in force on `day`, by procedure code."""
    rows = ReleasePublication.objects.filter(effective__lte=day).select_related("release").order_by("effective", "id")
    last = {row.procedure: row for row in rows}
    return {code: row.release for code, row in last.items() if not row.withdrawn}


def steps_taken(case_id: int) -> list[StepRecord]:
    """What was done on a case, oldest first, with what was written beside it, for officers. Two queries."""
    steps = acts_taken(case_id)
    notes = {note.record_id: note.body for note in StepNote.objects.filter(record_id__in=[row.id for row in steps])}
    for row in steps:
        row.note = notes.get(row.id, "")
    return steps


def acts_taken(case_id: int) -> list[StepRecord]:
    """What was done on a case, oldest first, without the words beside it: for those the words are not for."""
    return list(StepRecord.objects.filter(case_id=case_id).order_by("recorded_at", "id"))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An agency does not handle a procedure that its kind otherwise does: why, and who does instead."""

    agency: str
    reason: str
    instead: str


def find_elsewhere(procedure: str, agency_id: int, day: date) -> Elsewhere | None:
    """Whether an agency leaves a procedure to another on `day`."""
    rows = NotOffered.objects.filter(on_day(day), procedure=procedure, agency_id=agency_id)
    row = rows.select_related("agency", "instead").first()
    return Elsewhere(row.agency.name, row.reason, row.instead.name if row.instead else "") if row else None


def find_not_offered(procedure: str, commune: str, day: date) -> NotOffered | None:
    """That the commune with this code does not handle a procedure, and who does instead."""
    rows = NotOffered.objects.filter(on_day(day), procedure=procedure, agency__place__code=commune)
    return rows.select_related("agency__place", "instead").first()


def current_answers(case_id: int) -> CaseAnswers:
    """The latest version of a case's answers. Raises CaseAnswers.DoesNotExist."""
    return CaseAnswers.objects.filter(case_id=case_id).latest("version")


def papers_of(case_id: int) -> list[CasePaper]:
    """The papers handed in with a case, in order."""
    return list(CasePaper.objects.filter(case_id=case_id).select_related("file__blob").order_by("round", "id"))
