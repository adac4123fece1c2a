"""The counter: find the procedure and the applicant, type the form, tick papers, take cash, accept, print the slip."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid, NotFound
from tinhso.core.language import reader_language
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.kept import take_kept, typed_in
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, ProcedureRelease
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release_fees import still_to_count
from tinhso.foundation.events.actions.once import Answer, once
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.forms.controls import control_name
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import Filled, fill_form, shown_pages
from tinhso.foundation.forms.rules.form import QuestionType
from tinhso.foundation.forms.rules.values import Posted
from tinhso.foundation.identity.events import RecordOpened
from tinhso.foundation.identity.models import Party
from tinhso.foundation.payments.rules.declared import lines_as_json
from tinhso.foundation.payments.rules.fees import Assessment
from tinhso.systems.onestop.actions.accept import receive
from tinhso.systems.onestop.actions.file_dossier import Filing
from tinhso.systems.onestop.counter import AT_COUNTER, Offered, known_answers, offered_at, recorded_answers
from tinhso.systems.onestop.dossier import counter_context, find_visible, note_opening
from tinhso.systems.onestop.models import Dossier, Slip
from tinhso.systems.onestop.money import cost
from tinhso.systems.onestop.queries import title_of
from tinhso.systems.onestop.rules import Disagreement, FilingFault, disagreements, filing_faults
from tinhso.systems.onestop.views.aside import lay_aside, take_up
from tinhso.systems.onestop.views.case import Shown
from tinhso.systems.onestop.views.questions import Section, controls_of, posted_values
from tinhso.systems.onestop.views.uploads import PaperRow, digests, papers_in, read_papers, row_again
from tinhso.systems.onestop.words import say_condition, say_differing, say_fee_line, say_filing_fault, show

_UNSAID = {"csrfmiddlewaretoken", "_once"}
_CONTACTS = ("contact_phone", "contact_email")


@dataclass(frozen=True, slots=True)
class Counter:
    """The circumstances at one counter: who acts from which counter post, and its agency."""

    ctx: Context
    agency: Agency


@signed_in("officer")
def choose_procedure(request: Any) -> HttpResponse:
    """What can be brought here, found by a few letters of its name."""
    counter = counter_of(request)
    words = request.GET.get("q", "")
    offered = offered_at(counter.agency.kind, business_date(counter.ctx.now), words)
    return render(
        request, "onestop/desk/counter_procedures.html", {"offered": offered, "words": words, "counter": counter}
    )


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def fill(request: Any, procedure: str, party: Any) -> HttpResponse:
    """The whole dossier on one dense page; looked over as often as wanted, taken in once."""
    counter = counter_of(request)
    row, offered = offered_here(counter, procedure)
    applicant = get_object_or_404(Party.objects.select_related("place"), public_id=party)
    desk = _Desk(request, counter, row, offered, applicant)
    if request.method == "GET":
        return desk.show()
    if "correct" in request.POST:
        desk.lay_aside()
        return redirect("counter_correct", procedure, party)
    if "accept" not in request.POST or desk.faults() or not desk.knowing:
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
    counter = counter_of(request)
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
        self.kept = None if self.posted else take_kept(request) or self._taken_up()
        self.values: Posted = dict(request.POST.lists()) if self.posted else self.kept or self._beforehand()
        self.filled: Filled = fill_form(self.release.form, self.values, self.facts)
        answers = self.filled.answers
        variant = self.release.case_for(answers)
        papers = self.release.papers_for(variant, answers)
        kept = self.kept or {}
        again = [row_again(counter.ctx, one, kept) for one in papers]
        self.papers = read_papers(request, counter.ctx, papers) if self.posted else again
        wanted = request.POST.get("channel", "") or kept.get("channel", [""])[0]
        self.channel: str = wanted if wanted in offered.channels else offered.channels[0]

    @cached_property
    def fees(self) -> Assessment:
        return cost(self.release, self.filled.answers, self.channel, self.facts.today)

    def faults(self) -> dict[str, str]:
        """Everything that keeps the dossier from being filed, by the field it stands at; the cash apart."""
        given = {row.paper.key for row in self.papers if row.given}
        found = filing_faults(self.release, self.filled, given, self.request.POST.get("return_by", ""))
        said = {self._field(fault): say_filing_fault(fault, self.release) for fault in found}
        for row in self.papers:
            if row.error:
                said.pop(f"{row.name}.ban-chinh", None)
                said[f"{row.name}.tep"] = row.error
        return said

    def _field(self, fault: FilingFault) -> str:
        match fault.what:
            case "answer":
                return control_name(self.release.form.question(fault.key))
            case "paper":
                return f"giay.{fault.key}.ban-chinh"
        return fault.what

    @cached_property
    def differing(self) -> tuple[Disagreement, ...]:
        """Where the form and the applicant's record disagree."""
        known = recorded_answers(self.release, self.applicant)
        return disagreements(self.release.form, self.filled.answers, known)

    @property
    def knowing(self) -> bool:
        """Whether nothing disagrees, or the officer has looked at the papers and goes on."""
        return not self.differing or self.request.POST.get("doi-chieu") == "yes"

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
            note = say_differing(self.differing, self.release.form)
            case = receive(ctx, self._filing(), cash=self.cash, note=note)
            return Answer(302, location=f"/can-bo/tiep-nhan/xong/{case.code}")

        return once(f"counter:{ctx.actor}:{self.release.code}", post.get("_once", ""), said, ctx.now, do)

    def show(self, refusal: Invalid | Conflict | None = None, status: int = 200) -> HttpResponse:
        note_party(self.counter.ctx, self.applicant, "receive")
        faults = self.faults() if self.posted else {}
        variant = self.release.case_for(self.filled.answers)
        counting = bool(still_to_count(self.release, variant, self.filled.answers))
        if isinstance(refusal, Invalid):
            faults |= refusal.fields or {"": refusal.message}
        if "accept" in self.request.POST and not self.knowing:
            faults["doi-chieu"] = _("Nội dung khai khác thông tin người nộp; đối chiếu giấy tờ rồi đánh dấu.")
        context = {
            "offered": self.offered,
            "title": title_of(self.release),
            "applicant": self.applicant,
            "counter": self.counter,
            "sections": self._sections(faults),
            "paper_rows": [_said(row, faults) for row in self.papers],
            "communes": self.facts.communes,
            "channels": [pair for pair in said_choices(Case.Channel) if pair[0] in self.offered.channels],
            "channel": self.channel,
            "returns": said_choices(Dossier.ReturnBy),
            "looked": self.request.POST.get("doi-chieu") == "yes",
            "counting": counting,
            "differing": [
                (self.release.form.question(one.question).title, show(one.answered), show(one.kept))
                for one in (self.differing if self.posted else ())
            ],
            "fee_lines": [] if counting else [say_fee_line(line) for line in lines_as_json(self.fees)],
            "total": None if counting else self.fees.total,
            "values": self.request.POST if self.posted else self._contact(),
            "errors": faults,
            "refusal": refusal if isinstance(refusal, Conflict) else None,
            "looked_over": self.posted,
            "once": self.request.POST.get("_once", ""),
        }
        return render(self.request, "onestop/desk/counter_fill.html", context, status=status)

    def lay_aside(self) -> None:
        """Keep the page as it stands, files too, until the applicant's record is corrected."""
        files = {f"{row.name}.da-tai": [str(file.public_id) for file in row.files] for row in self.papers}
        lay_aside(self.request, typed_in(self.request) | files, self._recorded())

    def _taken_up(self) -> dict[str, list[str]] | None:
        """What was laid aside, following the record where it said what the record said; typed otherwise, it stays."""
        aside = take_up(self.request)
        if aside is None:
            return None
        typed, now = aside.typed, self._recorded()
        said = fill_form(self.release.form, typed, self.facts).answers
        for question in self.release.form.questions():
            key = question.key
            if key in said and said[key] == aside.known.get(key) != now.get(key):
                typed = {name: texts for name, texts in typed.items() if name != key and not name.startswith(f"{key}.")}
                typed |= posted_values([question], now)
        for name in _CONTACTS:
            if typed.get(name) == [aside.known.get(name)]:
                typed[name] = [now[name]]
        return typed

    def _recorded(self) -> dict[str, Any]:
        """What the applicant's record says to the questions of this page, as far as it takes over from it."""
        contacts = dict(zip(_CONTACTS, (self.applicant.phone, self.applicant.email), strict=True))
        return recorded_answers(self.release, self.applicant) | contacts

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
            facts=self.facts,
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
                    question, self.values, faults.get(control_name(question), ""), self.facts.communes
                )
            ]
            when = say_condition(form, page.show_if) if page.show_if else ""
            sections.append(Section(page, controls, page in shown, when))
        return sections


