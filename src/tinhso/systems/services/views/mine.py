"""Everything that is mine: what I am filling in, what I filed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.core.text import whole_number
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import read_release, release_of
from tinhso.foundation.cases.release import Release
from tinhso.foundation.payments.queries import standings_of_cases
from tinhso.systems.accounts.public import citizen
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services.queries import drafts_of

PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in the list; `call` is what waits for the citizen, empty when nothing does."""

    case: Case
    name: str
    tone: str
    state: str
    call: str
    url: str
    promised: datetime | None


@citizen
def mine(request: Any) -> HttpResponse:
    """Drafts and dossiers, newest first. Five queries whatever their number."""
    before = request.GET.get("truoc", "")
    cases = onestop.dossiers_of(request.user, whole_number(before) or 0, PAGE + 1)
    shown = cases[:PAGE]
    due = {pk: sum(one.due for one in rounds) for pk, rounds in standings_of_cases(case.pk for case in shown).items()}
    drafts = [] if before else drafts_of(request.user)
    context = {
        "drafts": [(draft, called(read_release(draft.release))) for draft in drafts],
        "rows": [_row(case, due.get(case.pk, 0)) for case in shown],
        "next_url": f"{reverse('mine')}?truoc={shown[-1].pk}" if len(cases) > PAGE else "",
        "previous_url": reverse("mine") if before else "",
    }
    return render(request, "services/mine.html", context)


def called(release: Release) -> str:
    """The name people use."""
    return release.short_name or release.name


def _row(case: Case, due: int) -> Row:
    release = release_of(case)
    url = reverse("tracking", args=[case.code])
    call = ""
    if case.business == Case.Business.SUPPLEMENT:
        call, url = _("Cần bạn bổ sung giấy tờ"), reverse("supply", args=[case.code])
    elif due and case.business in (Case.Business.SUBMITTED, Case.Business.ACCEPTED, Case.Business.IN_PROCESS):
        call, url = _("Chờ bạn nộp phí, lệ phí"), reverse("pay", args=[case.code])
    return Row(
        case=case,
        name=called(release),
        tone=onestop.STATE_TONES[case.business],
        state=_(case.get_business_display()),
        call=call,
        url=url,
        promised=case.due_at if case.business in (Case.Business.ACCEPTED, Case.Business.IN_PROCESS) else None,
    )
