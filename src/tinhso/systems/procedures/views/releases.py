"""Releases on their way: what is in use, what is being written, what changed, who agreed, from when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tinhso.core.errors import Invalid, NotFound
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.dates import PartialDate
from tinhso.foundation.cases.actions import draft_release as acts
from tinhso.foundation.cases.models import ReleaseDraft
from tinhso.foundation.cases.queries import drafts_under_way, get_draft, publications_of, releases_in_force
from tinhso.foundation.cases.reading import read_release
from tinhso.systems.accounts.public import answer_once
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.rules.changes import changes


@require_GET
@signed_in("officer")
def release_list(request: Any) -> HttpResponse:
    """Every procedure in use today, and what is being written."""
    require(catalogue.may_settle(request.ctx))
    today = business_date(request.ctx.now)
    rows = [(code, read_release(row).name) for code, row in sorted(releases_in_force(today).items())]
    return render(request, "procedures/release_list.html", {"rows": rows, "drafts": drafts_under_way()})


@signed_in("officer")
def release_history(request: Any, code: str) -> HttpResponse:
    """What was published of one procedure and from when; a new draft, or its withdrawal, begins here."""
    require(catalogue.may_settle(request.ctx))
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return answer_once(request, lambda: _begin_or_withdraw(request, code))
        except Invalid as refusal:
            errors = refusal.fields or {"": refusal.message}
    publications = publications_of(code)
    context = {
        "code": code,
        "publications": publications,
        "name": read_release(publications[0].release).name if publications else code,
        "errors": errors,
        "values": request.POST if errors else {},
        "once": request.POST.get("_once", ""),
    }
    return render(request, "procedures/release_history.html", context, status=422 if errors else 200)


@require_GET
@signed_in("officer")
def draft_page(request: Any, draft_id: int) -> HttpResponse:
    """A draft: what it changes, and what may be done with it now."""
    require(catalogue.may_settle(request.ctx))
    return _show(request, get_draft(draft_id))


@require_POST
@signed_in("officer")
def draft_act(request: Any, draft_id: int, act: str) -> HttpResponse:
    """Write, submit, approve, give back, publish or drop a draft."""
    require(catalogue.may_settle(request.ctx))
    try:
        return answer_once(request, lambda: _act(request, draft_id, act))
    except Invalid as refusal:
        return _show(request, get_draft(draft_id), refusal)


def _begin_or_withdraw(request: Any, code: str) -> str:
    if "withdraw" in request.POST:
        acts.withdraw_release(request.ctx, code, _day(request, "effective"), request.POST.get("reason", ""))
        messages.success(request, _("Đã ghi ngày ngừng tiếp nhận thủ tục."))
        return reverse("release_history", args=[code])
    return reverse("release_draft", args=[acts.begin_draft(request.ctx, code).pk])


def _act(request: Any, draft_id: int, act: str) -> str:
    version = whole_number(request.POST.get("version", "")) or 0
    remark = request.POST.get("remark", "")
    ways: dict[str, tuple[Callable[[], object], str]] = {
        "viet": (lambda: acts.write_draft(request.ctx, draft_id, version, _document(request)), _("Đã lưu bản soạn.")),
        "gui": (lambda: acts.submit_release(request.ctx, draft_id, version), _("Đã gửi người thứ hai xem.")),
        "dong-y": (
            lambda: acts.review_release(request.ctx, draft_id, version, approved=True, remark=remark),
            _("Đã đồng ý bản soạn."),
        ),
        "tra-lai": (
            lambda: acts.review_release(request.ctx, draft_id, version, approved=False, remark=remark),
            _("Đã trả lại bản soạn."),
        ),
        "cong-bo": (
            lambda: acts.publish_draft(request.ctx, draft_id, version, _day(request, "effective")),
            _("Đã công bố phiên bản mới."),
        ),
        "bo": (lambda: acts.drop_draft(request.ctx, draft_id, version), _("Đã bỏ bản soạn.")),
    }
    if act not in ways:
        raise NotFound(_("Không có việc này."), what_to_do=_("Mở lại bản soạn."))
    way, said = ways[act]
    way()
    messages.success(request, said)
    return reverse("release_draft", args=[draft_id])


def _document(request: Any) -> dict[str, Any]:
    try:
        found = yaml.safe_load(request.POST.get("document", ""))
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 1 if place else 1
        raise Invalid(
            _("Không đọc được văn bản, chưa lưu gì."),
            what_to_do=_("Sửa rồi lưu lại; những gì đã viết vẫn còn trong ô."),
            fields={"document": _("Lỗi cách viết ở dòng %s.") % line},
        ) from error
    if not isinstance(found, dict):
        raise Invalid(_("Văn bản trống."), fields={"document": _("Văn bản phải có các mục có tên.")})
    return dict(found)


def _day(request: Any, name: str) -> date:
    found = PartialDate.parse(request.POST, name).whole()
    if found is None:
        raise Invalid(_("Thiếu ngày."), fields={name: _("Nhập đủ ngày, tháng, năm.")})
    return found


def _show(request: Any, draft: ReleaseDraft, refusal: Invalid | None = None) -> HttpResponse:
    errors = refusal.fields or {"": refusal.message} if refusal else {}
    written = request.POST.get("document") if refusal else None
    context = {
        "draft": draft,
        "changes": changes(draft),
        "document": written or yaml.safe_dump(draft.document, allow_unicode=True, sort_keys=False, width=100),
        "mine": draft.author_id == request.ctx.account_id,
        "faults": [(place, said) for place, said in errors.items() if place not in _FIELDS],
        "errors": {name: said for name, said in errors.items() if name in _FIELDS}
        or ({"": refusal.message} if refusal else {}),
        "values": request.POST if refusal else {},
        "once": request.POST.get("_once", ""),
    }
    return render(request, "procedures/release_draft.html", context, status=422 if refusal else 200)


_FIELDS = ("document", "remark", "effective", "")
