"""Answering a proposal, and paying a decided refund out."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.errors import Invalid
from tinhso.core.time import VN_ZONE, business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.dates import PartialDate
from tinhso.foundation.payments.actions.refund import pay_refund
from tinhso.foundation.payments.gateways.base import PageGateway
from tinhso.foundation.payments.gateways.configured import gateways
from tinhso.foundation.payments.models import Refund
from tinhso.foundation.payments.policies import requests
from tinhso.foundation.payments.queries import entries_of
from tinhso.foundation.payments.rules.chart import EntryKind
from tinhso.systems.cashier import queries
from tinhso.systems.cashier.actions.decide import approve, decline
from tinhso.systems.cashier.policies import acting
from tinhso.systems.cashier.views.door import fresh_form, page, sent_once


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def proposal(request: Any, proposal: UUID) -> HttpResponse:
    """A proposal with its reason; agreeing or not for who decides."""
    ctx, _post = acting(request.ctx, request.posts)

    def act() -> str:
        answer = request.POST.get("answer", "")
        if request.POST.get("viec") == "dong-y":
            approve(ctx, proposal, answer)
            messages.success(request, _("Đã đồng ý và ghi vào sổ thu."))
        else:
            decline(ctx, proposal, answer)
            messages.success(request, _("Đã trả lời không đồng ý."))
        return reverse("cashier_proposals")

    def show(form: dict[str, Any]) -> HttpResponse:
        asked = queries.get_proposal(ctx, proposal)
        may_decide = asked.proposal.state == "waiting" and requests.may_decide(ctx, asked.proposal.request)
        return page(request, "proposal", "cashier_proposals", asked=asked, may_decide=may_decide, **form)

    return sent_once(request, act, show) if request.method == "POST" else show(fresh_form(request))


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def pay_out(request: Any, refund: UUID) -> HttpResponse:
    """A decided refund: how it is to be paid, and the form that writes that it was, when and by which slip."""
    ctx, _post = acting(request.ctx, request.posts)
    decision = queries.get_refund(ctx, refund)
    today = business_date(request.ctx.now)

    def act() -> str:
        pay_refund(ctx, refund, proof=request.POST.get("proof", ""), paid_at=_when(request, ctx.now))
        messages.success(request, _("Đã ghi hoàn tiền."))
        return reverse("cashier_refunds")

    def show(form: dict[str, Any]) -> HttpResponse:
        paid = [row for row in entries_of(decision.request) if row.refund_id == decision.pk]
        done = next((row for row in paid if row.kind == EntryKind.PAYOUT), None)
        may_pay = done is None and requests.may_pay_out(ctx, decision)
        return page(request, "pay_out", "cashier_refunds", decision=decision, done=done, may_pay=may_pay, **form)

    if request.method != "POST":
        return show(fresh_form(request, paid_on=today))
    return _through_gateway(request, decision) if decision.way == Refund.Way.GATEWAY else sent_once(request, act, show)


def _through_gateway(request: Any, decision: Refund) -> HttpResponse:
    """Sent once whatever key the form has: the gateway takes the refund's own reference once. It is asked outside of
    any transaction."""
    ctx, _post = acting(request.ctx, request.posts)
    pay_refund(ctx, decision.public_id, gateway=_gateway_of(decision))
    messages.success(request, _("Đã ghi hoàn tiền."))
    return redirect("cashier_refunds")


def _when(request: Any, now: datetime) -> datetime:
    """The day typed; of today the very moment. Raises Invalid."""
    day = PartialDate.parse(request.POST, "paid_on").whole()
    if day is None:
        raise Invalid("Chưa đọc được ngày chi trả.", fields={"paid_on": "Ghi đủ ngày, tháng, năm"})
    return now if day == business_date(now) else datetime.combine(day, time(12), VN_ZONE)


def _gateway_of(decision: Refund) -> PageGateway | None:
    """The gateway that took the money of this request."""
    took = {row.transaction.gateway for row in entries_of(decision.request) if row.transaction}
    found = (gateway for key, gateway in gateways().items() if key in took)
    return next((gateway for gateway in found if isinstance(gateway, PageGateway)), None)
