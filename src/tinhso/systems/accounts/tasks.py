"""What comes round once a day: sessions and counts that are over are dropped."""

from datetime import datetime

from django.contrib.sessions.models import Session

from tinhso.core.running.rounds import every
from tinhso.foundation.identity.actions.guard_secret import forget_attempts


@every(seconds=24 * 3600)
def clear_sessions(now: datetime) -> int:
    """Sessions that have expired."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


@every(seconds=24 * 3600)
def clear_attempts(now: datetime) -> int:
    """Counts of wrong passwords and PINs whose window is over."""
    return forget_attempts(now)
