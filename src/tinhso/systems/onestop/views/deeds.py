"""Every act of an officer on a dossier: its address, its words, and how its form becomes a call of the action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.language import reader_language
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.dates import PartialDate
from tinhso.foundation.cases.actions.close_direction import answer_direction, withdraw_direction
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Paper
from tinhso.foundation.cases.rules.directions import Part
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.words import say_fault
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.actions.apologise import apologise
from tinhso.systems.onestop.actions.ask_others import ask_others
from tinhso.systems.onestop.actions.decide import (
    draft_result,
    expected_results,
    issue,
    propose,
    record_outcome,
    repeat,
    sign,
)
from tinhso.systems.onestop.actions.duty import ask_duty, confirm_duty
from tinhso.systems.onestop.actions.give_back import give_back, settle
from tinhso.systems.onestop.actions.hand_result import hand_result
from tinhso.systems.onestop.actions.handle import assign, claim, send_back, transfer
from tinhso.systems.onestop.actions.refuse import refuse, reject
from tinhso.systems.onestop.actions.supplement import ask_supplement, supply
from tinhso.systems.onestop.dossier import Opened, coming_results, counter_context
from tinhso.systems.onestop.queries import communes_by_code
from tinhso.systems.onestop.views.questions import read_answers, under
from tinhso.systems.onestop.views.uploads import papers_in, read_file, read_papers

Perform = Callable[[Any, Context, Opened, int], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on the page. `opens`: it needs more than a press, so its button opens a form; `pin`: a PIN beside it."""

    act: str
    slug: str
    label: Any
    icon: str
    said: Any
    perform: Perform
    kind: str = "secondary"
    opens: bool = True
    pin: bool = False

    @property
    def submit_kind(self) -> str:
        """Of the button inside its form, where it is the one to press."""
        return "danger" if self.kind == "danger" else "primary"


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _claim(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return claim(ctx, opened.case.pk, version)


def _accept(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    if opened.differing and request.POST.get("doi-chieu") != "yes":
        said = _("Nội dung khai khác thông tin người nộp; đối chiếu giấy tờ rồi đánh dấu.")
        raise Invalid("Chưa tiếp nhận: cần đối chiếu thông tin người nộp.", fields={"doi-chieu": str(said)})
    return accept(ctx, opened.case.pk, version, note=opened.differing_said)


def _reject(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return reject(ctx, opened.case.pk, version, _text(request, "reason"))


def _refuse(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return refuse(ctx, opened.case.pk, version, _text(request, "reason"))


def _ask_supplement(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    wanted = [
        {"paper": paper.key, "note": _text(request, f"ghi-chu.{paper.key}")}
        for paper in opened.release.papers
        if paper.key in request.POST.getlist("giay")
    ]
    return ask_supplement(ctx, opened.case.pk, version, wanted, _text(request, "reason"))


def _assign(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return assign(ctx, opened.case.pk, version, whole_number(_text(request, "account")) or 0)


def _transfer(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    post = _text(request, "post")
    return transfer(ctx, opened.case.pk, version, whole_number(post) or 0, _text(request, "note"))


def _draft_result(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    day = business_date(ctx.now)
    facts = Facts(today=day, communes=communes_by_code(day))
    posted = dict(request.POST.lists())
    content: dict[str, dict[str, Any]] = {}
    faults: dict[str, str] = {}
    for result in coming_results(opened):
        answers, found = read_answers([under(result.key, question) for question in result.asks], posted, facts)
        content[result.key] = {key.removeprefix(f"{result.key}."): value for key, value in answers.items()}
        faults |= {fault.question: say_fault(fault, opened.release.form, reader_language()) for fault in found}
    if faults:
        raise Invalid("Có chỗ trong nội dung kết quả cần xem lại.", fields=faults)
    return draft_result(ctx, opened.case.pk, version, content)


def _propose(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    needed = set(request.POST.getlist("buoc"))
    left_out = [step.key for step in opened.following if step.optional and step.key not in needed]
    return propose(ctx, opened.case.pk, version, _text(request, "note"), left_out)


def _send_back(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return send_back(ctx, opened.case.pk, version, _text(request, "note"), _text(request, "to"))


def _repeat(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return repeat(ctx, opened.case.pk, version, _text(request, "note"))


def _direct(request: Any, ctx: Context, opened: Opened, version: int) -> object:
    part = _text(request, "part")
    if part not in set(Part):
        raise Invalid("Chưa giao được.", fields={"part": "Chọn phần việc."})
    until = PartialDate.parse(request.POST, "until")
    if until and until.whole() is None:
        raise Invalid("Chưa giao được.", fields={"until": "Nhập đủ ngày, tháng, năm, hoặc để trống."})
    post = whole_number(_text(request, "post")) or 0
    return ask_others(ctx, opened.case.pk, version, post, Part(part), _text(request, "content"), until.whole())


def _answer(request: Any, ctx: Context, opened: Opened, version: int) -> object:
    if opened.asked is None:
        raise Conflict("Việc này đã xong hoặc đã được rút.", what_to_do="Mở lại hồ sơ để xem nội dung mới nhất.")
    return answer_direction(ctx, opened.asked.pk, _text(request, "answer"))


def _withdraw_direction(request: Any, ctx: Context, opened: Opened, version: int) -> object:
    chosen = whole_number(_text(request, "direction")) or 0
    if chosen not in {direction.pk for direction in opened.directions}:
        raise Invalid("Chưa rút được.", fields={"direction": "Chọn việc cần rút."})
    return withdraw_direction(ctx, chosen, _text(request, "reason"))


def _apologise(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    until = PartialDate.parse(request.POST, "until").whole()
    if until is None:
        raise Invalid("Chưa hẹn lại được.", fields={"until": "Nhập đủ ngày, tháng, năm."})
    return apologise(ctx, opened.case.pk, version, _text(request, "reason"), until)


def _ask_duty(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return ask_duty(ctx, opened.case.pk, version, _text(request, "notice"))


def _confirm_duty(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return confirm_duty(ctx, opened.case.pk, version, _text(request, "proof"))


def _sign(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return sign(ctx, opened.case.pk, version, request.POST.get("pin", ""))


def _issue(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return issue(ctx, opened.case.pk, version, request.POST.get("pin", ""))


def _record_outcome(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    files: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    for key in expected_results(opened.release, opened.case, opened.step) if opened.step else ():
        found, name, fault = read_file(request, f"tep.{key}")
        if found and found.media_type != "application/pdf":
            fault = _("%(name)s là ảnh. Kết quả của hệ thống ngành phải là tệp PDF.") % {"name": name}
        if fault:
            faults[f"tep.{key}"] = fault
        elif found:
            files[key] = found.data
    if faults:
        raise Invalid("Tệp kết quả chưa nhận được. Chưa có gì được ghi lại.", fields=faults)
    return record_outcome(ctx, opened.case.pk, version, _text(request, "reference"), files)


def _hand_result(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return hand_result(ctx, opened.case.pk, version, receiver=_text(request, "receiver"))


def _give_back(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return give_back(ctx, opened.case.pk, version, receiver=_text(request, "receiver"))


def _settle(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    return settle(ctx, opened.case.pk, version)


def _take_cash(request: Any, ctx: Context, opened: Opened, version: int) -> object:
    amount = whole_number(_text(request, "amount").replace(".", "").replace(" ", ""))
    at_counter = counter_context(ctx, request.posts)
    if opened.money is None or at_counter is None:
        raise Conflict("Hồ sơ này không còn khoản nào phải thu.", what_to_do="Mở lại hồ sơ để xem biên lai.")
    if amount is None:
        raise Invalid("Chưa đọc được số tiền.", fields={"amount": "Chỉ viết số, ví dụ 20.000."})
    return take_cash(at_counter, opened.money.request.public_id, amount)


def _supply(request: Any, ctx: Context, opened: Opened, version: int) -> Case:
    rows = read_papers(request, ctx, wanted_papers(opened))
    if faults := {f"{row.name}.tep": row.error for row in rows if row.error}:
        raise Invalid("Có giấy tờ chưa nhận được; những tệp khác vẫn được giữ.", fields=faults)
    return supply(counter_context(ctx, request.posts) or ctx, opened.case.pk, version, papers_in(rows))


def wanted_papers(opened: Opened) -> tuple[Paper, ...]:
    """The papers that the open supplement asks for."""
    asked = {item["paper"] for item in opened.supplement.wanted["papers"]} if opened.supplement else set()
    return tuple(paper for paper in opened.release.papers if paper.key in asked)


DEEDS = (
    Deed(
        "accept",
        "tiep-nhan",
        _("Tiếp nhận"),
        "stamp",
        _("Đã tiếp nhận hồ sơ; giấy hẹn đã gửi cho người nộp."),
        _accept,
        "primary",
        False,
    ),
    Deed(
        "sign",
        "ky",
        _("Ký"),
        "pen-line",
        _("Đã ký; hồ sơ chuyển sang văn thư cấp số, đóng dấu."),
        _sign,
        "primary",
        False,
        True,
    ),
    Deed(
        "issue",
        "phat-hanh",
        _("Cấp số, đóng dấu"),
        "stamp",
        _("Đã cấp số, đóng dấu và phát hành."),
        _issue,
        "primary",
        False,
        True,
    ),
    Deed("propose", "trinh", _("Chuyển bước"), "send", _("Đã chuyển hồ sơ sang bước sau."), _propose, "primary"),
    Deed(
        "record_outcome",
        "ghi-ket-qua",
        _("Ghi kết quả nhận về"),
        "file-check",
        _("Đã ghi kết quả của hệ thống ngành."),
        _record_outcome,
        "primary",
    ),
    Deed(
        "hand_result",
        "tra-ket-qua",
        _("Trả kết quả"),
        "hand-helping",
        _("Đã trả kết quả cho người nộp."),
        _hand_result,
        "primary",
    ),
    Deed(
        "give_back",
        "tra-lai-giay-to",
        _("Trả lại giấy tờ"),
        "hand-helping",
        _("Đã trả lại giấy tờ cho người nộp."),
        _give_back,
        "primary",
    ),
    Deed(
        "settle",
        "khong-con-gi",
        _("Không còn gì phải trả lại"),
        "check",
        _("Đã ghi; hồ sơ không còn việc nào ở quầy."),
        _settle,
        "primary",
    ),
    Deed("answer", "tra-loi", _("Trả lời"), "message-square", _("Đã trả lời nơi giao việc."), _answer, "primary"),
    Deed(
        "confirm_duty",
        "xac-nhan-nghia-vu",
        _("Đã nộp nghĩa vụ tài chính"),
        "circle-play",
        _("Đã ghi chứng từ; thời hạn chạy tiếp."),
        _confirm_duty,
        "primary",
    ),
    Deed("take_cash", "thu-tien", _("Thu tiền mặt"), "wallet", _("Đã thu tiền và lập biên lai."), _take_cash),
    Deed(
        "supply",
        "nhan-bo-sung",
        _("Nhận bổ sung"),
        "files",
        _("Đã nhận đủ giấy tờ bổ sung."),
        _supply,
        "primary",
    ),
    Deed("claim", "nhan-viec", _("Nhận việc"), "hand-helping", _("Đã nhận việc này."), _claim, "secondary", False),
    Deed(
        "draft_result",
        "du-thao",
        _("Dự thảo"),
        "file-text",
        _("Đã soạn dự thảo; xem ở khung bên cạnh."),
        _draft_result,
    ),
    Deed(
        "ask_supplement",
        "yeu-cau-bo-sung",
        _("Yêu cầu bổ sung"),
        "paperclip",
        _("Đã gửi yêu cầu bổ sung cho người nộp."),
        _ask_supplement,
    ),
    Deed(
        "send_back", "tra-lai", _("Trả lại để sửa"), "undo-2", _("Đã trả lại chuyên viên kèm điều cần sửa."), _send_back
    ),
    Deed(
        "direct", "giao-viec", _("Giao việc, lấy ý kiến"), "users", _("Đã giao; nơi nhận thấy ngay."), _direct, "quiet"
    ),
    Deed(
        "withdraw_direction",
        "rut-viec",
        _("Rút việc đã giao"),
        "rotate-ccw",
        _("Đã rút việc đã giao."),
        _withdraw_direction,
        "quiet",
    ),
    Deed("repeat", "lam-them", _("Làm thêm một lần"), "refresh-cw", _("Đã mở lại bước này."), _repeat, "quiet"),
    Deed(
        "ask_duty",
        "nghia-vu-tai-chinh",
        _("Chờ nghĩa vụ tài chính"),
        "circle-pause",
        _("Đã báo người nộp; đồng hồ dừng đến khi có chứng từ."),
        _ask_duty,
    ),
    Deed(
        "apologise",
        "hen-lai",
        _("Xin lỗi, hẹn lại"),
        "calendar-clock",
        _("Đã hẹn lại; phiếu xin lỗi đã gửi cho người nộp."),
        _apologise,
        "quiet",
    ),
    Deed("assign", "phan-cong", _("Phân công"), "user-check", _("Đã phân công."), _assign, "quiet"),
    Deed("transfer", "chuyen", _("Giao người khác"), "arrow-right", _("Đã chuyển việc cho vị trí khác."), _transfer),
    Deed(
        "reject",
        "tu-choi-tiep-nhan",
        _("Không tiếp nhận"),
        "ban",
        _("Đã từ chối tiếp nhận; phiếu nêu lý do đã gửi cho người nộp."),
        _reject,
        "danger",
    ),
    Deed(
        "refuse",
        "tu-choi",
        _("Từ chối"),
        "ban",
        _("Đã từ chối; phiếu nêu lý do chuyển về nơi trả kết quả."),
        _refuse,
        "danger",
    ),
)
"""In the order in which the action bar shows them."""

BY_SLUG = {deed.slug: deed for deed in DEEDS}
