"""Who stands in for whom in one's agency, and asking a colleague to stand in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.errors import Invalid
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.dates import PartialDate
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.actions.delegate import delegate, end_delegation
from tinhso.foundation.identity.queries import appointments_in, delegations_in
from tinhso.systems.accounts.public import answer_once

PAGE = "standing_in"


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def standing_in(request: Any) -> HttpResponse:
    """Running and coming stand-ins of the agency acted from; a form for one more; a button to end one early."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return answer_once(request, lambda: _act(request))
        except Invalid as refusal:
            errors = refusal.fields or {"": refusal.message}
    acting, today = request.acting_post, business_date(request.ctx.now)
    held = appointments_in(acting.agency_id, today) if acting else []
    in_charge = acting is not None and acting.role in (Post.Role.HEAD, Post.Role.LEADER)
    own = [row for row in held if in_charge or row.account_id == request.user.pk]
    people = {row.account_id: str(row.account) for row in held if row.account_id != request.user.pk or in_charge}
    context = {
        "rows": delegations_in(acting.agency_id, today) if acting else [],
        "posts": [("", _("Chọn…")), *((row.pk, f"{row.account}: {row.post.title}") for row in own)],
        "people": [("", _("Chọn…")), *people.items()],
        "in_charge": in_charge,
        "errors": errors,
        "values": request.POST if errors else {},
        "once": request.POST.get("_once", ""),
    }
    return render(request, "accounts/standing_in.html", context, status=422 if errors else 200)


def _act(request: Any) -> str:
    if ending := whole_number(request.POST.get("end", "")):
        end_delegation(request.ctx, ending)
        messages.success(request, _("Đã kết thúc việc làm thay."))
        return reverse(PAGE)
    acting, today = request.acting_post, business_date(request.ctx.now)
    chosen = whole_number(request.POST.get("post", ""))
    held = {row.pk: row for row in appointments_in(acting.agency_id, today)} if acting else {}
    begins, ends = (PartialDate.parse(request.POST, name).whole() for name in ("begins", "ends"))
    row = held.get(chosen or 0)
    fields = {}
    if row is None:
        fields["post"] = _("Chọn vị trí cần người làm thay.")
    if begins is None:
        fields["begins"] = _("Nhập đủ ngày, tháng, năm.")
    if ends is None:
        fields["ends"] = _("Nhập đủ ngày, tháng, năm.")
    if row is None or begins is None or ends is None:
        raise Invalid("Chưa giao được người làm thay.", fields=fields)
    delegate(
        request.ctx,
        post_id=row.post_id,
        holder_id=row.account_id,
        deputy_id=whole_number(request.POST.get("deputy", "")) or 0,
        begins=begins,
        ends=ends,
        ground=request.POST.get("ground", ""),
    )
    messages.success(request, _("Đã giao người làm thay."))
    return reverse(PAGE)
