"""The file store's round: sweep what nothing refers to."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.foundation.files.actions.sweep import sweep


@every(seconds=3600)
def sweep_orphans(now: datetime) -> int:
    sweep(now)
    return 0
