"""Answering a request for a supplement: gather the papers, send them once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tinhso.core.errors import Invalid
from tinhso.core.settings import current
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.files.models import FileRef
from tinhso.systems.accounts.public import answer_once, citizen
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services.actions.open_dossier import open_dossier
from tinhso.systems.services.actions.supplement import gather, gathered, hand_in, put_back
from tinhso.systems.services.uploads import inspected, tell_of_twins
from tinhso.systems.services.views.dossier import own_case, version_in


@citizen
def supply(request: Any, code: str) -> HttpResponse:
    """Put files ready, paper by paper; `gui` sends them all."""
    case = own_case(request, code)
    wanted = onestop.open_supplement(case)
    if wanted is None:
        return redirect("tracking", code=case.code)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _gathered(request, case, wanted)
        if not errors and "gui" not in request.POST:
            return redirect("supply", code=case.code)
        if not errors:
            try:
                return answer_once(request, lambda: _handed_in(request, case))
            except Invalid as fault:
                errors = fault.fields
    open_dossier(request.ctx, case, "supplement")
    files = gathered(wanted)
    release = release_of(case)
    context = {
        "case": case,
        "name": release.short_name or release.name,
        "wanted": wanted,
        "papers": [(key, f"tep-{key}", name, note, files.get(key, [])) for key, name, note in wanted.papers],
        "errors": errors,
        "limit": current().upload_limit // (1024 * 1024),
    }
    return render(request, "services/supplement.html", context, status=422 if errors else 200)


@citizen
def remove(request: Any, code: str, file: UUID) -> HttpResponse:
    """Take a file out again before it is sent."""
    case = own_case(request, code)
    wanted = onestop.open_supplement(case)
    found = FileRef.objects.filter(public_id=file).first()
    if request.method == "POST" and wanted and found:
        put_back(request.ctx, case, found)
    return redirect("supply", code=case.code)


def _gathered(request: Any, case: Case, wanted: onestop.Wanted) -> dict[str, str]:
    """Keep the good files of every paper; the faults of the others by field."""
    errors: dict[str, str] = {}
    for key, _, _ in wanted.papers:
        good, faults = inspected(request, [f"tep-{key}"], needed=False)
        errors |= faults
        tell_of_twins(request, [name for name, found in good if not gather(request.ctx, case, key, name, found)])
    return errors


def _handed_in(request: Any, case: Case) -> str:
    hand_in(request.ctx, case, version_in(request, case))
    return reverse("tracking", args=[case.code])
