"""The counter: find the procedure and the applicant, type the form, tick papers, take cash, accept, print the slip."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid, NotFound
from tinhso.core.language import reader_language
from tinhso.core.money import format_dong
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.dates import PartialDate
from tinhso.core.web.kept import kept_values, take_kept, typed_in
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, ProcedureRelease
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Paper, Release
from tinhso.foundation.events.actions.once import Answer, once
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.filling import Filled, fill_form, shown_pages
from tinhso.foundation.forms.rules.form import Form, QuestionType
from tinhso.foundation.forms.rules.values import Posted
from tinhso.foundation.forms.words import say_fault
from tinhso.foundation.identity.actions.keep_party import keep_party
from tinhso.foundation.identity.events import RecordOpened
from tinhso.foundation.identity.models import Party
from tinhso.foundation.identity.queries import find_party
from tinhso.foundation.payments.rules.declared import lines_as_json
from tinhso.foundation.payments.rules.fees import Assessment
from tinhso.systems.onestop.actions.accept import receive
from tinhso.systems.onestop.actions.file_dossier import Filing
from tinhso.systems.onestop.counter import (
    AT_COUNTER,
    Candidate,
    Offered,
    find_by_name,
    find_by_number,
    known_answers,
    offered_at,
    read_details,
)
from tinhso.systems.onestop.dossier import counter_context, find_visible, note_opening
from tinhso.systems.onestop.models import Dossier, Slip
from tinhso.systems.onestop.money import cost
from tinhso.systems.onestop.queries import name_in_lists, title_of
from tinhso.systems.onestop.views.case import Shown
from tinhso.systems.onestop.views.questions import Section, controls_of, faults_by_name, first_name, posted_values
from tinhso.systems.onestop.views.uploads import PaperRow, digests, papers_in, read_papers
from tinhso.systems.onestop.words import say_condition, say_fee_line

_UNSAID = {"csrfmiddlewaretoken", "_once"}


@dataclass(frozen=True, slots=True)
class Counter:
    """The circumstances at one counter: who acts from which counter post, and its agency."""

    ctx: Context
    agency: Agency


@signed_in("officer")
def choose_procedure(request: Any) -> HttpResponse:
    """What can be brought here, found by a few letters of its name."""
    counter = _counter(request)
    words = request.GET.get("q", "")
    offered = offered_at(counter.agency.kind, business_date(counter.ctx.now), words)
    return render(
        request, "onestop/desk/counter_procedures.html", {"offered": offered, "words": words, "counter": counter}
    )


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def choose_applicant(request: Any, procedure: str) -> HttpResponse:
    """Find who applies by number, or by name and birth date; or enter somebody new."""
    counter = _counter(request)
    offered = _offered(counter, procedure)[1]
    facts = facts_on(business_date(counter.ctx.now))
    context: dict[str, Any] = {"offered": offered, "title": title_of(offered.release), "communes": facts.communes}
    context |= {
        "kinds": _said_choices(Party.Kind),
        "sexes": [("female", _("Nữ")), ("male", _("Nam"))],
        "counter": counter,
    }
    if request.method == "GET":
        kept = kept_values(request)
        context |= {"values": kept, "creating": "create" in kept}
        return render(request, "onestop/desk/counter_applicant.html", context)
    context |= {"values": request.POST, "once": request.POST.get("_once", "")}
    try:
        if "create" in request.POST:
            return redirect(_create(request, counter, procedure, facts).location)
        context["found"] = _search(request, counter)
        context["creating"] = not context["found"]
    except Invalid as refusal:
        context["errors"] = refusal.fields or {"": refusal.message}
        context["creating"] = "create" in request.POST
        return render(request, "onestop/desk/counter_applicant.html", context, status=422)
    return render(request, "onestop/desk/counter_applicant.html", context)


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def fill(request: Any, procedure: str, party: Any) -> HttpResponse:
    """The whole dossier on one dense page; looked over as often as wanted, taken in once."""
    counter = _counter(request)
    row, offered = _offered(counter, procedure)
    applicant = get_object_or_404(Party.objects.select_related("place"), public_id=party)
    desk = _Desk(request, counter, row, offered, applicant)
    if request.method == "GET":
        return desk.show()
    if "accept" not in request.POST or desk.faults():
        return desk.show(status=422 if "accept" in request.POST else 200)
    try:
        answer = desk.accept()
    except Invalid as refusal:
        return desk.show(refusal=refusal, status=422)
    except Conflict as refusal:
        return desk.show(refusal=refusal, status=409)
    return redirect(answer.location)


@signed_in("officer")
def received(request: Any, code: str) -> HttpResponse:
    """What happened, the slip to print, and the next thing."""
    counter = _counter(request)
    case = find_visible(request.user, request.posts, code)
    note_opening(counter.ctx, case, "dossier", "receive")
    slip = Slip.objects.filter(case=case, kind="acceptance").order_by("id").last()
    shown = (
        Shown(f"/can-bo/ho-so/{case.code}/phieu/{slip.public_id}", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"), False)
        if slip
        else None
    )
    said = Dossier.objects.get(case=case).explanation or {}
    context = {"case": case, "why": said.get(reader_language()) or said.get("vi", ""), "shown": shown}
    return render(request, "onestop/desk/counter_received.html", context)


class _Desk:
    """One showing of the dense page: what was typed, what follows from it, what is wrong with it."""

    def __init__(
        self, request: Any, counter: Counter, row: ProcedureRelease, offered: Offered, applicant: Party
    ) -> None:
        self.request, self.counter, self.row, self.offered, self.applicant = request, counter, row, offered, applicant
        self.release: Release = offered.release
        self.facts: Facts = facts_on(business_date(counter.ctx.now))
        self.posted = request.method == "POST"
        self.kept = None if self.posted else take_kept(request)
        self.values: Posted = dict(request.POST.lists()) if self.posted else self.kept or self._beforehand()
        self.filled: Filled = fill_form(self.release.form, self.values, self.facts)
        answers = self.filled.answers
        variant = self.release.case_for(answers)
        papers = self.release.papers_for(variant, answers)
        kept = self.kept or {}
        fresh = [_fresh(one, kept) for one in papers]
        self.papers = read_papers(request, counter.ctx, papers) if self.posted else fresh
        wanted = request.POST.get("channel", "") or kept.get("channel", [""])[0]
        self.channel: str = wanted if wanted in offered.channels else offered.channels[0]
        self.fees: Assessment = cost(self.release, answers, self.channel, self.facts.today)

    def faults(self) -> dict[str, str]:
        """Everything that keeps the dossier from being taken in, by field."""
        form = self.release.form
        said = faults_by_name(form, ((fault, _say(fault, form)) for fault in self.filled.faults))
        for row in self.papers:
            if row.error:
                said[f"{row.name}.tep"] = row.error
            elif row.paper.required and not row.paper.declaration and not row.given:
                said[f"{row.name}.ban-chinh"] = _("Chưa nhận: %(paper)s.") % {"paper": translated(row.paper.name)}
        if self.request.POST.get("return_by") not in Dossier.ReturnBy.values:
            said["return_by"] = _("Chọn cách nhận kết quả.")
        if "accept" not in self.request.POST:
            return said
        if self.fees.total is None:
            said["cash"] = _("Mức thu do Hội đồng nhân dân tỉnh quyết định chưa được nhập; hỏi phụ trách Trung tâm.")
        elif self.fees.total and self.cash != self.fees.total:
            said["cash"] = _("Thu đúng %(amount)s rồi ghi số tiền đã thu.") % {"amount": format_dong(self.fees.total)}
        return said

    @property
    def cash(self) -> int:
        typed = self.request.POST.get("cash", "").replace(".", "").replace(" ", "")
        return whole_number(typed) or 0

    def accept(self) -> Answer:
        """Take the dossier in under the page's idempotency key."""
        ctx, post = self.counter.ctx, self.request.POST
        said = {name: values for name, values in post.lists() if name not in _UNSAID} | digests(self.request)
        said = {name: value for name, value in said.items() if not name.endswith((".tep", ".da-tai"))}

        def do() -> Answer:
            case = receive(ctx, self._filing(), cash=self.fees.total or 0)
            return Answer(302, location=f"/can-bo/tiep-nhan/xong/{case.code}")

        return once(f"counter:{ctx.actor}:{self.release.code}", post.get("_once", ""), said, ctx.now, do)

    def show(self, refusal: Invalid | Conflict | None = None, status: int = 200) -> HttpResponse:
        _note_party(self.counter.ctx, self.applicant)
        faults = self.faults() if self.posted else {}
        if isinstance(refusal, Invalid):
            faults |= refusal.fields or {"": refusal.message}
        context = {
            "offered": self.offered,
            "title": title_of(self.release),
            "applicant": self.applicant,
            "counter": self.counter,
            "sections": self._sections(faults),
            "paper_rows": [_said(row, faults) for row in self.papers],
            "communes": self.facts.communes,
            "channels": [pair for pair in _said_choices(Case.Channel) if pair[0] in self.offered.channels],
            "channel": self.channel,
            "returns": _said_choices(Dossier.ReturnBy),
            "fee_lines": [say_fee_line(line) for line in lines_as_json(self.fees)],
            "total": self.fees.total,
            "values": self.request.POST if self.posted else self._contact(),
            "errors": faults,
            "refusal": refusal if isinstance(refusal, Conflict) else None,
            "looked_over": self.posted,
            "once": self.request.POST.get("_once", ""),
        }
        return render(self.request, "onestop/desk/counter_fill.html", context, status=status)

    def _filing(self) -> Filing:
        post = self.request.POST
        return Filing(
            release=self.row,
            applicant=self.applicant,
            answers=self.filled.answers,
            papers=papers_in(self.papers),
            channel=self.channel,
            filing=Dossier.Filing.COUNTER,
            receiving=self.counter.agency,
            returning=self.counter.agency,
            return_by=post["return_by"],
            phone=post.get("contact_phone", "").strip(),
            email=post.get("contact_email", "").strip(),
        )

    def _beforehand(self) -> dict[str, list[str]]:
        """What is known of the applicant; this commune where the form asks which commune decides."""
        known = known_answers(self.release, self.applicant, self.facts)
        place = self.counter.agency.place
        deciding = {part.place for part in self.release.agencies}
        for question in self.release.form.questions():
            if question.key in deciding and question.type is QuestionType.COMMUNE and place:
                known.setdefault(question.key, place.code)
        return posted_values(self.release.form.questions(), known)

    def _contact(self) -> dict[str, str]:
        if self.kept:
            return {name: texts[0] for name, texts in self.kept.items() if texts}
        first = {"contact_phone": self.applicant.phone, "contact_email": self.applicant.email}
        return {**first, "return_by": Dossier.ReturnBy.CENTRE}

    def _sections(self, faults: dict[str, str]) -> list[Section]:
        form = self.release.form
        shown = set(shown_pages(form, self.filled.answers))
        sections = []
        for page in form.pages:
            controls = [
                control
                for question in page.questions
                for control in controls_of(
                    question, self.values, faults.get(first_name(question), ""), self.facts.communes
                )
            ]
            when = say_condition(form, page.show_if) if page.show_if else ""
            sections.append(Section(page, controls, page in shown, when))
        return sections


