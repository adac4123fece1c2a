"""The case page: list, case and paper side by side, and every act on it."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.kept import take_kept
from tinhso.core.web.tags.words import translated
from tinhso.foundation.cases.models import Direction
from tinhso.foundation.events.actions.once import Answer, once
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.identity.actions.guard_secret import guarded_pin
from tinhso.foundation.identity.queries import people_of
from tinhso.systems.onestop.actions.ask_others import may_be_asked
from tinhso.systems.onestop.actions.decide import expected_results
from tinhso.systems.onestop.actions.handle import assignable
from tinhso.systems.onestop.actions.see_draft import see_drafts
from tinhso.systems.onestop.dossier import (
    Opened,
    acting_context,
    coming_results,
    find_visible,
    is_signing,
    note_opening,
    open_dossier,
    transfer_targets,
)
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.onestop.queries import InboxFilter, communes_by_code, counts_for, inbox
from tinhso.systems.onestop.views.deeds import BY_SLUG, DEEDS, Deed, wanted_papers
from tinhso.systems.onestop.views.questions import controls_of, posted_values, under
from tinhso.systems.onestop.views.uploads import PaperRow, digests, read_papers

_UNSAID = {"csrfmiddlewaretoken", "_once", "pin"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the third pane shows: a file of the case or a slip, at its own address."""

    url: str
    name: str
    image: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """An act whose form is on the screen: fresh, or back with what was typed (and perhaps why it was refused)."""

    deed: Deed
    values: MultiValueDict[str, str]
    errors: dict[str, str]
    refusal: Conflict | Invalid | None = None
    opens: bool = False


@signed_in("officer")
def case_page(request: Any, code: str) -> HttpResponse:
    """Everything about one dossier. Opening it is recorded before the answer."""
    case = find_visible(request.user, request.posts, code)
    return _show(request, open_dossier(request.ctx, request.posts, case), None)


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def act(request: Any, code: str, slug: str) -> HttpResponse:
    """One act: its form on the case page (GET), the act itself (POST)."""
    deed = BY_SLUG.get(slug)
    if deed is None:
        raise NotFound("Không có việc nào ở địa chỉ này.", what_to_do="Mở lại hồ sơ và chọn việc ở thanh dưới cùng.")
    case = find_visible(request.user, request.posts, code)
    opened = open_dossier(request.ctx, request.posts, case)
    if request.method == "GET":
        if deed.act not in opened.acts:
            return redirect("desk_case", code=case.code)
        return _show(request, opened, Attempt(deed, MultiValueDict(take_kept(request) or {}), {}))
    try:
        answer = _perform(request, opened, deed)
    except Invalid as refusal:
        return _again(request, code, Attempt(deed, request.POST, refusal.fields or {"": refusal.message}, refusal))
    except Conflict as refusal:
        return _again(request, code, Attempt(deed, request.POST, {}, refusal))
    messages.success(request, f"{case.code}: {deed.said}")
    return redirect(answer.location)


def _perform(request: Any, opened: Opened, deed: Deed) -> Answer:
    """The act under its idempotency key: pressed five times, done once. The PIN is no part of what is kept."""
    version = whole_number(request.POST.get("version", ""))
    if version is None:
        raise Invalid("Biểu mẫu thiếu số phiên bản hồ sơ.", what_to_do="Mở lại hồ sơ rồi làm lại.")
    ctx = acting_context(request.ctx, request.posts, opened.task)
    said = {name: values for name, values in request.POST.lists() if name not in _UNSAID} | digests(request)

    def do() -> Answer:
        deed.perform(request, ctx, opened, version)
        back = request.POST.get("ve", "")
        own = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/can-bo/")
        return Answer(302, location=back if own else f"/can-bo/ho-so/{opened.case.code}{_look_at(opened, deed)}")

    with guarded_pin(ctx) if deed.pin else nullcontext():
        return once(f"desk:{ctx.actor}:{request.path}", request.POST.get("_once", ""), said, ctx.now, do)


