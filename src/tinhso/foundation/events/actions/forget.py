"""Forget what need not be known any more."""

from datetime import datetime, timedelta

from tinhso.foundation.events.models import RequestKey

KEEP_KEYS = timedelta(days=400)


def forget_keys(now: datetime) -> int:
    """Drop request keys older than 400 days; returns how many."""
    return RequestKey.objects.filter(created_at__lt=now - KEEP_KEYS).delete()[0]
