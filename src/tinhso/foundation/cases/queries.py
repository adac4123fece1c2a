"""Reading cases: the inbox, a case by its code, what is in force, what was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from tinhso.core.errors import NotFound
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.cases.models import (
    Alert,
    Case,
    CaseAnswers,
    CasePaper,
    Direction,
    NotOffered,
    ProcedureRelease,
    ReleaseDraft,
    ReleasePublication,
    StepNote,
    StepRecord,
    Task,
)
from tinhso.foundation.cases.rules.directions import Node, Part, State, Tree

PAGE = 30
COUNTED = 10_000
"""Where counting ends: a number beyond it helps nobody, and the database does not go on for ever."""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of open work, soonest due first; `after` is the place of the next page, empty on the last."""

    tasks: list[Task]
    after: str


def inbox(
    posts: Iterable[int],
    wanted: Q | None = None,
    after: str = "",
    *,
    limit: int = PAGE,
    rows: QuerySet[Task] | None = None,
) -> InboxPage:
    """Open tasks of `posts` that are as `wanted` says, soonest due first, from the place `after` on.

    One post's page is one query on the inbox's index. Of several posts each gives its own first rows from that index,
    then the first of these are read: two queries, and long inboxes cost no more than short ones. `rows` says what is
    read, and joined, of each task. Raises NotFound for a place that is none.
    """
    here = (wanted or Q()) & _beyond(after)
    held = list(dict.fromkeys(posts))
    read = Task.objects.select_related("case__applicant", "post__agency", "account") if rows is None else rows
    if len(held) > 1:
        first = _first_of_each(held, here, limit + 1)
        tasks = list(read.filter(pk__in=first).order_by("due_at", "pk")) if first else []
    else:
        tasks = list(read.filter(here, post__in=held).order_by("due_at", "pk")[: limit + 1]) if held else []
    more, tasks = len(tasks) > limit, tasks[:limit]
    return InboxPage(tasks, f"{tasks[-1].due_at.isoformat()},{tasks[-1].pk}" if more else "")


def _first_of_each(posts: list[int], here: Q, limit: int) -> list[int]:
    """Ids of the first `limit` tasks over several posts."""
    each = [
        Task.objects.filter(here, post=post).order_by("due_at", "pk").values_list("pk", "due_at")[:limit]
        for post in posts
    ]
    return [pk for pk, _ in each[0].union(*each[1:], all=True).order_by("due_at", "pk")[:limit]]


def count_inbox(posts: Iterable[int], wanted: Mapping[str, Q]) -> dict[str, dict[str, int]]:
    """By procedure, how many open tasks of `posts` are as each of `wanted` says. One query.

    One pass over the open work of these posts, and over no more than COUNTED tasks of it.
    """
    within = Task.objects.filter(post__in=list(posts)).order_by("post", "due_at", "pk").values("pk")[:COUNTED]
    counts = {f"n_{name}": Count("pk", filter=of) if of else Count("pk") for name, of in wanted.items()}
    grouped = Task.objects.filter(pk__in=within).order_by().values("procedure").annotate(**counts)
    rows = grouped.values_list("procedure", *counts)
    return {procedure: dict(zip(wanted, numbers, strict=True)) for procedure, *numbers in rows}


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
        return Case.objects.select_related(*related).defer("release__templates").get(code=wanted)
    except Case.DoesNotExist as error:
        raise NotFound(
            _("Không có hồ sơ nào mang mã %(code)s.") % {"code": wanted[:60]},
            what_to_do="Kiểm tra lại từng ký tự trên giấy tiếp nhận, hoặc quét mã QR in trên giấy.",
        ) from error


def find_release(procedure: str, day: date) -> ProcedureRelease | None:
    """The release of a procedure in force on `day`: the last publication effective by then, unless it withdraws."""
    last = (
        ReleasePublication.objects.filter(procedure=procedure, effective__lte=day)
        .select_related("release")
        .defer("release__templates")
        .order_by("-effective", "-id")
        .first()
    )
    return None if last is None or last.withdrawn else last.release


def releases_in_force(day: date) -> dict[str, ProcedureRelease]:
    """Every procedure's release in force on `day`, by procedure code."""
    published = ReleasePublication.objects.filter(effective__lte=day).select_related("release")
    rows = published.defer("release__templates").order_by("effective", "id")
    last = {row.procedure: row for row in rows}
    return {code: row.release for code, row in last.items() if not row.withdrawn}


def publications_of(procedure: str) -> list[ReleasePublication]:
    """What was published and withdrawn of a procedure, newest first."""
    rows = ReleasePublication.objects.filter(procedure=procedure).select_related("release")
    return list(rows.order_by("-effective", "-id"))


def drafts_under_way() -> list[ReleaseDraft]:
    """Drafts that are neither published nor dropped, last written first."""
    ended = (ReleaseDraft.State.PUBLISHED, ReleaseDraft.State.DROPPED)
    rows = ReleaseDraft.objects.exclude(state__in=ended).select_related("author")
    return list(rows.defer("document", "templates").order_by("-written_at"))


def get_draft(draft_id: int) -> ReleaseDraft:
    """A draft with its people and the release it began from. Raises NotFound."""
    found = ReleaseDraft.objects.select_related("author", "reviewer", "base").filter(pk=draft_id).first()
    if found is None:
        raise NotFound("Không tìm thấy bản soạn này.", what_to_do="Mở lại danh sách phiên bản.")
    return found


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


def directions_of(case_id: int) -> list[Direction]:
    """What was asked of others on a case, oldest first. One query."""
    related = ("from_post__agency", "from_account", "to_post__agency", "answered_by")
    return list(Direction.objects.filter(case_id=case_id).select_related(*related).order_by("id"))


def direction_tree(case_id: int) -> Tree:
    """The same as a tree, to count with. One query."""
    rows = Direction.objects.filter(case_id=case_id).order_by("id")
    return Tree(
        Node(row.pk, row.parent_id, row.to_post_id, Part(row.part), row.due_at, State(row.state), row.closed_at)
        for row in rows.defer("content", "answer")
    )


def unseen_alerts(posts: Iterable[int]) -> list[Alert]:
    """What these posts were told and have not seen, newest first, a page of it. One query."""
    found = Alert.objects.filter(post__in=list(posts), seen_at__isnull=True).select_related("case")
    return list(found.order_by("-id")[:PAGE])


def count_unseen_alerts(posts: Iterable[int]) -> int:
    """How many of these there are, counted no further than a page. One query."""
    return Alert.objects.filter(post__in=list(posts), seen_at__isnull=True)[:PAGE].count()


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
