"""The engine: one wins, the other is shown what changed; releases stay as they are; the inbox stays flat."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, NotFound
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.actions.publish import publish
from tinhso.foundation.cases.models import Case, ReleasePublication, Task
from tinhso.foundation.cases.queries import find_release, get_case, inbox, releases_in_force
from tinhso.foundation.cases.reading import read_release


def make_case(ctx: Context, code: str = "H44.1-261123-0001") -> Case:
    return Case.objects.create(
        public_id=uuid7(ctx.now), code=code, kind="test", channel="online", business="submitted", submitted_at=ctx.now
    )


@pytest.mark.django_db
def test_who_acts_on_an_old_screen_is_shown_what_was_done(ctx: Context) -> None:
    case = make_case(ctx)
    keep_record(ctx, lock(case.pk, 1), "accept", to_state="accepted")
    with pytest.raises(Conflict) as refused:
        lock(case.pk, 1)
    assert refused.value.changes == ("09:00 23/11/2026: Tiếp nhận hồ sơ",)
    assert lock(case.pk, 2).business == "accepted"


@pytest.mark.django_db
def test_what_the_machine_notes_makes_no_screen_old(ctx: Context) -> None:
    case = make_case(ctx)
    keep_record(ctx, lock(case.pk, None), "pay", counts=False)
    assert lock(case.pk, 1).version == 1


@pytest.mark.django_db
def test_an_unknown_code_is_told_kindly(ctx: Context) -> None:
    with pytest.raises(NotFound, match="Không có hồ sơ nào mang mã"):
        get_case(" h44.1-000000-9999 ")


@pytest.mark.django_db
def test_publishing_what_is_in_force_changes_nothing(ctx: Context) -> None:
    day = business_date(ctx.now)
    row = find_release("1.001193", day)
    assert row is not None
    before = ReleasePublication.objects.count()
    assert publish(ctx, read_release(row), day, row.templates) == row
    assert ReleasePublication.objects.count() == before


@pytest.mark.django_db
def test_a_new_release_is_in_force_from_its_day_and_not_before(ctx: Context) -> None:
    day = business_date(ctx.now)
    old = find_release("1.001193", day)
    assert old is not None
    new = publish(ctx, read_release(old), day + timedelta(days=5), {**old.templates, "x.typ": "= X"})
    assert find_release("1.001193", day + timedelta(days=4)) == old
    assert find_release("1.001193", day + timedelta(days=5)) == new
    assert releases_in_force(day)["1.001193"] == old


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [10, 200])
def test_the_inbox_costs_one_query_however_much_is_in_it(ctx: Context, amount: int) -> None:
    post = Post.objects.all()[0]
    case = make_case(ctx)
    Task.objects.bulk_create(
        Task(case=case, post=post, opened_at=ctx.now, due_at=ctx.now + timedelta(hours=number))
        for number in range(amount)
    )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = inbox([post.pk])
        assert all(task.case.code for task in page.tasks)
    assert len(queries) == 1
    seen = [task.pk for task in page.tasks]
    while page.after:
        page = inbox([post.pk], page.after)
        seen += [task.pk for task in page.tasks]
    assert len(seen) == len(set(seen)) == amount


@pytest.mark.django_db
def test_a_made_up_place_in_the_list_is_refused(ctx: Context) -> None:
    with pytest.raises(NotFound):
        inbox([1], "hôm qua,xyz")
