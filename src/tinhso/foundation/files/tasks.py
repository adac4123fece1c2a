"""The file store's round: let go of what was never used, sweep what nothing refers to."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.foundation.files.actions.release import release
from tinhso.foundation.files.actions.sweep import sweep


@every(seconds=3600)
def sweep_orphans(now: datetime) -> int:
    while release(now):
        pass
    sweep(now)
    return 0