def _look_at(opened: Opened, deed: Deed) -> str:
    """After drafting, the draft lies in the third pane."""
    if deed.act != "draft_result":
        return ""
    drafted = (
        Result.objects.filter(case=opened.case, draft__isnull=False).select_related("draft").order_by("id").first()
    )
    return f"?xem={drafted.draft.public_id}" if drafted and drafted.draft else ""


def _again(request: Any, code: str, attempt: Attempt) -> HttpResponse:
    """The page after a refusal: the dossier as it is now, the refusal in words, what was typed still there."""
    opened = open_dossier(request.ctx, request.posts, find_visible(request.user, request.posts, code))
    return _show(request, opened, attempt)


def _show(request: Any, opened: Opened, attempt: Attempt | None) -> HttpResponse:
    note_opening(request.ctx, opened.case, "dossier", "handle" if opened.task else "look")
    wanted = InboxFilter.of(*(request.GET.get(name, "") for name in ("vi-tri", "han", "thu-tuc", "ai")))
    deeds = _deeds(opened)
    shown, beside = _pane(request, opened)
    context = {
        "opened": opened,
        "case": opened.case,
        "inbox": inbox(request.ctx, request.posts, wanted, counts=counts_for(request)),
        "wanted": wanted,
        "deeds": [deed for deed in deeds if deed.kind != "quiet"],
        "more": [deed for deed in deeds if deed.kind == "quiet"],
        "shown": shown,
        "beside": beside,
        "attempt": replace(attempt, opens=_opens(attempt.deed, opened)) if attempt else None,
        "values": attempt.values if attempt else {},
        "errors": attempt.errors if attempt else {},
        "still_possible": bool(attempt and attempt.deed.act in opened.acts),
        "kept": _kept(attempt),
        **(_needs(request, opened, attempt) if attempt else {}),
    }
    status = attempt.refusal.status if attempt and attempt.refusal else 200
    return render(request, "onestop/desk/case.html", context, status=status)


def _deeds(opened: Opened) -> list[Deed]:
    """What may be done, the next thing first: to draft and look at the draft comes before passing it on."""
    deeds = [deed for deed in DEEDS if deed.act in opened.acts]
    if opened.unseen and "draft_result" in opened.acts:
        ranks = {"draft_result": "primary", "propose": "secondary"}
        deeds = [replace(deed, kind=ranks.get(deed.act, deed.kind)) for deed in deeds]
    return sorted(deeds, key=lambda deed: deed.kind != "primary")


def _pane(request: Any, opened: Opened) -> tuple[Shown | None, list[Shown]]:
    """The paper in the third pane; with a draft also the other drafts of this step. Drafts shown are drafts seen."""
    base, shown = f"/can-bo/ho-so/{opened.case.code}", _shown(opened, request.GET.get("xem", ""))
    drafts = [result for result in opened.results if result.draft and result.state == Result.State.DRAFT]
    addresses = {f"{base}/tep/{result.draft.public_id}": result for result in drafts if result.draft}
    if shown is None or opened.task is None or shown.url not in addresses:
        return shown, []
    see_drafts(request.ctx, drafts)
    others = [(address, result) for address, result in addresses.items() if address != shown.url]
    return shown, [Shown(address, opened.release.result(result.key).name, False) for address, result in others]


def _opens(deed: Deed, opened: Opened) -> bool:
    """Whether an act's button opens a form: it asks for something, or for a second look."""
    return deed.opens or (deed.act == "accept" and bool(opened.differing))