def _counter(request: Any) -> Counter:
    """The counter post acted from. Raises Forbidden for an officer who holds none."""
    ctx = counter_context(request.ctx, request.posts)
    if ctx is None:
        raise Forbidden(
            "Trang này dành cho vị trí tiếp nhận và trả kết quả.",
            what_to_do="Nếu bạn giữ vị trí đó, đổi vị trí công tác; nếu không, nhờ cán bộ tại quầy.",
        )
    return Counter(ctx, next(post.agency for post in request.posts if post.pk == ctx.post_id))


def _offered(counter: Counter, procedure: str) -> tuple[ProcedureRelease, Offered]:
    """The release in force. Raises NotFound, or Forbidden where it is not brought to this kind of counter."""
    row = find_release(procedure, business_date(counter.ctx.now))
    if row is None:
        raise NotFound(
            f"Không có thủ tục mang mã {procedure[:20]} đang áp dụng.", what_to_do="Tìm lại theo tên thủ tục."
        )
    release = read_release(row)
    channels = tuple(channel for channel in AT_COUNTER if channel in release.channels)
    if counter.agency.kind not in release.filed_at or not channels:
        raise Forbidden(
            f"Thủ tục {title_of(release)} không nhận tại {counter.agency.name}.",
            what_to_do="Hướng dẫn người dân nộp ở nơi ghi trong trang thủ tục, hoặc nộp trực tuyến.",
        )
    return row, Offered(release, channels)


