"""Many pieces of work at once, from the inbox: take them on, or give them to a colleague."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhso.core.context import Context
from tinhso.core.errors import DomainError, Invalid
from tinhso.core.text import whole_number
from tinhso.core.web.access import signed_in
from tinhso.core.web.tags.words import translated
from tinhso.foundation.cases.models import Case, Task
from tinhso.systems.accounts.public import answer_once
from tinhso.systems.onestop.actions.handle import assign, claim
from tinhso.systems.onestop.dossier import acting_context

MOST = 100
"""Pieces of work in one go: what a page shows, a few times over."""

Act = Callable[[Context, Task, int], Case]


@require_POST
@signed_in("officer")
def many(request: Any) -> HttpResponse:
    """Each dossier is its own act; what cannot be done is told by its code and holds up none of the others."""
    return answer_once(request, lambda: _do(request))


def _do(request: Any) -> str:
    act = _act(request)
    done, failed = 0, []
    for task, version in _chosen(request):
        try:
            act(acting_context(request.ctx, request.posts, task), task, version)
            done += 1
        except DomainError as refusal:
            failed.append(f"{task.case.code}: {translated(refusal.message)}")
    if done:
        said = ngettext("Đã làm xong %(n)d việc.", "Đã làm xong %(n)d việc.", done) % {"n": done}
        messages.success(request, said)
    for one in failed:
        messages.warning(request, one)
    back = request.POST.get("ve", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/can-bo/")
    return back if own else "/can-bo/"


def _act(request: Any) -> Act:
    if request.POST.get("lam") == "giao":
        person = whole_number(request.POST.get("nguoi", ""))
        if person is None:
            raise Invalid(_("Chưa chọn người nhận việc."), what_to_do=_("Chọn người rồi bấm lại."))
        return lambda ctx, task, version: assign(ctx, task.case_id, version, person)
    return lambda ctx, task, version: claim(ctx, task.case_id, version)


def _chosen(request: Any) -> list[tuple[Task, int]]:
    """The tasks ticked, or the one whose own button was pressed, by dossier: two who press at once wait for one another
    in the same order."""
    one = request.POST.get("mot", "")
    said = [value.partition(":") for value in ([one] if one else request.POST.getlist("viec"))][:MOST]
    versions = {whole_number(pk): whole_number(version) for pk, _colon, version in said}
    held = [post.pk for post in request.posts]
    tasks = Task.objects.filter(pk__in=[pk for pk in versions if pk], post__in=held, direction=None)
    found = [(task, versions[task.pk] or 0) for task in tasks.select_related("case").order_by("case_id")]
    if not found:
        raise Invalid(_("Chưa chọn việc nào."), what_to_do=_("Đánh dấu các việc cần làm rồi bấm lại."))
    return found