def _needs(request: Any, opened: Opened, attempt: Attempt) -> dict[str, Any]:
    """What one act's form must know beside the dossier."""
    if attempt.deed.act not in opened.acts:
        return {}
    match attempt.deed.act:
        case "transfer" if opened.task:
            posts = transfer_targets(request.ctx, opened.task)
            return {"targets": [("", _("Chọn…")), *((post.pk, post.title) for post in posts)]}
        case "assign":
            ctx = acting_context(request.ctx, request.posts, opened.task)
            post = assignable(ctx, opened.case)[0].post_id
            people = people_of([post], business_date(request.ctx.now))
            return {"people": [("", _("Chọn…")), *((person.pk, str(person)) for person in people)]}
        case "direct":
            posts = may_be_asked(acting_context(request.ctx, request.posts, opened.task), opened.case)
            parts = [(part.value, translated(part.label)) for part in Direction.Part]
            return {"askable": [("", _("Chọn…")), *((post.pk, str(post)) for post in posts)], "parts": parts}
        case "withdraw_direction":
            ours = [one for one in opened.directions if one.state == Direction.State.OPEN]
            mine = [(one.pk, str(one.to_post)) for one in ours if one.from_post_id == request.ctx.post_id]
            return {"withdrawable": [("", _("Chọn…")), *mine]}
        case "send_back":
            return {"back_to": [(step.key, translated(step.name)) for step in opened.earlier]}
        case "draft_result":
            return {"asked": _asked(request, opened, attempt)}
        case "record_outcome" if opened.step:
            keys = expected_results(opened.release, opened.case, opened.step)
            return {"expected": [(f"tep.{key}", opened.release.result(key).name) for key in keys]}
        case "supply":
            papers = wanted_papers(opened)
            posted = request.method == "POST"
            rows = (
                read_papers(request, request.ctx, papers) if posted else [PaperRow(p, "", "", [], "") for p in papers]
            )
            return {"paper_rows": rows}
        case "ask_supplement":
            typed = attempt.values
            chosen = set(typed.getlist("giay"))
            wanted = [p for p in opened.release.papers_for(opened.variant, opened.answers) if not p.declaration]
            return {"may_ask": [(p, p.key in chosen, typed.get(f"ghi-chu.{p.key}", "")) for p in wanted]}
    return {}


def _asked(request: Any, opened: Opened, attempt: Attempt) -> list[tuple[str, list[Any]]]:
    """For each coming result: its name and the questions its template asks the specialist."""
    kept = {result.key: result.content or {} for result in opened.results}
    names = communes_by_code(business_date(request.ctx.now))
    asked = []
    for result in coming_results(opened):
        questions = [under(result.key, question) for question in result.asks]
        known = {f"{result.key}.{key}": value for key, value in kept.get(result.key, {}).items()}
        values = dict(attempt.values.lists()) if attempt.values else posted_values(questions, known)
        controls = [c for q in questions for c in controls_of(q, values, attempt.errors.get(q.key, ""), names)]
        asked.append((result.name, controls))
    return asked


def _shown(opened: Opened, wanted: str) -> Shown | None:
    """What was chosen, else what the step is about: the paper to sign, or the first paper handed in."""
    base = f"/can-bo/ho-so/{opened.case.code}"
    results = [(name, result.file or result.signed or result.draft) for result, name in opened.named_results]
    drafts = [(name, file) for name, file in results if file]
    papers = [(paper.name, file) for paper in opened.papers for file in paper.files]
    files = [*drafts, *papers] if is_signing(opened.step) or not papers else [*papers, *drafts]
    chosen = next(((name, file) for name, file in files if str(file.public_id) == wanted), None)
    slip = next((pair for pair in opened.slips if str(pair[0].public_id) == wanted), None)
    if slip or (not files and not chosen and opened.slips):
        return _shown_slip(base, slip or opened.slips[-1])
    chosen = chosen or (files[0] if files else None)
    return _shown_file(base, *chosen) if chosen else None


def _shown_file(base: str, name: str, file: FileRef) -> Shown:
    return Shown(f"{base}/tep/{file.public_id}", name, file.name.endswith((".jpg", ".jpeg", ".png")))


def _shown_slip(base: str, pair: tuple[Slip, str]) -> Shown:
    return Shown(f"{base}/phieu/{pair[0].public_id}", pair[1], False)


def _kept(attempt: Attempt | None) -> str:
    """What was typed, as text to copy, when the act is no longer possible."""
    if attempt is None or not isinstance(attempt.refusal, Conflict):
        return ""
    names = ("reason", "note", "receiver", "reference", "content", "answer", "notice", "proof")
    typed = [attempt.values.get(name, "") for name in names]
    return "\n\n".join(text.strip() for text in typed if text.strip())