def _search(request: Any, counter: Counter) -> list[Candidate]:
    return [Candidate.of(party) for party in _found(request, counter)]


def _found(request: Any, counter: Counter) -> list[Party]:
    if number := request.POST.get("find_number", "").strip():
        if not re.search("[0-9]", number):
            raise Invalid("Chưa đọc được số.", fields={"find_number": "Ghi số định danh hoặc mã số thuế bằng chữ số."})
        return find_by_number(counter.ctx, number)
    name, born = request.POST.get("find_name", "").strip(), PartialDate.parse(request.POST, "find_born").iso()
    if not name or not born:
        raise Invalid(
            "Thiếu điều kiện tìm.",
            fields={"find_number": "Ghi số định danh; hoặc họ tên và ngày sinh (ít nhất năm sinh)."},
        )
    return find_by_name(counter.ctx, name, born)


def _create(request: Any, counter: Counter, procedure: str, facts: Facts) -> Answer:
    """Keep the applicant under the page's idempotency key: pressed twice, one party."""

    def do() -> Answer:
        party = _kept_party(request, counter, facts)
        return Answer(302, location=reverse("counter_fill", args=[procedure, party.public_id]))

    key = request.POST.get("_once", "")
    return once(f"applicant:{counter.ctx.actor}:{procedure}", key, typed_in(request), counter.ctx.now, do)


