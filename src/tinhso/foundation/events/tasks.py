"""The spine's own round: order what was committed."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.foundation.events.actions.forget import forget_keys
from tinhso.foundation.events.actions.sequence import sequence


@every(seconds=0.5)
def sequence_events(now: datetime) -> int:
    return sequence()


@every(seconds=86_400)
def forget_old_keys(now: datetime) -> int:
    return forget_keys(now)
