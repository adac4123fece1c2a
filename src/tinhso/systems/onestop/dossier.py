"""One dossier as an officer sees it: everything on the page, and what this officer may do with it now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.core.language import reader_language
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Place, Post
from tinhso.foundation.agencies.queries import communes, on_day
from tinhso.foundation.cases.models import Case, CasePaper, Direction, StepRecord, Task
from tinhso.foundation.cases.queries import current_answers, directions_of, get_case, papers_of, steps_taken
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.cases.release import Act, Paper, Release, Step, StepKind, Variant
from tinhso.foundation.cases.release import Result as DeclaredResult
from tinhso.foundation.cases.words import say_act
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.forms.rules.filling import SummaryRow, summary
from tinhso.foundation.identity.events import RecordOpened
from tinhso.foundation.identity.models import Account
from tinhso.foundation.payments.models import PaymentRequest
from tinhso.foundation.payments.queries import requests_of_case, standings_of_cases
from tinhso.foundation.payments.words import say_standing
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.actions.decide import expected_results
from tinhso.systems.onestop.actions.flow import coming_step, earlier_steps, flow_of, following_steps
from tinhso.systems.onestop.actions.handle import assignable
from tinhso.systems.onestop.actions.see_draft import unseen
from tinhso.systems.onestop.counter import recorded_answers
from tinhso.systems.onestop.models import Dossier, Result, Slip, Supplement
from tinhso.systems.onestop.policies import dossiers
from tinhso.systems.onestop.queries import calendars, title_of
from tinhso.systems.onestop.rules import Disagreement, disagreements
from tinhso.systems.onestop.slips import TITLES
from tinhso.systems.onestop.words import (
    STATE_TONES,
    Left,
    say_differing,
    say_fee_line,
    say_left,
    say_return,
    say_work,
    show,
)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was handed in of one required paper."""

    key: str
    paper: Paper | None
    rows: list[CasePaper]

    @property
    def name(self) -> str:
        return self.paper.name if self.paper else self.key

    @property
    def originals(self) -> int:
        return sum(row.originals for row in self.rows)

    @property
    def copies(self) -> int:
        return sum(row.copies for row in self.rows)

    @property
    def files(self) -> list[FileRef]:
        return [row.file for row in self.rows if row.file]


@dataclass(frozen=True, slots=True)
class Money:
    """The dossier's latest request for money."""

    request: PaymentRequest
    due: int
    said: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline, done or to come. `state` as the design system's steps take it."""

    title: str
    state: str
    who: str = ""
    when: datetime | None = None
    note: str = ""
    left: Left | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier on the screen. `task`: the work of a post of this officer, if any; `acts`: what may be done now."""

    case: Case
    dossier: Dossier
    release: Release
    variant: Variant
    answers: dict[str, Any]
    said: list[tuple[str, list[SummaryRow]]]
    papers: list[Entered]
    results: list[Result]
    slips: list[tuple[Slip, str]]
    supplement: Supplement | None
    money: Money | None
    timeline: list[Moment]
    left: Left | None
    task: Task | None
    task_left: Left | None
    step: Step | None
    following: tuple[Step, ...]
    earlier: tuple[Step, ...]
    asked: Direction | None
    directions: list[Direction]
    colleague: Account | None
    acts: frozenset[str]
    unseen: tuple[str, ...] = ()
    differs: tuple[Disagreement, ...] = ()

    @property
    def title(self) -> str:
        return title_of(self.release)

    @property
    def work(self) -> str:
        """What is to be done at the step, as the page names it."""
        return say_work(self.step.name, self.case) if self.step else ""

    @property
    def tone(self) -> str:
        return STATE_TONES[self.case.business]

    @property
    def filed_for(self) -> bool:
        """Whether somebody typed it in for the applicant."""
        return self.dossier.filing != Dossier.Filing.SELF

    @property
    def differing(self) -> list[tuple[str, str, str]]:
        """Before acceptance, where the answers and the applicant's record disagree: (question, answered, kept)."""
        form = self.release.form
        return [(form.question(one.question).title, show(one.answered), show(one.kept)) for one in self.differs]

    @property
    def differing_said(self) -> str:
        return say_differing(self.differs, self.release.form)

    @property
    def returned(self) -> str:
        return say_return(self.dossier.return_by, self.case.returned_by)

    @property
    def why(self) -> str:
        """The due date's sentence, as the citizen reads it too."""
        said = self.dossier.explanation or {}
        return str(said.get(reader_language()) or said.get("vi", ""))

    @property
    def named_results(self) -> list[tuple[Result, str]]:
        return [(result, self.release.result(result.key).name) for result in self.results]


def find_visible(account: Account, posts: Sequence[Post], code: str) -> Case:
    """The dossier with this code, where a post of this officer gives sight of it. Raises NotFound otherwise."""
    case = get_case(code)
    if not dossiers.may_see(account, case, posts):
        raise NotFound(
            _("Không có hồ sơ %(code)s trong phạm vi các cơ quan đang công tác.") % {"code": case.code},
            what_to_do="Kiểm tra lại mã; nếu cần xem, nhờ cơ quan đang giữ hồ sơ.",
        )
    return case