def counter_of(request: Any) -> Counter:
    """The counter post acted from. Raises Forbidden for an officer who holds none."""
    ctx = counter_context(request.ctx, request.posts)
    if ctx is None:
        raise Forbidden(
            "Trang này dành cho vị trí tiếp nhận và trả kết quả.",
            what_to_do="Người giữ vị trí đó thì đổi vị trí công tác; nếu không, nhờ cán bộ tại quầy.",
        )
    return Counter(ctx, next(post.agency for post in request.posts if post.pk == ctx.post_id))


def offered_here(counter: Counter, procedure: str) -> tuple[ProcedureRelease, Offered]:
    """The release in force. Raises NotFound, or Forbidden where it is not brought to this kind of counter."""
    row = find_release(procedure, business_date(counter.ctx.now))
    if row is None:
        raise NotFound(
            _("Không có thủ tục mang mã %(code)s đang áp dụng.") % {"code": procedure[:20]},
            what_to_do="Tìm lại theo tên thủ tục.",
        )
    release = read_release(row)
    channels = tuple(channel for channel in AT_COUNTER if channel in release.channels)
    if counter.agency.kind not in release.filed_at or not channels:
        raise Forbidden(
            _("Thủ tục %(procedure)s không nhận tại %(agency)s.")
            % {"procedure": translated(title_of(release)), "agency": counter.agency.name},
            what_to_do="Hướng dẫn người dân nộp ở nơi ghi trong trang thủ tục, hoặc nộp trực tuyến.",
        )
    return row, Offered(release, channels)


@transaction.atomic
def note_party(ctx: Context, party: Party, purpose: str) -> None:
    """Record that an officer opened an applicant's record; written before the answer is."""
    record(ctx, RecordOpened(what="party", purpose=purpose), subject=("party", party.pk))


def said_choices(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), translated(label)) for value, label in choices.choices]


def _said(row: PaperRow, faults: dict[str, str]) -> PaperRow:
    """The row with its fault as the page says it."""
    fault = faults.get(f"{row.name}.tep") or faults.get(f"{row.name}.ban-chinh") or ""
    return PaperRow(row.paper, row.originals, row.copies, row.files, fault)
