"""Cash in hand and its handing over; a day's sums, and the day against the gateways' files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tinhso.core.errors import Invalid
from tinhso.core.money import format_dong
from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.dates import PartialDate
from tinhso.foundation.payments.actions.catch_up import catch_up
from tinhso.foundation.payments.actions.hand_over import hand_over, undo_hand_over
from tinhso.foundation.payments.gateways.configured import gateways, get_gateway
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import contradictions, reconcile
from tinhso.foundation.payments.rules import chart
from tinhso.systems.cashier import cash
from tinhso.systems.cashier.policies import acting
from tinhso.systems.cashier.views.door import amount_in, fresh_form, page, sent_once
from tinhso.systems.cashier.words import say_kind, say_way


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def till(request: Any) -> HttpResponse:
    """The cash at the own counter: by officer today, for whom it was taken; handing it over."""
    ctx, post = acting(request.ctx, request.posts)
    account = chart.cash(post.agency_id)
    require(requests.may_hand_over(ctx, account))
    held = cash.till(post.agency_id, business_date(request.ctx.now))

    def act() -> str:
        agency_id, amount = whole_number(request.POST.get("agency", "")) or 0, amount_in(request)
        owed = next((sum_ for key, _name, sum_ in held.held_for if key == agency_id), None)
        if owed is None:
            raise Invalid("Chưa chọn cơ quan được nộp. Chưa ghi nộp.", fields={"agency": _("Chọn cơ quan")})
        document = request.POST.get("document", "")
        hand_over(ctx, account, agency_id=agency_id, amount=amount, document=document, most=owed)
        messages.success(request, _("Đã ghi nộp ngân sách."))
        return reverse("cashier_till")

    def show(form: dict[str, Any]) -> HttpResponse:
        others = cash.tills() if requests.may_keep_books(ctx) else []
        named = [replace(line, name=say_way(line.name)) for line in others]
        options = [(key, f"{name}: {format_dong(left)}") for key, name, left in held.held_for]
        done = cash.deposits(account)
        return page(
            request, "till", "cashier_till", till=held, agencies_held=options, deposits=done, others=named, **form
        )

    if request.method == "POST":
        return sent_once(request, act, show)
    first = held.held_for[0] if held.held_for else None
    return show(fresh_form(request, agency=first[0] if first else "", amount=first[2] if first else ""))


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def undo_deposit(request: Any, entry: int) -> HttpResponse:
    """A hand-over entered wrongly: what it says, and the form of the correcting row."""
    ctx, _post = acting(request.ctx, request.posts)
    deposit = cash.get_deposit(ctx, entry)

    def act() -> str:
        undo_hand_over(ctx, entry, reason=request.POST.get("reason", ""))
        messages.success(request, _("Đã ghi đảo. Tiền lại nằm ở nơi giữ, số chứng từ dùng lại được."))
        return reverse("cashier_till")

    def show(form: dict[str, Any]) -> HttpResponse:
        return page(request, "undo_deposit", "cashier_till", deposit=deposit, **form)

    return sent_once(request, act, show) if request.method == "POST" else show(fresh_form(request))


@require_GET
@signed_in("officer")
def day(request: Any) -> HttpResponse:
    """A day's sums; with `doi-chieu` the day against a gateway's file, for who keeps the books."""
    ctx, post = acting(request.ctx, request.posts)
    chosen = _day(request.GET, business_date(request.ctx.now))
    sums = cash.day_sums(ctx, post, chosen)
    keeps_books = requests.may_keep_books(ctx)
    key = request.GET.get("doi-chieu", "")
    compared = reconcile(key, chosen, get_gateway(key).day_file(chosen)) if key and keeps_books else None
    return page(
        request,
        "day",
        "cashier_day",
        day=chosen,
        iso=chosen.isoformat(),
        ways=[replace(line, name=say_way(line.name)) for line in sums.by_way],
        agencies=sums.by_agency,
        kinds=[(say_kind(kind), count, amount) for kind, count, amount in sums.kinds],
        came=sums.came,
        gateways=[(one, say_way(one)) for one in gateways()] if keeps_books else [],
        compared=compared,
        compared_way=say_way(key),
        compared_key=key,
        contradictions=contradictions(limit=20) if keeps_books else [],
    )


@require_POST
@signed_in("officer")
def take_missing(request: Any) -> HttpResponse:
    """Take what a gateway's file of the day has and what never reached us."""
    ctx, _post = acting(request.ctx, request.posts)
    require(requests.may_keep_books(ctx))
    chosen = _day(request.POST, business_date(request.ctx.now))
    key = request.POST.get("cong", "")
    found = catch_up(ctx, get_gateway(key), chosen)
    count = sum(1 for row in found.missing_here if row.amount > 0)
    said = ngettext("Đã ghi bổ sung %(count)s khoản.", "Đã ghi bổ sung %(count)s khoản.", count)
    messages.success(request, said % {"count": count})
    response = HttpResponse(status=303)
    response["Location"] = f"{reverse('cashier_day')}?ngay={chosen.isoformat()}&doi-chieu={key}"
    return response


def _day(given: Mapping[str, str], today: date) -> date:
    """The day typed (`ngay_day` …) or named in an address (`ngay`, ISO); today for what is none, or still to come."""
    typed = PartialDate.parse(given, "ngay") or PartialDate.of(given.get("ngay", ""))
    return min(typed.whole() or today, today)
