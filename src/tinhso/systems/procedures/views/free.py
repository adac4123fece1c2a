"""Confirm what the catalogue only calls free, a sector at a time."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.errors import Invalid
from tinhso.core.text import whole_number
from tinhso.core.web.access import signed_in
from tinhso.systems.accounts.public import answer_once
from tinhso.systems.procedures.actions.confirm_free import confirm_free
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.queries import free_records, free_sectors


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def free_page(request: Any) -> HttpResponse:
    """The sectors with a bare "Miễn phí"; of a chosen one its procedures, to be ticked and confirmed."""
    require(catalogue.may_settle(request.ctx))
    sector = request.GET.get("linh-vuc", "")[:200]
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            return answer_once(request, lambda: _confirm(request, sector))
        except Invalid as fault:
            refusal = fault
    sectors = free_sectors()
    records, newest = free_records(sector) if sector else ([], 0)
    context = {
        "sectors": sectors,
        "sector": next((one for one in sectors if one.key == sector), None),
        "options": [(code, name, code) for code, name in records],
        "chosen": request.POST.getlist("codes") if refusal else [code for code, _ in records],
        "newest": newest,
        "values": request.POST,
        "errors": refusal.fields or {"": refusal.message} if refusal else {},
        "once": request.POST.get("_once", ""),
    }
    return render(request, "procedures/free.html", context, status=422 if refusal else 200)


def _confirm(request: Any, sector: str) -> str:
    newest = request.POST.get("newest", "")
    if not request.POST.get("checked"):
        fault = _("Đánh dấu để xác nhận bạn đã đối chiếu với quy định thu phí của tỉnh.")
        raise Invalid(_("Chưa xác nhận được."), fields={"checked": fault})
    count = confirm_free(
        request.ctx,
        sector,
        request.POST.getlist("codes"),
        newest=whole_number(newest) or 0,
        note=request.POST.get("note", ""),
    )
    messages.success(request, _("Đã xác nhận miễn phí %s thủ tục.") % count)
    return reverse("catalogue_free")
