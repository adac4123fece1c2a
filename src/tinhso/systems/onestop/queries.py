"""What the desk's lists ask: the inbox with its filters, what waits for a signature or a number, finding a dossier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.core.text import fold, mask_name, whole_number
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import communes
from tinhso.foundation.calendars.law import DEFAULT_CALENDAR
from tinhso.foundation.calendars.models import CalendarAssignment, CalendarVersion
from tinhso.foundation.calendars.queries import get_calendar_version
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.queries import count_inbox, count_unseen_alerts
from tinhso.foundation.cases.queries import inbox as open_work
from tinhso.foundation.cases.reading import newest_releases, releases_with
from tinhso.foundation.cases.release import Release
from tinhso.foundation.identity.models import Account, Party
from tinhso.foundation.identity.queries import people_of
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.policies import dossiers
from tinhso.systems.onestop.words import Left, say_left, say_work

PAGE = 30
Place = tuple[int | None, str]
"""Whose calendar counts: an agency (None: the default) and a procedure."""


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What of the inbox is wanted. `mine`: `mine` (claimed by me), `free` (claimed by nobody) or empty (both)."""

    post: int | None = None
    late: bool = False
    procedure: str = ""
    mine: str = ""

    @property
    def query(self) -> str:
        """As a query string that `of` reads back; empty for everything."""
        said = {"vi-tri": self.post, "han": "qua" if self.late else "", "thu-tuc": self.procedure, "ai": self.mine}
        return urlencode({name: value for name, value in said.items() if value})

    @classmethod
    def of(cls, post: str, han: str, procedure: str, mine: str) -> "InboxFilter":
        """From what a query string says; what makes no sense is ignored."""
        return cls(whole_number(post), han == "qua", procedure, mine if mine in _MINE else "")


_MINE = ("mine", "free")


@dataclass(frozen=True, slots=True)
class Work:
    """One row of the inbox."""

    task: Task
    release: Release
    step: str
    left: Left

    @property
    def case(self) -> Case:
        return self.task.case

    @property
    def applicant(self) -> str:
        """As lists show it; the whole name stands on the dossier's page, whose opening is recorded."""
        return name_in_lists(self.case.applicant)

    @property
    def procedure(self) -> str:
        return title_of(self.release)

    @property
    def of_step(self) -> bool:
        """Whether it is a declared step's work, which is claimed and assigned; what one was asked is answered."""
        return self.task.direction_id is None

    @property
    def may_claim(self) -> bool:
        return self.of_step and self.task.account_id is None and rules.may(self.case.business, "claim")


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of work; `after` is the place of the next page, empty on the last. `procedures`: (code, name) pairs
    of everything open in these posts."""

    rows: list[Work]
    after: str
    procedures: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is open in a set of posts, of which procedures; `to_sign` and `to_seal` lie with leaders and clerks."""

    open: int = 0
    late: int = 0
    mine: int = 0
    free: int = 0
    to_sign: int = 0
    to_seal: int = 0
    procedures: tuple[str, ...] = ()


def inbox(
    ctx: Context,
    posts: Sequence[Post],
    wanted: InboxFilter,
    after: str = "",
    *,
    counts: Counts,
    limit: int = PAGE,
) -> Inbox:
    """Open work of `posts`, soonest due first, from the place `after` on; `counts` is the work of all these posts.

    Seven queries at most, however much it is.
    """
    held = [post.pk for post in posts if wanted.post in (None, post.pk)]
    page = open_work(held, _narrowed(ctx, wanted), after, limit=limit, rows=_LISTED)
    works = _works(ctx, posts, page.tasks)
    shown = {row.release.code: row.release for row in works}
    others = newest_releases(set(counts.procedures) - shown.keys())
    names = {code: title_of(release) for code, release in (shown | others).items()}
    return Inbox(works, page.after, sorted(names.items(), key=lambda pair: fold(pair[1])))


_LISTED = Task.objects.select_related("case__applicant", "case__dossier", "account").only(
    *("step", "procedure", "direction_id", "post_id", "opened_at", "due_at", "account__full_name"),
    *("case__code", "case__version", "case__business", "case__custody", "case__channel", "case__release_id"),
    *("case__decided_by_id", "case__received_by_id", "case__dossier__procedure", "case__dossier__filing"),
    *("case__applicant__name", "case__applicant__kind"),
)
"""What a list shows of open work, and no more: no sealed number is opened for it."""


def waiting_for(ctx: Context, posts: Sequence[Post], role: str, *, limit: int = 100) -> list[Work]:
    """What waits on the posts of one role (leader: to sign; clerk: to number and seal), soonest due first."""
    held = [post.pk for post in posts if post.role == role]
    return _works(ctx, posts, open_work(held, Q(case__business="in_process"), limit=limit, rows=_LISTED).tasks)


def count_work(ctx: Context, posts: Iterable[int]) -> Counts:
    """All counts of the desk's navigation in one query."""
    wanted = {
        "open": Q(),
        "late": Q(due_at__lt=ctx.now),
        "mine": Q(account=ctx.account_id),
        "free": Q(account__isnull=True),
        "to_sign": Q(post__role=Post.Role.LEADER),
        "to_seal": Q(post__role=Post.Role.CLERK),
    }
    by_procedure = count_inbox(posts, wanted)
    sums = {name: sum(row[name] for row in by_procedure.values()) for name in wanted}
    return Counts(**sums, procedures=tuple(by_procedure))


def counts_for(request: Any) -> Counts:
    """`count_work` of the posts of a request's officer, counted once however many parts of the page show it."""
    if not hasattr(request, "counted_work"):
        request.counted_work = count_work(request.ctx, [post.pk for post in request.posts])
    found: Counts = request.counted_work
    return found


