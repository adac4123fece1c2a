"""People ask one another: tasks at the posts asked, answers that come up, nothing given twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.core.ids import uuid7
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.actions.close_direction import answer_direction, withdraw_direction
from tinhso.foundation.cases.actions.give_directions import Order, give_directions
from tinhso.foundation.cases.models import Alert, Case, Direction, Task
from tinhso.foundation.cases.queries import direction_tree, inbox, steps_taken, unseen_alerts
from tinhso.foundation.cases.rules.directions import Part
from tinhso.foundation.events.models import Event
from tinhso.foundation.identity.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(ctx: Context) -> list[Context]:
    """Four officers, each acting from a post of their own."""
    held = Appointment.objects.filter(post__role="specialist").select_related("post").order_by("post_id", "id")
    one_each = {row.post_id: row for row in held}
    return [
        replace(ctx, account_id=row.account_id, post_id=row.post_id, agency_id=row.post.agency_id)
        for row in list(one_each.values())[:4]
    ]


@pytest.fixture
def case(ctx: Context) -> Case:
    return Case.objects.create(
        public_id=uuid7(ctx.now),
        code="H44.1-261123-0001",
        kind="directive",
        channel="in_person",
        business="accepted",
        submitted_at=ctx.now,
        accepted_at=ctx.now,
        due_at=ctx.now + timedelta(days=9),
    )


def order(to: Context, part: Part = Part.LEAD, days: int = 5) -> Order:
    return Order(Post.objects.get(pk=to.post), part, to.now + timedelta(days=days), "Kiểm tra hiện trạng thửa đất")


def later(ctx: Context, days: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(days=days))


def test_what_is_asked_lies_at_once_in_the_inbox_of_who_was_asked(people: list[Context], case: Case) -> None:
    asker, lead, helper, _ = people
    given = give_directions(asker, case, [order(lead), order(helper, Part.SUPPORT, 3)])
    assert [task.direction_id for task in inbox([lead.post]).tasks] == [given[0].pk]
    assert [task.direction_id for task in inbox([helper.post]).tasks] == [given[1].pk]
    assert steps_taken(case.pk)[0].act == "direct"
    assert Event.objects.filter(type="cases.direction.given", case_id=case.pk).count() == 2


def test_answers_come_up_the_tree_and_whoever_asked_is_told(people: list[Context], case: Case) -> None:
    asker, lead, helper, _ = people
    top = give_directions(asker, case, [order(lead)])[0]
    below = give_directions(lead, case, [order(helper, days=4)], parent=top)[0]
    with pytest.raises(Conflict, match="Còn 1 việc"):
        answer_direction(lead, top.pk, "Đã kiểm tra")
    answer_direction(helper, below.pk, "Đúng ranh giới")
    answer_direction(lead, top.pk, "Đã kiểm tra, đúng ranh giới")
    assert direction_tree(case.pk).progress(None, asker.now).complete
    assert not Task.objects.filter(case=case).exists()
    assert [alert.kind for alert in unseen_alerts([asker.post])] == ["answered"]
    assert [row.act for row in steps_taken(case.pk)][-2:] == ["answer", "answer"]


def test_answering_makes_no_colleagues_screen_old(people: list[Context], case: Case) -> None:
    asker, lead, *_ = people
    top = give_directions(asker, case, [order(lead)])[0]
    answer_direction(lead, top.pk, "Đã làm")
    assert Case.objects.get(pk=case.pk).version == case.version


def test_another_post_neither_answers_nor_withdraws(people: list[Context], case: Case) -> None:
    asker, lead, helper, _ = people
    top = give_directions(asker, case, [order(lead)])[0]
    with pytest.raises(Forbidden):
        answer_direction(helper, top.pk, "Tôi trả lời thay")
    with pytest.raises(Forbidden):
        withdraw_direction(lead, top.pk, "Không cần nữa")


def test_what_is_withdrawn_takes_what_came_of_it_along(people: list[Context], case: Case) -> None:
    asker, lead, helper, _ = people
    top = give_directions(asker, case, [order(lead)])[0]
    below = give_directions(lead, case, [order(helper, days=4)], parent=top)[0]
    withdraw_direction(asker, top.pk, "Dân đã rút đơn")
    assert {row.state for row in Direction.objects.filter(case=case)} == {"withdrawn"}
    assert not Task.objects.filter(case=case).exists()
    with pytest.raises(Conflict, match="đã rút rồi"):
        answer_direction(helper, below.pk, "Xong")


def test_a_refused_order_gives_nothing_to_anybody(people: list[Context], case: Case) -> None:
    asker, lead, helper, other = people
    with pytest.raises(Invalid) as refused:
        give_directions(asker, case, [order(lead), order(helper, Part.LEAD), order(other, Part.SUPPORT, 30)])
    assert set(refused.value.fields) == {"0.post", "2.until"}
    assert not Direction.objects.exists()


def test_words_are_asked_for(people: list[Context], case: Case) -> None:
    asker, lead, *_ = people
    with pytest.raises(Invalid, match="Chưa giao được"):
        give_directions(asker, case, [replace(order(lead), content=" ? ")])
    with pytest.raises(Invalid, match="Chưa giao được"):
        give_directions(asker, case, [])
    top = give_directions(asker, case, [order(lead)])[0]
    with pytest.raises(Invalid, match="Chưa có nội dung"):
        answer_direction(lead, top.pk, " ")


def test_a_late_opinion_holds_nobody_up_and_is_still_taken(people: list[Context], case: Case) -> None:
    asker, other, *_ = people
    asked = give_directions(asker, case, [order(other, Part.OPINION, 2)])[0]
    assert not direction_tree(case.pk).progress(None, asker.now).complete
    assert direction_tree(case.pk).progress(None, later(asker, 4).now).complete
    answer_direction(later(other, 5), asked.pk, "Đồng ý")
    assert '"on_time":false' in Event.objects.get(type="cases.direction.closed").payload


def test_the_database_itself_keeps_one_lead(people: list[Context], case: Case) -> None:
    asker, lead, helper, _ = people
    first = give_directions(asker, case, [order(lead)])[0]
    twin = Direction.objects.get(pk=first.pk)
    twin.pk, twin.public_id, twin.to_post_id = None, uuid7(asker.now), helper.post
    with pytest.raises(IntegrityError, match="cases_direction_one_lead"), transaction.atomic():
        twin.save(force_insert=True)


def test_what_is_asked_is_kept_sealed(people: list[Context], case: Case) -> None:
    asker, lead, *_ = people
    give_directions(asker, case, [order(lead)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM cases_direction")
        assert "thửa đất".encode() not in bytes(cursor.fetchall()[0][0])
    assert not Alert.objects.exists()
