"""What waits to be told."""

from datetime import datetime

from tinhso.foundation.outbox.models import Message


def waiting(now: datetime, limit: int = 100) -> list[Message]:
    """Messages whose next try has come, oldest first, locked against other senders; inside a transaction."""
    due = Message.objects.filter(state=Message.State.WAITING, next_try_at__lte=now)
    return list(due.select_for_update(skip_locked=True).order_by("next_try_at")[:limit])