def _kept_party(request: Any, counter: Counter, facts: Facts) -> Party:
    details = read_details(request.POST, facts)
    known = find_party(details.number, details.kind) if details.number else None
    if known and known.name.casefold() != details.name.casefold():
        said = _("Số này đã có trong hệ thống, của %(name)s. Tìm theo số rồi chọn người đó.")
        raise Invalid(
            "Số này đã có trong hệ thống.",
            fields={"number": said % {"name": name_in_lists(known)}},
        )
    return keep_party(counter.ctx, details)


@transaction.atomic
def _note_party(ctx: Context, party: Party) -> None:
    record(ctx, RecordOpened(what="party", purpose="receive"), subject=("party", party.pk))


def _say(fault: Fault, form: Form) -> str:
    """For an officer with many questions on one screen, what is missing is named."""
    question = form.question(fault.question)
    if fault.code != "required":
        return say_fault(fault, form, reader_language())
    if question.type is QuestionType.STATEMENT:
        return _("Chưa đánh dấu lời cam đoan.")
    return _("Chưa điền: %(question)s.") % {"question": translated(question.title)}


def _said_choices(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), translated(label)) for value, label in choices.choices]


def _fresh(paper: Paper, kept: Mapping[str, list[str]]) -> PaperRow:
    """The row before anything was posted: empty, or the counts typed before the session ended."""
    originals, copies = (kept.get(f"giay.{paper.key}.{part}", [""])[0] for part in ("ban-chinh", "ban-sao"))
    return PaperRow(paper, originals, copies, [], "")


def _said(row: PaperRow, faults: dict[str, str]) -> PaperRow:
    """The row with its fault as the page says it."""
    fault = faults.get(f"{row.name}.tep") or faults.get(f"{row.name}.ban-chinh") or ""
    return PaperRow(row.paper, row.originals, row.copies, row.files, fault)
