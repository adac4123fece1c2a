"""The outbox's round: send what waits."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.foundation.outbox.actions.send import send


@every(seconds=1)
def send_waiting(now: datetime) -> int:
    return send(now)
