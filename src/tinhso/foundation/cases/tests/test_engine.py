"""The engine: one wins, the other is shown what changed; releases stay as they are; the inbox stays flat."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, NotFound
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.actions.publish import publish
from tinhso.foundation.cases.models import Case, ReleasePublication, StepNote, StepRecord, Task
from tinhso.foundation.cases.queries import (
    acts_taken,
    count_inbox,
    find_release,
    get_case,
    inbox,
    releases_in_force,
    steps_taken,
)
from tinhso.foundation.cases.reading import read_release


def make_case(ctx: Context, code: str = "H44.1-261123-0001") -> Case:
    return Case.objects.create(
        public_id=uuid7(ctx.now), code=code, kind="test", channel="online", business="submitted", submitted_at=ctx.now
    )


@pytest.mark.django_db
def test_who_acts_on_an_old_screen_is_shown_what_was_done(ctx: Context) -> None:
    case = make_case(ctx)
    mine = lock(case.pk, 1)
    mine.accepted_at = ctx.now
    keep_record(ctx, mine, "accept", to_state="accepted", changed=("accepted_at",))
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
def test_what_was_written_beside_an_act_is_sealed_and_only_officers_questions_read_it(ctx: Context) -> None:
    case = make_case(ctx)
    keep_record(ctx, lock(case.pk, None), "withdraw", note="Tôi đổi ý, số 0912")
    keep_record(ctx, lock(case.pk, None), "pay")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM cases_step_note")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert b"0912" not in bytes(rows[0][0])
    assert [row.note for row in steps_taken(case.pk)] == ["Tôi đổi ý, số 0912", ""]
    assert [row.note for row in acts_taken(case.pk)] == ["", ""]


@pytest.mark.django_db
def test_an_act_stays_readable_when_its_words_are_erased(ctx: Context) -> None:
    assert StepNote.erasable
    case = make_case(ctx)
    StepRecord.objects.create(
        id=uuid7(ctx.now),
        recorded_at=ctx.now,
        case_id=case.pk,
        case_version=1,
        step="",
        act="close",
        from_state="",
        to_state="closed",
    )
    assert [(row.act, row.note) for row in steps_taken(case.pk)] == [("close", "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"business": "sleeping"}, "cases_case_business_known"),
        ({"business": "in_process"}, "cases_case_accepted"),
        ({"business": "returned"}, "cases_case_accepted"),
        ({"money": ""}, "cases_case_money_known"),
    ],
)
def test_the_database_itself_refuses_a_state_that_cannot_be(ctx: Context, change: dict[str, str], promise: str) -> None:
    case = make_case(ctx)
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def open_work(ctx: Context, case: Case, post: Post, amount: int) -> None:
    Task.objects.bulk_create(
        Task(
            case=case,
            step=str(number),
            procedure="even" if number % 2 == 0 else "odd",
            post=post,
            opened_at=ctx.now,
            due_at=ctx.now + timedelta(hours=number),
        )
        for number in range(amount)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [10, 200])
@pytest.mark.parametrize("held", [1, 3])
def test_the_inbox_of_one_post_costs_one_query_and_of_several_two(ctx: Context, amount: int, held: int) -> None:
    posts = list(Post.objects.order_by("pk")[:held])
    case = make_case(ctx)
    for post in posts:
        open_work(ctx, case, post, amount)
    ids = [post.pk for post in posts]
    with CaptureQueriesContext(connection) as queries:
        page = inbox(ids)
        assert all(task.case.code and task.post.agency.name for task in page.tasks)
    assert len(queries) == min(held, 2)
    seen = [task.pk for task in page.tasks]
    while page.after:
        page = inbox(ids, after=page.after)
        seen += [task.pk for task in page.tasks]
    assert seen == list(Task.objects.order_by("due_at", "pk").values_list("pk", flat=True))
    assert len(seen) == amount * held


@pytest.mark.django_db
def test_the_inbox_is_narrowed_and_counted_in_one_query_as_it_is(ctx: Context) -> None:
    post = Post.objects.all()[0]
    open_work(ctx, make_case(ctx), post, 210)
    assert {task.procedure for task in inbox([post.pk], Q(procedure="odd")).tasks} == {"odd"}
    with CaptureQueriesContext(connection) as queries:
        counted = count_inbox([post.pk], {"all": Q(), "soon": Q(due_at__lt=ctx.now + timedelta(hours=7))})
    assert (counted, len(queries)) == ({"even": {"all": 105, "soon": 4}, "odd": {"all": 105, "soon": 3}}, 1)
    assert inbox([]).tasks == []


@pytest.mark.django_db
def test_the_same_work_is_not_opened_twice(ctx: Context) -> None:
    case, post = make_case(ctx), Post.objects.all()[0]
    open_work(ctx, case, post, 1)
    with pytest.raises(IntegrityError, match="cases_task_once"), transaction.atomic():
        open_work(ctx, case, post, 1)


@pytest.mark.django_db
def test_a_made_up_place_in_the_list_is_refused(ctx: Context) -> None:
    with pytest.raises(NotFound):
        inbox([1], after="hôm qua,xyz")