@transaction.atomic
def note_opening(ctx: Context, case: Case, what: str, purpose: str) -> None:
    """Record that an officer opened a dossier or a paper of it; written before the answer is."""
    record(ctx, RecordOpened(what=what, purpose=purpose), subject=("case", case.pk), case_id=case.pk)


def acting_context(ctx: Context, posts: Sequence[Post], task: Task | None) -> Context:
    """The same person acting from the post on which the work lies, where they hold it."""
    post = next((post for post in posts if task and post.pk == task.post_id), None)
    return replace(ctx, post_id=post.pk, agency_id=post.agency_id) if post else ctx


def counter_context(ctx: Context, posts: Sequence[Post]) -> Context | None:
    """The same person acting from a counter they hold: the acting post when it is one; None without."""
    counters = [post for post in posts if post.role in (Post.Role.COUNTER, Post.Role.HEAD)]
    post = next((post for post in counters if post.pk == ctx.post_id), counters[0] if counters else None)
    return replace(ctx, post_id=post.pk, agency_id=post.agency_id) if post else None


def open_dossier(ctx: Context, posts: Sequence[Post], case: Case) -> Opened:
    """Everything about `case` for an officer holding `posts`."""
    release, dossier = release_of(case), Dossier.objects.get(case=case)
    tasks = list(Task.objects.filter(case=case).select_related("post__agency", "account").order_by("due_at", "pk"))
    held = {post.pk for post in posts}
    own = [task for task in tasks if task.post_id in held]
    task = next((task for task in own if task.account_id in (None, ctx.account_id)), None)
    step = next((step for step in release.steps if task and not task.direction_id and step.key == task.step), None)
    directions = directions_of(case.pk)
    answers = current_answers(case.pk).answers
    results = list(Result.objects.filter(case=case).select_related("draft", "signed", "file").order_by("id"))
    following = tuple(following_steps(release, case, step)) if step else ()
    place = case.decided_by_id or case.received_by_id, release.code
    calendar = calendars({place}, business_date(ctx.now))[place]
    supplement = Supplement.objects.filter(case=case, answered_at__isnull=True).first()
    money = _money(case)
    variant = release.case(case.case_key)
    runs = case.business in ("accepted", "in_process") and case.due_at
    return Opened(
        case=case,
        dossier=dossier,
        release=release,
        variant=variant,
        answers=answers,
        said=_said(release, answers, communes(business_date(ctx.now))),
        papers=_papers(case, release, variant, answers),
        results=results,
        slips=[(slip, TITLES.get(slip.kind, slip.kind)) for slip in Slip.objects.filter(case=case).order_by("id")],
        supplement=supplement,
        money=money,
        timeline=_timeline(ctx, case, release, variant, tasks, calendar),
        left=say_left(case.due_at, ctx.now, calendar) if runs and case.due_at else None,
        task=task,
        task_left=say_left(task.due_at, ctx.now, calendar) if task else None,
        step=step,
        following=following,
        earlier=tuple(earlier_steps(release, case, step)) if step and Act.SEND_BACK in step.acts else (),
        asked=next((one for one in directions if task and one.pk == task.direction_id), None),
        directions=directions,
        colleague=own[0].account if own and task is None else None,
        acts=_acts(ctx, posts, case, task, step, money, supplement, directions),
        unseen=_unseen(ctx, case, release, step, following, results),
        differs=_differs(case, release, answers) if case.business == Case.Business.SUBMITTED else (),
    )


def _unseen(
    ctx: Context, case: Case, release: Release, step: Step | None, following: tuple[Step, ...], results: list[Result]
) -> tuple[str, ...]:
    """Before the leader's step, the coming results whose draft this officer has not seen, drawn up or not."""
    if step is None or all(one.kind is not StepKind.SIGN for one in following):
        return ()
    return unseen(ctx.actor, _coming_keys(release, case, step), results)


def _differs(case: Case, release: Release, answers: dict[str, Any]) -> tuple[Disagreement, ...]:
    known = recorded_answers(release, case.applicant) if case.applicant else {}
    return disagreements(release.form, answers, known)


def transfer_targets(ctx: Context, task: Task) -> list[Post]:
    """The other posts of the same role in the agency that share a field of work, to which open work may be handed."""
    day, fields = business_date(ctx.now), set(task.post.sectors)
    posts = Post.objects.filter(on_day(day), agency_id=task.post.agency_id, role=task.post.role)
    others = posts.exclude(pk=task.post_id).order_by("pk")
    return [post for post in others if not fields or not post.sectors or fields & set(post.sectors)]


