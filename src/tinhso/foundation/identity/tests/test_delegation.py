"""Standing in for a colleague: for some days, in one post, seen by everybody, never in a circle."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden, Invalid, NotFound
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.actions.delegate import delegate, end_delegation
from tinhso.foundation.identity.models import Account, Appointment, Delegation
from tinhso.foundation.identity.queries import held_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(ctx: Context) -> list[Appointment]:
    """Three people of one agency, the first of whom is in charge."""
    leader = Appointment.objects.filter(post__role="leader", post__agency__kind="commune_committee").order_by("id")[0]
    beside = Appointment.objects.filter(post__agency=leader.post.agency).exclude(account=leader.account)
    others = {row.account_id: row for row in beside.order_by("id")}
    return [leader, *list(others.values())[:2]]


def acting(ctx: Context, row: Appointment) -> Context:
    return replace(ctx, account_id=row.account_id, post_id=row.post_id, agency_id=row.post.agency_id)


def stand_in(ctx: Context, holder: Appointment, deputy: Appointment, days: int = 3, start: int = 0) -> Delegation:
    begins = business_date(ctx.now) + timedelta(days=start)
    return delegate(
        ctx,
        post_id=holder.post_id,
        holder_id=holder.account_id,
        deputy_id=deputy.account_id,
        begins=begins,
        ends=begins + timedelta(days=days),
        ground="Đi họp",
    )


def posts_of(row: Appointment, day: date) -> set[int]:
    return {post.pk for post in held_posts(row.account_id, day)}


def test_a_deputy_acts_from_the_post_for_those_days_only(ctx: Context, office: list[Appointment]) -> None:
    _, holder, deputy = office
    today = business_date(ctx.now)
    stand_in(acting(ctx, holder), holder, deputy)
    assert holder.post_id in posts_of(deputy, today)
    assert holder.post_id in posts_of(deputy, today + timedelta(days=3))
    assert holder.post_id not in posts_of(deputy, today + timedelta(days=4))
    assert holder.post_id in posts_of(holder, today)


def test_it_is_known_for_whom_somebody_acts(ctx: Context, office: list[Appointment]) -> None:
    _, holder, deputy = office
    today = business_date(ctx.now)
    stand_in(acting(ctx, holder), holder, deputy)
    whose = {post.pk: post.stood_in_for for post in held_posts(deputy.account_id, today)}
    assert whose[holder.post_id] == holder.account_id
    assert whose[deputy.post_id] is None
    assert {post.stood_in_for for post in held_posts(holder.account_id, today)} == {None}


def test_who_leaves_the_post_takes_the_deputy_along(ctx: Context, office: list[Appointment]) -> None:
    _, holder, deputy = office
    today = business_date(ctx.now)
    stand_in(acting(ctx, holder), holder, deputy)
    Appointment.objects.filter(pk=holder.pk).update(valid_to=today + timedelta(days=1))
    assert holder.post_id not in posts_of(deputy, today + timedelta(days=1))


def test_who_is_in_charge_may_appoint_a_deputy_and_a_colleague_may_not(ctx: Context, office: list[Appointment]) -> None:
    leader, holder, deputy = office
    with pytest.raises(Forbidden):
        stand_in(acting(ctx, deputy), holder, deputy)
    assert stand_in(acting(ctx, leader), holder, deputy).given_by == leader.account


def test_people_do_not_stand_in_for_one_another_in_a_circle(ctx: Context, office: list[Appointment]) -> None:
    leader, one, other = office
    stand_in(acting(ctx, leader), one, other)
    stand_in(acting(ctx, leader), other, leader)
    with pytest.raises(Invalid) as refused:
        stand_in(acting(ctx, leader), leader, one)
    assert "vòng" in refused.value.fields["deputy"]
    stand_in(acting(ctx, leader), leader, one, start=10)


def test_one_deputy_at_a_time(ctx: Context, office: list[Appointment]) -> None:
    leader, holder, deputy = office
    row = stand_in(acting(ctx, leader), holder, deputy)
    with pytest.raises(Invalid, match="Chưa giao được"):
        stand_in(acting(ctx, leader), holder, leader, start=2)
    row.pk, row.deputy_id = None, leader.account_id
    with pytest.raises(IntegrityError, match="one_deputy"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(("days", "start", "field"), [(-1, 5, "ends"), (400, 0, "ends"), (1, -9, "ends")])
def test_days_that_do_not_fit_are_refused(
    ctx: Context, office: list[Appointment], days: int, start: int, field: str
) -> None:
    leader, holder, deputy = office
    with pytest.raises(Invalid) as refused:
        stand_in(acting(ctx, leader), holder, deputy, days, start)
    assert field in refused.value.fields


def test_a_stranger_to_the_agency_is_no_deputy(ctx: Context, office: list[Appointment]) -> None:
    leader, holder, _ = office
    stranger = Appointment.objects.exclude(post__agency=holder.post.agency).order_by("id")[0]
    with pytest.raises(Invalid) as refused:
        stand_in(acting(ctx, leader), holder, stranger)
    assert set(refused.value.fields) == {"deputy"}


def test_who_comes_back_early_ends_it(ctx: Context, office: list[Appointment]) -> None:
    _, holder, deputy = office
    row = stand_in(acting(ctx, holder), holder, deputy)
    end_delegation(acting(ctx, holder), row.pk)
    assert holder.post_id not in posts_of(deputy, business_date(ctx.now))
    with pytest.raises(NotFound):
        end_delegation(acting(ctx, holder), row.pk)


def test_the_posts_of_an_officer_cost_one_query(ctx: Context, office: list[Appointment]) -> None:
    _, holder, deputy = office
    stand_in(acting(ctx, holder), holder, deputy)
    with CaptureQueriesContext(connection) as queries:
        assert all(post.agency.name for post in held_posts(deputy.account_id, business_date(ctx.now)))
    assert len(queries) == 1
    assert Post.objects.exists()
    assert Account.objects.exists()
