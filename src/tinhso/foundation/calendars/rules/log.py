"""The clock of a case: a log of acts, from which the due date is computed anew at any time.

By Decree 118/2025/NĐ-CP art. 19.5 a supplement asked for after acceptance makes the time limit run from zero when it is
complete: PAUSE then RESTART. Sector laws that only leave out the waiting time: PAUSE then RESUME.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tinhso.foundation.calendars.rules.limit import TimeLimit


class Act(StrEnum):
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    SHORTEN = "shorten"


class Mode(StrEnum):
    """What the end of a pause does: shift the due date by its length, or restart the limit from zero."""

    SHIFT = "shift"
    RESTART = "restart"


SUPPLEMENT_MODE = Mode.RESTART
"""The decree's default for a supplement (art. 19.5); a release may say otherwise by its sector law."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on the clock at an instant, with its legal ground in words; `by` only for EXTEND and SHORTEN.

    A pause holds from its own instant to before the instant of the act that ends it.
    """

    act: Act
    at: datetime
    ground: str = ""
    by: TimeLimit | None = None


def started(at: datetime, ground: str = "") -> tuple[Entry, ...]:
    """The log of a clock that has only been started."""
    return (Entry(Act.START, at, ground),)


def paused(log: Sequence[Entry], begin: datetime, end: datetime, ground: str, mode: Mode) -> tuple[Entry, ...]:
    """The log with a whole pause added."""
    ending = Act.RESUME if mode is Mode.SHIFT else Act.RESTART
    return (*log, Entry(Act.PAUSE, begin, ground), Entry(ending, end, ground))
