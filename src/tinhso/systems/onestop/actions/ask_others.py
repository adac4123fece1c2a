"""Ask others on a dossier: give work, ask for an opinion; answer; take it back (Decree 118/2025/NĐ-CP art. 19.4)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.core.time import business_date, local
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.agencies.queries import on_day
from tinhso.foundation.calendars.queries import get_calendar, get_period
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.period import after
from tinhso.foundation.cases.actions.give_directions import Order, give_directions
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.models import Case, Direction, Task
from tinhso.foundation.cases.queries import direction_tree
from tinhso.foundation.cases.rules.directions import Part
from tinhso.systems.onestop.actions.flow import must_allow, take_turn
from tinhso.systems.onestop.policies import dossiers

NEIGHBOURS = ("commune_committee", "commune_police", "commune_centre", "land_branch", "tax_branch")
"""Kinds of agencies of the same commune that are commonly asked; the province's departments are, too."""


@transaction.atomic
def ask_others(
    ctx: Context, case_id: int, version: int, post_id: int, part: Part, content: str, until: date | None = None
) -> Direction:
    """Give work on a dossier, or ask for an opinion, from the step in hand or from what one was asked oneself.

    `until`: the last day, at close of business; without one the period of law for a reply. Raises Invalid, Conflict,
    Forbidden in words; then nobody was asked.
    """
    asked = Task.objects.filter(case_id=case_id, post_id=ctx.post, direction__isnull=False).select_related("direction")
    own = Task.objects.filter(case_id=case_id, post_id=ctx.post, direction=None)
    parent: Direction | None = None
    if own.exists():
        case = take_turn(ctx, case_id, version, "direct").case
    else:
        case, task = lock(case_id, None), asked.order_by("due_at").first()
        must_allow(case, "direct")
        if task is None or not dossiers.may_handle(ctx, task):
            raise Forbidden(
                "Hồ sơ này không ở lượt xử lý của vị trí đang chọn.", what_to_do="Nhờ người đang giữ hồ sơ."
            )
        parent = task.direction
    found = next((post for post in may_be_asked(ctx, case) if post.pk == post_id), None)
    if found is None:
        raise Invalid("Chưa giao được.", what_to_do="Chọn nơi được giao.", fields={"post": "Chọn nơi được giao."})
    calendar = get_calendar(found.agency_id, "", business_date(ctx.now))
    due = _close_of(calendar, until) if until else None
    if due is None:
        due = after(ctx.now, get_period("consult-reply", business_date(ctx.now)), calendar)
        bounds = [moment for moment in (parent.due_at if parent else case.due_at,) if moment]
        due = min([due, *bounds])
    try:
        return give_directions(ctx, case, [Order(found, part, due, content)], parent=parent)[0]
    except Invalid as refusal:
        fields = {field.removeprefix("0."): said for field, said in refusal.fields.items()}
        raise Invalid(refusal.message, what_to_do=refusal.what_to_do, fields=fields) from refusal


def may_be_asked(ctx: Context, case: Case) -> list[Post]:
    """Whom one may ask on a dossier: colleagues of one's own agency, agencies of the same commune, the departments.

    Of another agency one post is named: who handles such matters there, or else who leads. Three queries.
    """
    day = business_date(ctx.now)
    own = Post.objects.select_related("agency").get(pk=ctx.post).agency
    beside = Agency.objects.filter(on_day(day), kind__in=NEIGHBOURS, place=own.place) if own.place else None
    departments = Agency.objects.filter(on_day(day), kind="department")
    others = [agency.pk for agency in (*(beside or ()), *departments) if agency.pk != own.pk]
    posts = list(
        Post.objects.filter(on_day(day), agency_id__in=[own.pk, *others])
        .select_related("agency")
        .order_by("agency__sort_key", "pk")
    )
    mine = [post for post in posts if post.agency_id == own.pk and post.pk != ctx.post_id]
    return [*mine, *(found for agency in others if (found := _front(posts, agency)))]


_FRONT = (Post.Role.SPECIALIST, Post.Role.OPERATOR, Post.Role.COUNTER, Post.Role.HEAD, Post.Role.LEADER)


def _front(posts: Sequence[Post], agency: int) -> Post | None:
    there = [post for post in posts if post.agency_id == agency and post.role in _FRONT]
    return min(there, key=lambda post: _FRONT.index(Post.Role(post.role)), default=None)


def must_not_wait(ctx: Context, case: Case) -> None:
    """Raises Conflict while what others were asked has not come and its time is not over."""
    waiting = direction_tree(case.pk).progress(None, ctx.now).waiting
    if waiting:
        first = Direction.objects.select_related("to_post__agency").get(pk=waiting[0])
        raise Conflict(
            _("Đang chờ %(agency)s trả lời, hạn %(day)s, nên chưa chuyển bước.")
            % {"agency": first.to_post.agency, "day": f"{local(first.due_at):%d/%m/%Y}"},
            what_to_do="Chờ trả lời hoặc quá hạn, hoặc rút việc đã giao nếu không cần nữa.",
        )


def _close_of(calendar: WorkingCalendar, day: date) -> datetime:
    return calendar.closing[calendar.working_day_from(calendar.index(day))]
