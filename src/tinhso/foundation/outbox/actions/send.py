"""Send what waits, through the carrier each message names."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tinhso.foundation.outbox.models import Message
from tinhso.foundation.outbox.queries import waiting

Carrier = Callable[[dict[str, Any]], None]

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
ATTEMPTS = 200

carriers: dict[str, Carrier] = {}
"""Carriers by name; each raises to be tried again."""

_log = logging.getLogger("tinhso.outbox")


def send(now: datetime, batch: int = 50) -> int:
    """Send the messages whose time has come; returns how many were sent.

    A message is marked in the transaction that holds its lock, so two workers never send it side by side. A carrier
    that does not answer costs a try; the next one waits twice as long, an hour at most.
    """
    sent = 0
    for _ in range(batch):
        with transaction.atomic():
            due = waiting(now, limit=1)
            if not due:
                break
            sent += _try(due[0], now)
    return sent


def _try(message: Message, now: datetime) -> bool:
    message.attempts += 1
    try:
        carriers[message.carrier](message.payload)
    except Exception as error:
        _log.warning("not sent", extra={"fields": {"carrier": message.carrier, "message": str(message.public_id)}})
        message.last_error = type(error).__name__
        message.next_try_at = now + min(FIRST_WAIT * 2 ** min(message.attempts, 20), LONGEST_WAIT)
        if message.attempts >= ATTEMPTS:
            message.state = Message.State.GIVEN_UP
        message.save(update_fields=["attempts", "last_error", "next_try_at", "state"])
        return False
    message.state, message.sent_at, message.next_try_at = Message.State.SENT, now, None
    message.save(update_fields=["attempts", "state", "sent_at", "next_try_at"])
    return True
