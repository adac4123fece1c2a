"""Says what the rules return, in Vietnamese and English."""

from datetime import datetime
from typing import Protocol

from tinhso.foundation.calendars import words_en, words_vi
from tinhso.foundation.calendars.rules.due import Due
from tinhso.foundation.calendars.rules.explanation import (
    AfterCutOff,
    Counted,
    Ends,
    Hours,
    Received,
    Restarted,
    ShortMonth,
    Skipped,
    Step,
)
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.remaining import Remaining


class _Words(Protocol):
    def due(self, at: datetime | None) -> str: ...

    def step(self, value: Step, unit: Unit) -> str: ...

    def amount(self, number: int, unit: Unit) -> str: ...

    def relative(self, left: Remaining) -> str: ...


_LANGUAGES: dict[str, _Words] = {"vi": words_vi, "en": words_en}
_GOES_ON = (Counted, ShortMonth, AfterCutOff, Skipped, Hours)
"""Steps that continue the sentence of what was received."""


def sentence(due: Due, language: str = "vi") -> str:
    """The due moment and why, naming rule, article and days skipped: what both officer and citizen read."""
    words = _LANGUAGES[language]
    sentences = [] if due.unit is Unit.NO_DATE else [words.due(due.at)]
    before: Step | None = None
    for step in due.explanation:
        if isinstance(step, Ends):
            continue
        said = words.step(step, due.unit)
        if isinstance(step, _GOES_ON) and isinstance(before, (Received, Restarted, *_GOES_ON)):
            sentences[-1] += f", {said}"
        else:
            sentences.append(said)
        before = step
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in sentences)


def limit(value: TimeLimit, language: str = "vi") -> str:
    """`3 ngày làm việc`, `3 working days`."""
    return _LANGUAGES[language].amount(value.amount, value.unit)


def relative(left: Remaining, language: str = "vi") -> str:
    """`Còn 2 ngày làm việc (26/11)`, `Đến hạn hôm nay`, `Quá hạn 2 ngày`."""
    return _LANGUAGES[language].relative(left)
