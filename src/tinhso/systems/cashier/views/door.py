"""What every page of the cashier's desk shares: its views as links, a form that is sent once and shown again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.text import whole_number
from tinhso.core.web.kept import kept_values
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.payments.policies import requests
from tinhso.systems.accounts.public import answer_once
from tinhso.systems.cashier.policies import acting

Show = Callable[[dict[str, Any]], HttpResponse]


def page(request: Any, template: str, here: str, **more: Any) -> HttpResponse:
    """A page of this desk; `here` names the view that is open. 422 when it shows `errors`."""
    ctx, post = acting(request.ctx, request.posts)
    context = {"tabs": _tabs(ctx, post, here), "post": post, **more}
    return render(request, f"cashier/{template}.html", context, status=422 if more.get("errors") else 200)


def sent_once(request: Any, act: Callable[[], str], show: Show) -> HttpResponse:
    """Do `act` for a posted form, once for its key, and go where it leads; a refused form is shown again as typed."""
    try:
        return answer_once(request, act)
    except Invalid as refusal:
        errors = refusal.fields or {"": refusal.message}
        return show({"values": request.POST, "errors": errors, "once": request.POST.get("_once", "")})


def fresh_form(request: Any, **values: Any) -> dict[str, Any]:
    """A form not sent yet: what was typed before the session ended, else `values`."""
    return {"values": {**values, **kept_values(request)}, "errors": {}}


def amount_in(request: Any, name: str = "amount") -> int:
    """The đồng typed in a field; 0 for what is no amount, which no rule accepts."""
    return whole_number(request.POST.get(name, "").replace(".", "").replace(" ", "")) or 0


def after(request: Any) -> int:
    """The row after which a list goes on."""
    return whole_number(request.GET.get("sau", "")) or 0


def _tabs(ctx: Context, post: Post, here: str) -> list[dict[str, Any]]:
    decides = post.role in (Post.Role.HEAD, Post.Role.LEADER)
    at_counter = post.role in (Post.Role.HEAD, Post.Role.COUNTER)
    shown = [
        ("cashier", _("Việc cần làm"), True),
        ("cashier_strays", _("Tiền chờ xác định"), decides),
        ("cashier_refunds", _("Hoàn phí"), True),
        ("cashier_proposals", _("Miễn, giảm và đề nghị"), True),
        ("cashier_till", _("Tiền mặt"), at_counter or requests.may_keep_books(ctx)),
        ("cashier_day", _("Sổ trong ngày"), True),
    ]
    return [
        {"title": title, "url": reverse(name), "current": name == here} for name, title, may_open in shown if may_open
    ]
