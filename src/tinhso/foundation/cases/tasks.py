"""The engine's round: tell people about work, each minute."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.foundation.cases.actions.look import look


@every(seconds=60)
def look_through_work(now: datetime) -> int:
    return look(now)
