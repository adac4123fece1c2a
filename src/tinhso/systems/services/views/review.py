"""The end of filling in: how to receive the result, check everything, submit once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.core.errors import Invalid
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.queries import communes, find_agency_at
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.forms.rules.filling import SummaryRow, shown_pages, summary, visible_answers
from tinhso.foundation.forms.rules.form import Page
from tinhso.foundation.payments.rules.fees import Assessment
from tinhso.systems.accounts.public import answer_once, kept_values
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services import words
from tinhso.systems.services.actions.fill_draft import choose_return
from tinhso.systems.services.actions.submit_draft import keep_current, receiving_centre, submit_draft
from tinhso.systems.services.models import Draft
from tinhso.systems.services.queries import get_draft, papers_of
from tinhso.systems.services.views.catalogue import find_place
from tinhso.systems.services.views.drafts import of_a_draft, to_dossier
from tinhso.systems.services.views.filing import next_url, state_of


@of_a_draft
def receive(request: Any, draft: UUID) -> HttpResponse:
    """How and where the result is to be received."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    release = read_release(row.release)
    day = business_date(request.ctx.now)
    places = communes(day)
    answers = visible_answers(release.form, row.answers)
    errors: dict[str, str] = {}
    values: dict[str, Any] = kept_values(request) or {"cach": row.choices.get("return_by", "")}
    if request.method == "POST":
        values = request.POST.dict()
        way, typed = values.get("cach", ""), values.get("xa", "").strip()
        place = find_place(typed, places) if typed else None
        centre = find_agency_at("commune_centre", place.pk, day) if place else None
        if way not in words.RETURNS:
            errors["cach"] = _("Bạn chọn một cách nhận kết quả.")
        if way == "centre" and typed and centre is None:
            errors["xa"] = _("Không tìm thấy xã, phường này. Bạn chọn trong danh sách.")
        if not errors:
            choose_return(request.ctx, row, way, centre.pk if centre and way == "centre" else None)
            return redirect("draft_check", draft=row.public_id)
    context = {
        "draft": row,
        "name": release.short_name or release.name,
        "options": [(key, _(text)) for key, text in words.RETURNS.items()],
        "places": places,
        "receiving": _receiving(request, release, answers),
        "party": request.user.party,
        "values": values,
        "errors": errors,
    }
    return render(request, "services/receive.html", context, status=422 if errors else 200)


@of_a_draft
def check(request: Any, draft: UUID) -> HttpResponse:
    """Everything that was said, with a way to change each, what it costs, and the button."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    if keep_current(request.ctx, row):
        return redirect("draft", draft=row.public_id)
    release = read_release(row.release)
    state = state_of(row, release)
    if not state.ready:
        return redirect(next_url(row, state))
    return _checked(request, row, release, {})


@of_a_draft
def submit(request: Any, draft: UUID) -> HttpResponse:
    """Submit. However often the button is pressed there is one dossier."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    if request.method != "POST" or keep_current(request.ctx, row):
        return redirect("draft_check", draft=row.public_id)

    def act() -> str:
        case = submit_draft(request.ctx, request.user, row)
        return f"{reverse('tracking', args=[case.code])}?moi=1"

    try:
        return answer_once(request, act)
    except Invalid as fault:
        return _checked(request, row, read_release(row.release), _addressed(row, fault))


@dataclass(frozen=True, slots=True)
class _Part:
    page: Page
    rows: list[SummaryRow]


def _checked(request: Any, draft: Draft, release: Release, errors: dict[str, str]) -> HttpResponse:
    day = business_date(request.ctx.now)
    places = {place.code: str(place) for place in communes(day)}
    answers = visible_answers(release.form, draft.answers)
    rows = summary(release.form, answers, places, translated)
    files = papers_of(draft)
    context = {
        "draft": draft,
        "release": release,
        "name": release.short_name or release.name,
        "parts": [
            _Part(page, [row for row in rows if row.page == page.key]) for page in shown_pages(release.form, answers)
        ],
        "papers": [(need.paper, files.get(need.paper.key, [])) for need in state_of(draft, release).papers],
        "limit": release.case_for(answers).limit,
        "return_by": _(words.RETURNS[draft.choices["return_by"]]) if draft.choices.get("return_by") else "",
        "receiving": _receiving(request, release, answers),
        "cost": (assessed := _cost(release, answers, request)),
        "lines": [(line, _(words.MARKS[line.basis.mark])) for line in assessed.lines],
        "party": request.user.party,
        "faults": errors,
        "once": request.POST.get("_once", "") if errors else "",
    }
    return render(request, "services/check.html", context, status=422 if errors else 200)


def _receiving(request: Any, release: Release, answers: dict[str, Any]) -> str:
    try:
        return receiving_centre(request.ctx, release, answers).name
    except Invalid:
        return ""


def _cost(release: Release, answers: dict[str, Any], request: Any) -> Assessment:
    return onestop.cost(release, answers, "online", business_date(request.ctx.now))


def _addressed(draft: Draft, fault: Invalid) -> dict[str, str]:
    """The faults by the address of the page that mends each."""
    base = reverse("draft", args=[draft.public_id])
    return {f"{base}/{place}": said for place, said in fault.fields.items()} or {"": fault.message}