def colleagues(ctx: Context, posts: Sequence[Post]) -> list[Account]:
    """Who else acts from these posts today, oneself included: to whom open work may be given. One query."""
    return people_of([post.pk for post in posts], business_date(ctx.now))


def count_alerts(request: Any) -> int:
    """How much the officer's posts were told and have not seen, up to a page of it. One query."""
    return count_unseen_alerts(post.pk for post in request.posts)


def next_due(ctx: Context, posts: Sequence[Post]) -> Task | None:
    """The open work in the agencies of these posts that falls due next, whoever's it is, with its case. One query over
    the posts' own rows of the inbox's index."""
    work = Task.objects.filter(post__agency__in={post.agency_id for post in posts}, due_at__gte=ctx.now)
    return work.select_related("case__dossier").order_by("due_at").first()


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier in an answer to a search."""

    case: Case
    procedure: str

    @property
    def applicant(self) -> str:
        return name_in_lists(self.case.applicant)


def dossiers_by_code(
    account: Account, posts: Sequence[Post], code: str, before: int | None = None
) -> tuple[list[Found], int | None]:
    """Dossiers this officer may see whose code begins so; newest first, keyset by id."""
    wanted = code.strip().upper()
    return _found(dossiers.which(account, posts).filter(code__startswith=wanted), before) if wanted else ([], None)


def dossiers_by_name(
    account: Account, posts: Sequence[Post], name: str, before: int | None = None
) -> tuple[list[Found], int | None]:
    """The same by words of the applicant's name, with or without marks."""
    words = fold(name).split()
    by_name = Q()
    for word in words:
        by_name &= Q(applicant__search_key__contains=word)
    return _found(dossiers.which(account, posts).filter(by_name), before) if words else ([], None)


def name_in_lists(party: Party | None) -> str:
    """A person's name masked, an organisation's whole; empty for nobody."""
    if party is None:
        return ""
    return mask_name(party.name) if party.kind == Party.Kind.CITIZEN else party.name


def dossiers_of(account: Account, posts: Sequence[Post], party_id: int) -> list[Found]:
    """The dossiers of one applicant that this officer may see, newest first."""
    return _found(dossiers.which(account, posts).filter(applicant_id=party_id), None)[0]


def title_of(release: Release) -> str:
    """A procedure as officers call it."""
    return release.short_name or release.name


def calendars(wanted: Iterable[Place], on: date) -> dict[Place, WorkingCalendar]:
    """The calendar in force on a day for each pair, as `get_calendar` would choose it; two queries for all of them."""
    pairs = set(wanted)
    agencies = {agency for agency, _procedure in pairs if agency is not None}
    assigned: dict[Place, str] = {
        (agency, procedure): code
        for agency, procedure, code in CalendarAssignment.objects.filter(agency_id__in=agencies, valid_from__lte=on)
        .order_by("valid_from")
        .values_list("agency_id", "procedure", "calendar__code")
    }
    codes = {pair: assigned.get(pair) or assigned.get((pair[0], "")) or DEFAULT_CALENDAR for pair in pairs}
    versions = CalendarVersion.objects.filter(calendar__code__in=set(codes.values()), in_force_from__lte=on)
    newest = dict(versions.order_by("number").values_list("calendar__code", "id"))
    if missing := set(codes.values()) - set(newest):
        raise NotFound(
            "Chưa có lịch làm việc cho ngày này.",
            what_to_do=_("Nạp lịch %(names)s.") % {"names": ", ".join(sorted(missing))},
        )
    return {pair: get_calendar_version(newest[code]) for pair, code in codes.items()}


def _narrowed(ctx: Context, wanted: InboxFilter) -> Q:
    narrow = Q()
    if wanted.late:
        narrow &= Q(due_at__lt=ctx.now)
    if wanted.procedure:
        narrow &= Q(procedure=wanted.procedure)
    if wanted.mine == "mine":
        narrow &= Q(account=ctx.account_id)
    if wanted.mine == "free":
        narrow &= Q(account__isnull=True)
    return narrow


def _works(ctx: Context, posts: Sequence[Post], tasks: list[Task]) -> list[Work]:
    known = releases_with({task.case.release_id for task in tasks if task.case.release_id})
    held = calendars({_counting(task) for task in tasks}, business_date(ctx.now)) if tasks else {}
    by_id = {post.pk: post for post in posts}
    for task in tasks:
        task.post = by_id[task.post_id]
    return [
        Work(
            task=task,
            release=(release := known[task.case.release_id or 0]),
            step=_step_name(release, task),
            left=say_left(task.due_at, ctx.now, held[_counting(task)]),
        )
        for task in tasks
    ]


def _step_name(release: Release, task: Task) -> str:
    if task.direction_id:
        return _("Việc được giao")
    return say_work(next((step.name for step in release.steps if step.key == task.step), task.step), task.case)


def _counting(task: Task) -> Place:
    return task.case.decided_by_id or task.case.received_by_id, task.case.dossier.procedure


def _found(cases: QuerySet[Case], before: int | None) -> tuple[list[Found], int | None]:
    if before:
        cases = cases.filter(pk__lt=before)
    rows = list(cases.select_related("applicant", "dossier", "decided_by").order_by("-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    known = releases_with({row.release_id for row in rows if row.release_id})
    found = [Found(row, title_of(known[row.release_id]) if row.release_id in known else "") for row in rows]
    return found, rows[-1].pk if more else None


def communes_by_code(day: date) -> dict[str, str]:
    """Full names of today's communes by code, in dictionary order."""
    return {place.code: str(place) for place in communes(day)}
