"""Work that comes round: the sequencer, the followers, the timers, the outbox.

A room says so in its `tasks.py`:

    @every(seconds=1)
    def sequence_events(now: datetime) -> int:
        return sequence()

The worker calls it again at once while it says that it did something, else after `seconds`. Several workers may run the
same round at the same time: the work itself takes the lock it needs. What is slow, rare and must be tried again (mail,
PDF) is a procrastinate job instead.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connections

from tinhso.core.time import clock

Work = Callable[[datetime], int]

LONGEST_WAIT = 60.0
_log = logging.getLogger("tinhso.rounds")


@dataclass(frozen=True, slots=True)
class Round:
    """`work(now)` returns how many things it did; 0 means there was nothing to do."""

    name: str
    seconds: float
    work: Work


rounds: dict[str, Round] = {}


def every(*, seconds: float) -> Callable[[Work], Work]:
    """Declare a round. Its name is the module's and the function's; declaring it twice is an error."""

    def declare(work: Work) -> Work:
        name = f"{work.__module__}.{work.__qualname__}"
        if name in rounds:
            raise ValueError(f"{name} is declared twice")
        rounds[name] = Round(name, seconds, work)
        return work

    return declare


def run_round(round_: Round, stop: threading.Event) -> None:
    """Repeat until told to stop. A failure is logged, waits longer each time (a minute at most), and goes on."""
    failures = 0
    while not stop.is_set():
        close_old_connections()
        try:
            done = round_.work(clock())
            failures = 0
        except Exception:
            failures += 1
            done = 0
            _log.exception("round failed", extra={"fields": {"round": round_.name, "failures": failures}})
            connections.close_all()
        if not done:
            stop.wait(min(round_.seconds * 2 ** min(failures, 10), max(LONGEST_WAIT, round_.seconds)))
    connections.close_all()


def run_once(now: datetime) -> int:
    """Every round, in turn, until none has anything left to do; returns how many things were done.

    For tests and demonstrations, which do not wait. A failure is raised.
    """
    total = 0
    while done := sum(round_.work(now) for round_ in rounds.values()):
        total += done
    return total
