"""Says what the one-stop shop's rules find: how long is left, in which tone a state is shown, when a page is asked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tinhso.core.language import reader_language
from tinhso.core.money import format_dong
from tinhso.core.text import mask_number
from tinhso.core.time import local
from tinhso.core.web.tags.figures import clock
from tinhso.core.web.tags.words import translated
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.remaining import Timeliness, remaining
from tinhso.foundation.calendars.words import relative
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Release
from tinhso.foundation.forms.rules.conditions import All, AnyOf, Condition, Not, OneOf
from tinhso.foundation.forms.rules.dates import show_date
from tinhso.foundation.forms.rules.facts import Fault
from tinhso.foundation.forms.rules.form import Form, QuestionType
from tinhso.foundation.forms.words import say_fault
from tinhso.foundation.identity.queries import Correction
from tinhso.foundation.payments.words import say_line
from tinhso.systems.onestop.rules import ENDED, Disagreement, FilingFault

ACTS: Final = {
    "submit": gettext_noop("Nộp hồ sơ"),
    "receive": gettext_noop("Tiếp nhận hồ sơ tại quầy"),
    "accept": gettext_noop("Tiếp nhận hồ sơ"),
    "reject": gettext_noop("Không tiếp nhận hồ sơ"),
    "claim": gettext_noop("Nhận xử lý"),
    "ask_supplement": gettext_noop("Yêu cầu bổ sung"),
    "supply": gettext_noop("Bổ sung hồ sơ"),
    "complete": gettext_noop("Hoàn thiện hồ sơ trước khi tiếp nhận"),
    "transfer": gettext_noop("Chuyển người xử lý"),
    "draft_result": gettext_noop("Soạn dự thảo kết quả"),
    "propose": gettext_noop("Trình lãnh đạo"),
    "send_back": gettext_noop("Trả lại để sửa"),
    "sign": gettext_noop("Lãnh đạo ký"),
    "issue": gettext_noop("Cấp số, đóng dấu"),
    "refuse": gettext_noop("Không giải quyết"),
    "record_outcome": gettext_noop("Ghi kết quả của hệ thống ngành"),
    "hand_result": gettext_noop("Trả kết quả"),
    "give_back": gettext_noop("Trả lại giấy tờ"),
    "settle": gettext_noop("Xác nhận không còn gì phải trả lại"),
    "resolve": gettext_noop("Có kết quả"),
    "withdraw": gettext_noop("Rút hồ sơ"),
    "pay": gettext_noop("Nộp phí, lệ phí"),
    "waive": gettext_noop("Được miễn phí, lệ phí"),
    "refund": gettext_noop("Được hoàn phí, lệ phí"),
    "close": gettext_noop("Đóng hồ sơ"),
    "apologise": gettext_noop("Xin lỗi, hẹn lại"),
    "ask_duty": gettext_noop("Yêu cầu nghĩa vụ tài chính"),
    "confirm_duty": gettext_noop("Xác nhận đã thực hiện nghĩa vụ tài chính"),
    "assign": gettext_noop("Phân công"),
    "repeat": gettext_noop("Làm thêm một lần"),
}
"""What was done on a dossier, as a person names it."""

SOON_DAYS: Final = 1
"""Working days left from which a deadline is shown as near."""

STATE_TONES: Final[Mapping[str, str]] = {
    "submitted": "waiting",
    "accepted": "info",
    "in_process": "info",
    "supplement": "paused",
    "duty": "paused",
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


def say_work(step: str, case: Case) -> str:
    """What is to be done at a step, by its name; of a dossier that ended without a result, what is given back."""
    if case.business not in ENDED:
        return translated(step)
    return _("Trả lại giấy tờ") if case.custody == Case.Custody.AT_CENTRE else _("Trả lại tiền đã thu")


def say_return(return_by: str, centre: object) -> str:
    """How and where the result is wanted."""
    match return_by:
        case "online":
            return _("Bản điện tử, tải về trên trang hồ sơ")
        case "post":
            return _("Qua bưu chính, %(centre)s gửi") % {"centre": centre}
    return _("Bản giấy, nhận tại %(centre)s") % {"centre": centre}


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
            return _("trừ khi %(condition)s") % {"condition": say_condition(form, part)}
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


def say_filing_fault(fault: FilingFault, release: Release) -> str:
    """What keeps a dossier from being filed, as an officer reads it at the field or in the summary: each is named."""
    match fault.what:
        case "answer" if fault.fault:
            return _say_answer(fault.fault, release.form)
        case "paper":
            name = next(paper.name for paper in release.papers if paper.key == fault.key)
            return _("Chưa nhận: %(paper)s.") % {"paper": translated(name)}
        case "return_by":
            return _("Chọn cách nhận kết quả.")
        case "undecided":
            return _("Mức thu do Hội đồng nhân dân tỉnh quyết định chưa được nhập; hỏi phụ trách Trung tâm.")
        case "cash" if fault.amount:
            return _("Thu đúng %(amount)s rồi ghi số tiền đã thu.") % {"amount": format_dong(fault.amount)}
        case _:
            return _("Hồ sơ này không phải thu tiền.")


def _say_answer(fault: Fault, form: Form) -> str:
    question = form.question(fault.question)
    if fault.code != "required":
        return say_fault(fault, form, reader_language())
    if question.type is QuestionType.STATEMENT:
        return _("Chưa đánh dấu lời cam đoan.")
    return _("Chưa điền: %(question)s.") % {"question": translated(question.title)}


def say_differing(found: Iterable[Disagreement], form: Form) -> str:
    """Kept beside the act of an officer who saw that form and record disagree, and went on; empty for nothing."""
    said = [
        f"{form.question(one.question).title}: khai {show(one.answered)}, hồ sơ lưu {show(one.kept)}" for one in found
    ]
    return "Đã đối chiếu giấy tờ; nội dung khai khác thông tin người nộp. " + "; ".join(said) if said else ""


def show(text: str) -> str:
    """An answer as people write it: dates by day, everything else as it is."""
    return show_date(text) if _DATE.match(text) else text


_DATE: Final = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")

_FIELDS: Final = {
    "name": gettext_noop("Họ tên, tên tổ chức"),
    "number": gettext_noop("Số định danh, mã số thuế"),
    "birth_date": gettext_noop("Ngày sinh"),
    "sex": gettext_noop("Giới tính"),
    "phone": gettext_noop("Số điện thoại"),
    "email": gettext_noop("Thư điện tử"),
    "place_id": gettext_noop("Xã, phường"),
    "address": gettext_noop("Số nhà, đường, thôn"),
}


def say_correction(one: Correction) -> dict[str, Any]:
    """One correction of an applicant's record as its page lists it. Numbers stay masked: who must know them looks."""
    return {
        "at": one.at,
        "by": one.by,
        "reason": one.reason,
        "changes": [
            (translated(_FIELDS[name]), _plain(name, old), _plain(name, new)) for name, old, new in one.changes
        ],
    }


def _plain(field: str, value: str) -> str:
    match field:
        case "number":
            return mask_number(value) or "–"
        case "sex":
            return {"male": _("Nam"), "female": _("Nữ")}.get(value, "–")
    return show(value) or "–"
