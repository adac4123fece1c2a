"""Many papers in one sitting: what waits for the leader's signature, what waits for the clerk's number and seal.

Each dossier is its own act in its own transaction: one that cannot be signed holds up none of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.context import Context
from tinhso.core.errors import DomainError, Invalid, TooMany
from tinhso.core.text import whole_number
from tinhso.core.web.access import signed_in
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.models import Case
from tinhso.foundation.identity.actions.guard_secret import guarded_pin
from tinhso.systems.onestop.actions.decide import issue, sign
from tinhso.systems.onestop.dossier import acting_context
from tinhso.systems.onestop.models import Result
from tinhso.systems.onestop.queries import Work, waiting_for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier of the batch."""

    code: str
    said: str


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def to_sign(request: Any) -> HttpResponse:
    """The leader's: read, tick, one PIN."""
    return _batch(request, Post.Role.LEADER, sign)


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def to_seal(request: Any) -> HttpResponse:
    """The clerk's: number, date and seal."""
    return _batch(request, Post.Role.CLERK, issue)


def _batch(request: Any, role: str, act: Callable[[Context, int, int, str], Case]) -> HttpResponse:
    done: list[Outcome] = []
    failed: list[Outcome] = []
    errors: dict[str, str] = {}
    if request.method == "POST":
        waiting = {str(row.case.pk): row for row in waiting_for(request.ctx, request.posts, role)}
        chosen = [value.partition(":") for value in request.POST.getlist("ho-so")]
        versions = [(waiting[pk], whole_number(version)) for pk, _colon, version in chosen if pk in waiting]
        rows = [(row, version) for row, version in versions if version is not None]
        if not rows:
            errors = {"": _("Chưa chọn hồ sơ nào.")}
        for row, version in rows:
            try:
                _one(request, row, version, act)
                done.append(Outcome(row.case.code, row.procedure))
            except Invalid as refusal:
                errors = {"pin": refusal.fields.get("pin", refusal.message)}
                break
            except TooMany:
                raise
            except DomainError as refusal:
                failed.append(Outcome(row.case.code, refusal.message))
    rows_left = waiting_for(request.ctx, request.posts, role)
    context = {
        "rows": [(row, files.get(row.case.pk, [])) for files in [_papers(rows_left)] for row in rows_left],
        "role": role,
        "chosen": request.POST.getlist("ho-so"),
        "done": done,
        "failed": failed,
        "errors": errors,
    }
    return render(request, "onestop/desk/batch.html", context, status=422 if errors else 200)


def _one(request: Any, row: Work, version: int, act: Callable[[Context, int, int, str], Case]) -> None:
    ctx = acting_context(request.ctx, request.posts, row.task)
    with guarded_pin(ctx):
        act(ctx, row.case.pk, version, request.POST.get("pin", ""))


def _papers(rows: list[Work]) -> dict[int, list[tuple[str, str]]]:
    """For each dossier the papers to read before signing: (name, address)."""
    found: dict[int, list[tuple[str, str]]] = {}
    by_case = {row.case.pk: row for row in rows}
    results = Result.objects.filter(case__in=by_case).exclude(state=Result.State.ISSUED)
    for result in results.select_related("draft", "signed").order_by("id"):
        row = by_case[result.case_id]
        if file := result.signed or result.draft:
            address = f"/can-bo/ho-so/{row.case.code}/tep/{file.public_id}"
            found.setdefault(result.case_id, []).append((row.release.result(result.key).name, address))
    return found
