"""Filling in a dossier: begin, one page after another, see what is left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.core.errors import NotFound
from tinhso.core.time import business_date
from tinhso.core.web.access import public
from tinhso.foundation.cases.models import NotOffered
from tinhso.foundation.cases.queries import find_not_offered
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.forms.controls import sources_of
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.facts import Fault
from tinhso.foundation.forms.rules.filling import prefill
from tinhso.foundation.forms.rules.form import Page
from tinhso.systems.accounts.public import answer_once, citizen, take_kept
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services import form_fields, words
from tinhso.systems.services.actions.begin_draft import begin_draft, may_apply
from tinhso.systems.services.actions.fill_draft import answer_page
from tinhso.systems.services.actions.papers import drop_draft
from tinhso.systems.services.actions.submit_draft import communes_named, keep_current
from tinhso.systems.services.models import Draft
from tinhso.systems.services.queries import (
    can_be_filed_online,
    drafts_of,
    get_draft,
    get_release,
    papers_of,
)
from tinhso.systems.services.rules.progress import Progress, progress
from tinhso.systems.services.views.drafts import of_a_draft, to_dossier

CHECK = "kiem-tra"
"""`?tu=kiem-tra`: the page was opened from the check before filing, and goes back there."""


@public
def begin(request: Any, procedure: str) -> HttpResponse:
    """Before filling in: what is needed, what it costs, in whose name. Strangers see it too and sign in here."""
    release = get_release(procedure, business_date(request.ctx.now))
    if not can_be_filed_online(release):
        return redirect("where_to_file", code=release.code)
    if request.method == "POST":
        return _begin(request, procedure)
    account = request.user if request.user.is_authenticated else None
    known = [draft for draft in drafts_of(account) if draft.release.procedure == procedure] if account else []
    context = {
        "release": release,
        "name": release.short_name or release.name,
        "party": account.party if account else None,
        "may_apply": may_apply(release, account) if account else True,
        "applicants": words.say_all(words.APPLICANTS, release.applicants),
        "drafts": known,
    }
    return render(request, "services/begin.html", context)


@citizen
def _begin(request: Any, procedure: str) -> HttpResponse:
    def act() -> str:
        draft = begin_draft(request.ctx, request.user, procedure)
        first = read_release(draft.release).form.pages[0]
        return reverse("draft_page", args=[draft.public_id, first.key])

    return answer_once(request, act)


@of_a_draft
def overview(request: Any, draft: UUID) -> HttpResponse:
    """What is done and what is left of a draft."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    if keep_current(request.ctx, row):
        messages.warning(
            request, _("Thủ tục vừa được cập nhật. Câu trả lời của bạn vẫn được giữ; mời xem lại từng phần.")
        )
        row = get_draft(request.user, draft)
    release = read_release(row.release)
    state = state_of(row, release)
    context = {"draft": row, "release": release, "name": release.short_name or release.name, "state": state}
    context["next_url"] = next_url(row, state)
    return render(request, "services/overview.html", context)


