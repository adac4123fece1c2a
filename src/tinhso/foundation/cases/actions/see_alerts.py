"""Somebody of a post has seen what the post was told."""

from collections.abc import Iterable

from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.cases.models import Alert


@transaction.atomic
def see_alerts(ctx: Context, posts: Iterable[int], alerts: Iterable[int]) -> int:
    """Mark these alerts of these posts as seen, once for the whole post; returns how many were not seen before."""
    told = Alert.objects.filter(pk__in=list(alerts), post__in=list(posts), seen_at__isnull=True)
    return told.update(seen_by=ctx.actor, seen_at=ctx.now)
