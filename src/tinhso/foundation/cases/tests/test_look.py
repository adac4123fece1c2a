"""The sweep: everybody who must be told is told once, also when it is swept again or late."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.time import VN_ZONE
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.cases.actions.look import look
from tinhso.foundation.cases.models import Alert, Case, Task
from tinhso.foundation.cases.queries import unseen_alerts

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN_ZONE)


def open_work(ctx: Context, post: Post, due: str, business: str = "accepted", count: int = 1) -> list[Task]:
    made = []
    for n in range(count):
        case = Case.objects.create(
            public_id=uuid7(ctx.now),
            code=f"H44.1-261123-{n:04d}",
            kind="test",
            channel="online",
            business=business,
            submitted_at=ctx.now,
            accepted_at=None if business == "submitted" else ctx.now,
            due_at=None if business == "submitted" else at("2026-12-04T17:00"),
        )
        made.append(
            Task.objects.create(case=case, step="x", post=post, opened_at=ctx.now, due_at=at(due), look_at=ctx.now)
        )
    return made


@pytest.fixture
def counter(ctx: Context) -> Post:
    centre = Agency.objects.filter(kind="commune_centre", posts__role="head").order_by("id").first()
    assert centre is not None
    return Post.objects.filter(agency=centre, role="counter").order_by("id")[0]


def told() -> list[tuple[str, str]]:
    return [(alert.kind, alert.post.role) for alert in Alert.objects.order_by("id").select_related("post")]


def test_work_is_warned_of_and_then_told_to_those_in_charge(ctx: Context, counter: Post) -> None:
    (task,) = open_work(ctx, counter, "2026-11-27T17:00")
    look(ctx.now)
    assert told() == []
    task.refresh_from_db()
    assert task.look_at == at("2026-11-26T07:00")
    look(at("2026-11-26T07:00"))
    look(at("2026-11-26T07:00"))
    assert told() == [("warn", "counter")]
    look(at("2026-11-28T07:00"))
    assert told() == [("warn", "counter"), ("late", "counter"), ("late", "head")]
    look(at("2026-12-03T07:00"))
    task.refresh_from_db()
    assert told()[-1] == ("apologise", "counter")
    assert task.look_at is None


def test_what_came_online_and_nobody_took_is_told_within_two_hours(ctx: Context, counter: Post) -> None:
    (task,) = open_work(ctx, counter, "2026-11-24T17:00", "submitted")
    look(ctx.now)
    look(ctx.now + timedelta(hours=2))
    assert told() == [("unclaimed", "counter")]
    assert [alert.case_id for alert in unseen_alerts([counter.pk])] == [task.case_id]


def test_a_sweep_that_comes_late_tells_all_it_missed_once(ctx: Context, counter: Post) -> None:
    open_work(ctx, counter, "2026-11-27T17:00")
    for _ in range(2):
        look(at("2026-12-20T08:00"))
    assert sorted(kind for kind, _ in told()) == ["apologise", "late", "late", "warn"]


def test_a_new_due_date_is_told_of_anew(ctx: Context, counter: Post) -> None:
    (task,) = open_work(ctx, counter, "2026-11-26T17:00")
    look(at("2026-11-25T08:00"))
    Task.objects.filter(pk=task.pk).update(due_at=at("2026-11-30T17:00"), look_at=at("2026-11-25T08:00"))
    look(at("2026-11-27T08:00"))
    assert told() == [("warn", "counter"), ("warn", "counter")]


def test_looking_costs_the_same_few_queries_for_each_task(ctx: Context, counter: Post) -> None:
    def cost(count: int) -> int:
        Task.objects.all().delete()
        Case.objects.all().delete()
        open_work(replace(ctx), counter, "2026-12-15T17:00", count=count)
        with CaptureQueriesContext(connection) as queries:
            assert look(ctx.now) == count
        return len(queries)

    few, many = cost(2), cost(12)
    assert (many - few) % 10 == 0
    assert (many - few) // 10 <= 3