@of_a_draft
def page(request: Any, draft: UUID, page: str) -> HttpResponse:
    """One page of the form."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    release = read_release(row.release)
    shown = next((found for found in state_of(row, release).pages if found.key == page), None)
    if shown is None:
        if release.form.pages and any(found.key == page for found in release.form.pages):
            return redirect("draft", draft=row.public_id)
        raise NotFound("Hồ sơ này không có phần như vậy.", what_to_do="Mở lại danh sách các phần của hồ sơ.")
    return _answered(request, row, release, shown) if request.method == "POST" else _asked(request, row, release, shown)


@of_a_draft
def not_offered(request: Any, draft: UUID) -> HttpResponse:
    """The commune that was named does not handle this procedure: who does instead."""
    row = get_draft(request.user, draft)
    release = read_release(row.release)
    refused = refused_by(release, row.answers, request)
    if refused is None:
        return redirect("draft", draft=row.public_id)
    places = onestop.place_questions(release.agencies)
    asked = next(page for page in release.form.pages if places & {question.key for question in page.questions})
    context = {"draft": row, "release": release, "name": release.short_name or release.name, "refused": refused}
    return render(request, "services/not_offered.html", {**context, "page": asked}, status=409)


@of_a_draft
def drop(request: Any, draft: UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    release = read_release(row.release)
    if request.method != "POST":
        return render(request, "services/drop.html", {"draft": row, "name": release.short_name or release.name})

    def act() -> str:
        drop_draft(request.ctx, row, release.code)
        return reverse("mine")

    return answer_once(request, act)


def state_of(draft: Draft, release: Release) -> Progress:
    """How far a draft is. One query."""
    counts = {key: len(rows) for key, rows in papers_of(draft).items()}
    seen = draft.choices.get("seen", [])
    return progress(release, draft.answers, seen, counts, bool(draft.choices.get("return_by")))


def next_url(draft: Draft, state: Progress) -> str:
    """The first thing left to do."""
    if state.todo:
        return reverse("draft_page", args=[draft.public_id, state.todo[0].key])
    if not state.papers_done:
        return reverse("draft_papers", args=[draft.public_id])
    if not state.return_chosen:
        return reverse("draft_return", args=[draft.public_id])
    return reverse("draft_check", args=[draft.public_id])


def refused_by(release: Release, answers: dict[str, Any], request: Any) -> NotOffered | None:
    """Whether a commune named in the answers does not handle the procedure."""
    day = business_date(request.ctx.now)
    found = (find_not_offered(release.code, commune, day) for commune in communes_named(release, answers))
    return next((row for row in found if row), None)


def _asked(request: Any, draft: Draft, release: Release, page: Page) -> HttpResponse:
    facts = facts_on(business_date(request.ctx.now))
    kept = take_kept(request)
    if kept is not None:
        values = form_fields.typed_values(page, kept)
        return _shown(request, draft, release, page, values, (), kept=True)
    offered = prefill(release.form, sources_of(request.user.party), facts, draft.answers)
    begun = page.key in draft.choices.get("seen", [])
    answers = draft.answers if begun else {**offered, **draft.answers}
    values = form_fields.shown_values(page, answers, facts)
    offers = not begun and any(question.key in offered for question in page.questions)
    return _shown(request, draft, release, page, values, (), facts=facts, offers=offers)


def _answered(request: Any, draft: Draft, release: Release, page: Page) -> HttpResponse:
    facts = facts_on(business_date(request.ctx.now))
    typed = dict(request.POST.lists())
    filled = answer_page(request.ctx, draft, page, form_fields.as_posted(page, typed), facts)
    if not filled.good:
        return _shown(request, draft, release, page, form_fields.typed_values(page, typed), filled.faults, facts=facts)
    draft = get_draft(request.user, draft.public_id)
    if onestop.place_questions(release.agencies) & {question.key for question in page.questions} and refused_by(
        release, draft.answers, request
    ):
        return redirect("draft_not_offered", draft=draft.public_id)
    state = state_of(draft, release)
    if request.GET.get("tu") != CHECK:
        after = state.pages[state.pages.index(page) + 1 :]
        if after:
            return redirect("draft_page", draft=draft.public_id, page=after[0].key)
    return redirect(next_url(draft, state))


def _shown(
    request: Any,
    draft: Draft,
    release: Release,
    page: Page,
    values: dict[str, Any],
    faults: tuple[Fault, ...],
    *,
    facts: Any = None,
    kept: bool = False,
    offers: bool = False,
) -> HttpResponse:
    facts = facts or facts_on(business_date(request.ctx.now))
    drawn = form_fields.controls(release.form, page, faults, facts, values)
    language = get_language() or "vi"
    pages = state_of(draft, release).pages
    place = next((index for index, shown in enumerate(pages) if shown.key == page.key), 0)
    context = {
        "draft": draft,
        "name": release.short_name or release.name,
        "page": page,
        "number": place + 1,
        "of": len(pages),
        "before": pages[place - 1] if place else None,
        "controls": drawn,
        "one": len(drawn) == 1,
        "values": values,
        "errors": form_fields.said_faults(page, faults, release.form, language),
        "named": form_fields.named_faults(page, faults, release.form, language),
        "offers": offers and not page.hint,
        "communes": facts.communes if any(c.part in ("place", "commune") for c in drawn) else {},
        "kept": kept,
        "back_to_check": request.GET.get("tu") == CHECK,
    }
    return render(request, "services/page.html", context, status=422 if faults else 200)
