"""Says what the one-stop shop's rules find: how long is left, in which tone a state is shown, when a page is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from tinhso.core.language import reader_language
from tinhso.core.time import local
from tinhso.core.web.tags.figures import clock
from tinhso.core.web.tags.words import translated
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.remaining import Timeliness, remaining
from tinhso.foundation.calendars.words import relative
from tinhso.foundation.forms.rules.conditions import All, AnyOf, Condition, Not, OneOf
from tinhso.foundation.forms.rules.form import Form
from tinhso.foundation.payments.words import say_line

SOON_DAYS: Final = 1
"""Working days left from which a deadline is shown as near."""

STATE_TONES: Final[Mapping[str, str]] = {
    "submitted": "waiting",
    "accepted": "info",
    "in_process": "info",
    "supplement": "paused",
    "withdraw_requested": "warning",
    "rejected": "refused",
    "refused": "refused",
    "stopped": "neutral",
    "closed": "neutral",
    "resolved": "success",
    "returned": "done",
}
"""The design system's tone for each business state."""


@dataclass(frozen=True, slots=True)
class Left:
    """A deadline as it is shown: words, the exact moment, tone (plain, soon, late)."""

    words: str
    at: datetime
    tone: str

    @property
    def late(self) -> bool:
        return self.tone == "late"


def say_left(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> Left:
    """`Còn 2 ngày làm việc (26/11)`, `Đến hạn 16 giờ 30 hôm nay`, `Quá hạn từ 10 giờ 00`, `Quá hạn 2 ngày`."""
    at = local(due_at)
    left = remaining(at, now, calendar)
    if left.timeliness is Timeliness.LATE:
        return Left(relative(left, reader_language()), at, "late")
    if left.timeliness is Timeliness.ON_TIME:
        hour = {"hour": clock(at)}
        late = at < now
        said = _("Quá hạn từ %(hour)s") % hour if late else _("Đến hạn %(hour)s hôm nay") % hour
        return Left(said, at, "late" if late else "soon")
    return Left(relative(left, reader_language()), at, "soon" if left.days <= SOON_DAYS else "plain")


def say_fee_line(line: Mapping[str, Any]) -> str:
    """A kept fee line for the reader, its name as the catalogues have it."""
    return say_line({**line, "name": translated(line["name"])}, reader_language())


def say_condition(form: Form, condition: Condition) -> str:
    """When a page is asked, as an officer would say it: `Cha mẹ của bé: Đã xác định cả cha và mẹ`."""
    match condition:
        case OneOf(key, values):
            question = form.question(key)
            said = [_say_value(form, key, value) for value in values]
            return f"{translated(question.title)}: {_(' hoặc ').join(said)}"
        case Not(part):
            return _("không phải khi %(condition)s") % {"condition": say_condition(form, part)}
        case All(parts):
            return _(" và ").join(say_condition(form, part) for part in parts)
        case AnyOf(parts):
            return _(" hoặc ").join(say_condition(form, part) for part in parts)
    return ""


def _say_value(form: Form, key: str, value: str | int | bool) -> str:
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    option = form.question(key).option(str(value))
    return translated(option.title) if option else str(value)
