"""Who may open the cashier's desk, and which lists concern them. Rights over money itself: foundation/payments."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.payments.models import PaymentRequest
from tinhso.foundation.payments.policies import requests
from tinhso.foundation.payments.rules import chart

ROLES = (Post.Role.HEAD, Post.Role.LEADER, Post.Role.COUNTER, Post.Role.CLERK)
"""Whose posts have to do with money, the one with most to do first."""


def acting(ctx: Context, posts: Sequence[Post]) -> tuple[Context, Post]:
    """The same person acting from a post that has to do with money: the chosen one if it has, else one they hold.

    Raises Forbidden for who holds none.
    """
    fit = sorted((post for post in posts if post.role in ROLES), key=lambda post: ROLES.index(post.role))
    post = next((post for post in fit if post.pk == ctx.post_id), fit[0] if fit else None)
    if post is None:
        raise Forbidden(
            "Phần thu phí dành cho quầy tiếp nhận, văn thư và lãnh đạo. Chưa có gì thay đổi.",
            what_to_do="Nhờ cán bộ quầy hoặc phụ trách Trung tâm thực hiện.",
        )
    return replace(ctx, post_id=post.pk, agency_id=post.agency_id), post


def concerns(ctx: Context, post: Post) -> QuerySet[PaymentRequest]:
    """The requests in an officer's lists: all for who keeps the books, else those of the own agency, of the one above
    a centre, and those whose cash lies at the own counter."""
    if requests.may_keep_books(ctx):
        return PaymentRequest.objects.all()
    own = Q(agency_id=post.agency_id)
    if post.agency.kind == "commune_centre" and post.agency.parent_id:
        own |= Q(agency_id=post.agency.parent_id)
    if post.role in (Post.Role.COUNTER, Post.Role.HEAD):
        own |= Q(entries__debit=chart.cash(post.agency_id))
    return PaymentRequest.objects.filter(pk__in=PaymentRequest.objects.filter(own).values("pk"))