def _acts(
    ctx: Context,
    posts: Sequence[Post],
    case: Case,
    task: Task | None,
    step: Step | None,
    money: Money | None,
    supplement: Supplement | None,
    directions: list[Direction],
) -> frozenset[str]:
    """What the step declares and the state allows, the work's own moves, what comes of others being asked, and the
    counter's two: cash, supplement."""
    acts: set[str] = set()
    if task and task.direction_id:
        acts = {"answer"} | ({"direct"} if rules.may(case.business, "direct") else set())
    if rules.may(case.business, "assign") and ctx.post_id and assignable(ctx, case):
        acts.add("assign")
    if any(one.state == Direction.State.OPEN and one.from_post_id == ctx.post_id for one in directions):
        acts.add("withdraw_direction")
    if task and step:
        verbs = {*filter(None, map(rules.DECLARED.get, step.acts)), *rules.FOLLOWS, "direct"}
        acts |= {verb for verb in verbs if rules.may(case.business, verb) and rules.step_allows(step.acts, verb)}
        if task.account_id is None and rules.may(case.business, "claim"):
            acts.add("claim")
        acts.discard("settle" if case.custody == Case.Custody.AT_CENTRE else "give_back")
        acts.discard("transfer")
        if rules.may(case.business, "transfer") and transfer_targets(ctx, task):
            acts.add("transfer")
        if supplement is None and Supplement.objects.filter(case=case).exists():
            acts.discard("ask_supplement")
    if counter_context(ctx, posts):
        if money and money.due:
            acts.add("take_cash")
        if supplement and case.received_by_id in {post.agency_id for post in posts}:
            acts.add("supply")
    return frozenset(acts)


def _said(release: Release, answers: dict[str, Any], places: list[Place]) -> list[tuple[str, list[SummaryRow]]]:
    rows = summary(release.form, answers, {place.code: str(place) for place in places}, translated)
    return [
        (release.form.page(key).title, [row for row in group if row.value])
        for key, group in groupby(rows, key=lambda row: row.page)
    ]


def _papers(case: Case, release: Release, variant: Variant, answers: dict[str, Any]) -> list[Entered]:
    """Required papers in the release's order with what came of each, then whatever else was handed in."""
    rows: dict[str, list[CasePaper]] = {}
    for row in papers_of(case.pk):
        rows.setdefault(row.key, []).append(row)
    wanted = {paper.key: paper for paper in release.papers_for(variant, answers)}
    return [Entered(key, wanted.get(key), rows.get(key, [])) for key in dict.fromkeys([*wanted, *rows])]


def _money(case: Case) -> Money | None:
    requests = requests_of_case(case.pk)
    if not requests:
        return None
    standing = standings_of_cases([case.pk])[case.pk][-1]
    lines = [say_fee_line(line) for line in requests[-1].lines]
    return Money(requests[-1], standing.due, say_standing(standing, reader_language()), lines)


def _timeline(
    ctx: Context, case: Case, release: Release, variant: Variant, tasks: list[Task], calendar: Any
) -> list[Moment]:
    """What was done, by whom; what is being done; what is still to come."""
    done = [row for row in steps_taken(case.pk) if row.act != "resolve"]
    people = Account.objects.in_bulk([pk for row in done for pk in (row.actor_id, row.stood_in_for_id) if pk])
    posts = Post.objects.select_related("agency").in_bulk([row.post_id for row in done if row.post_id])
    moments = [_past(row, people, posts) for row in done]
    names = {step.key: step.name for step in release.steps}
    for task in [task for task in tasks if not task.direction_id]:
        left = say_left(task.due_at, ctx.now, calendar)
        who = f"{task.account}, {task.post}" if task.account else str(task.post)
        state = "late" if left.late else "current"
        title = say_work(names.get(task.step, task.step), case)
        moments.append(Moment(title, state, who=who, when=task.opened_at, left=left))
    if tasks and case.business in ("submitted", "accepted", "in_process"):
        ways, opened = flow_of(release, case), {task.step for task in tasks}
        moments += [Moment(names[key], "waiting") for key in ways.waits_for if opened & ways.before(key)]
    return moments


def _past(row: StepRecord, people: dict[int, Account], posts: dict[int, Post]) -> Moment:
    person, post = people.get(row.actor_id or 0), posts.get(row.post_id or 0)
    whose = people.get(row.stood_in_for_id or 0)
    stead = _("làm thay %(who)s") % {"who": whose} if whose else ""
    who = ", ".join(str(part) for part in (person, stead, post) if part)
    state = {"reject": "refused", "refuse": "refused", "ask_supplement": "paused"}.get(row.act, "done")
    return Moment(say_act(row.act), state, who=who, when=row.recorded_at, note=row.note)


def is_signing(step: Step | None) -> bool:
    """Whether the step's work is to read a finished paper and sign or seal it."""
    return step is not None and step.kind in (StepKind.SIGN, StepKind.ISSUE)


def coming_results(opened: Opened) -> tuple[DeclaredResult, ...]:
    """The results that the next signature on the way is for, in this case."""
    if opened.step is None:
        return ()
    return tuple(opened.release.result(key) for key in _coming_keys(opened.release, opened.case, opened.step))


def _coming_keys(release: Release, case: Case, step: Step) -> tuple[str, ...]:
    issuing = coming_step(release, case, step, StepKind.ISSUE)
    return expected_results(release, case, issuing) if issuing else ()
