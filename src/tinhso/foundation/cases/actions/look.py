"""Look through open work for what somebody must be told, each minute."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.calendars.queries import get_calendar, get_period
from tinhso.foundation.calendars.rules.period import Period
from tinhso.foundation.cases.events import WorkAlerted
from tinhso.foundation.cases.models import Alert, Case, Task
from tinhso.foundation.cases.rules.timers import PERIODS, TELLS_HEAD, Timer, Work, moments
from tinhso.foundation.events.actions.record import record

BATCH = 200


@transaction.atomic
def look(now: datetime) -> int:
    """Tell what is to be told by `now` about the tasks whose turn it is, and set when each is looked at next.

    Returns how many tasks were looked at. Killed in between, nothing is told twice: it is one transaction, and an
    alert is unique for its work, kind, post and due moment.
    """
    rows = Task.objects.select_for_update(skip_locked=True, of=("self",)).filter(look_at__lte=now)
    tasks = list(rows.select_related("case", "post__agency").order_by("look_at", "id")[:BATCH])
    if not tasks:
        return 0
    day = business_date(now)
    periods = {timer: get_period(key, day) for timer, key in PERIODS.items()}
    heads = _heads({task.post.agency_id for task in tasks}, day)
    for task in tasks:
        _look_at(Context(now=now, request_id="worker"), task, periods, heads.get(task.post.agency_id, []))
    return len(tasks)


def _look_at(ctx: Context, task: Task, periods: Mapping[Timer, Period], heads: list[Post]) -> None:
    calendar = get_calendar(task.post.agency_id, task.procedure, business_date(ctx.now))
    coming = moments(_work(task), periods, calendar)
    for moment, timer in coming:
        if moment <= ctx.now:
            told = [task.post, *heads] if timer in TELLS_HEAD else [task.post]
            _tell(ctx, task, timer, [post for n, post in enumerate(told) if post not in told[:n]])
    task.look_at = min((moment for moment, _ in coming if moment > ctx.now), default=None)
    task.save(update_fields=["look_at"])


def _tell(ctx: Context, task: Task, timer: Timer, posts: list[Post]) -> None:
    due = task.case.due_at if timer is Timer.APOLOGISE and task.case.due_at else task.due_at
    known = set(Alert.objects.filter(about=task.pk, kind=timer.value, due_at=due).values_list("post_id", flat=True))
    fresh = [post for post in posts if post.pk not in known]
    if not fresh:
        return
    Alert.objects.bulk_create(
        Alert(kind=timer.value, case=task.case, about=task.pk, post=post, due_at=due, told_at=ctx.now) for post in fresh
    )
    told = WorkAlerted(timer.value, task.step, due.isoformat(), tuple(post.key for post in fresh))
    record(ctx, told, subject=("case", task.case_id), case_id=task.case_id, agency_id=task.post.agency_id)


def _work(task: Task) -> Work:
    entry = task.case.business == Case.Business.SUBMITTED
    of_step = not task.direction_id
    return Work(
        opened_at=task.opened_at,
        due_at=task.due_at,
        case_due=task.case.due_at if of_step else None,
        claimed=task.account_id is not None,
        entry=entry and of_step,
    )


def _heads(agencies: set[int], day: date) -> dict[int, list[Post]]:
    """Those in charge of each agency: of a centre its head, elsewhere its leaders."""
    found: dict[int, list[Post]] = {}
    for post in Post.objects.filter(on_day(day), agency_id__in=agencies, role__in=(Post.Role.HEAD, Post.Role.LEADER)):
        found.setdefault(post.agency_id, []).append(post)
    return found
