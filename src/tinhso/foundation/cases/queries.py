"""Reading cases: the inbox, a case by its code, what is in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tinhso.core.errors import NotFound
from tinhso.foundation.cases.models import (
    Case,
    CaseAnswers,
    CasePaper,
    ProcedureRelease,
    ReleasePublication,
    StepRecord,
    Task,
)

PAGE = 30


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of open work, oldest due first; `after` is the place of the next page, empty on the last."""

    tasks: list[Task]
    after: str


def inbox(posts: Iterable[int], after: str = "", *, limit: int = PAGE) -> InboxPage:
    """Open tasks of `posts`, soonest due first, from the place `after` ("<due ISO>,<id>") on. Two queries at most."""
    work = Task.objects.filter(post__in=list(posts)).select_related(
        "case__applicant", "case__release", "post", "account"
    )
    if after:
        due, _, number = after.rpartition(",")
        try:
            moment, last = datetime.fromisoformat(due), int(number)
        except ValueError as error:
            raise NotFound("Địa chỉ trang không đúng.", what_to_do="Mở lại hộp việc từ đầu.") from error
        work = work.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last))
    tasks = list(work.order_by("due_at", "pk")[: limit + 1])
    more = len(tasks) > limit
    tasks = tasks[:limit]
    return InboxPage(tasks, f"{tasks[-1].due_at.isoformat()},{tasks[-1].pk}" if more else "")


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much open work there is in a set of posts, up to a bound that a person would still count."""

    open: int
    late: int


def count_inbox(posts: Iterable[int], now: datetime) -> InboxCounts:
    """Open and late tasks of `posts`, counted on the inbox's own index."""
    work = Task.objects.filter(post__in=list(posts))
    return InboxCounts(open=work.count(), late=work.filter(due_at__lt=now).count())


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
    """What was done on a case, oldest first."""
    return list(StepRecord.objects.filter(case_id=case_id).order_by("recorded_at", "id"))


def current_answers(case_id: int) -> CaseAnswers:
    """The latest version of a case's answers. Raises CaseAnswers.DoesNotExist."""
    return CaseAnswers.objects.filter(case_id=case_id).latest("version")


def papers_of(case_id: int) -> list[CasePaper]:
    """The papers handed in with a case, in order."""
    return list(CasePaper.objects.filter(case_id=case_id).select_related("file__blob").order_by("round", "id"))
