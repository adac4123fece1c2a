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
from tinhso.foundation.payments.actions.refund import pay_refund, refuse_ended
from tinhso.foundation.payments.actions.withdraw_refund import change_refund, withdraw_refund
from tinhso.foundation.payments.gateways.base import PageGateway
from tinhso.foundation.payments.gateways.configured import gateways
from tinhso.foundation.payments.models import PaymentRequest, Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import entries_of, find_source
from tinhso.foundation.payments.rules.chart import UNDONE_BY, EntryKind
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
        withdrawn = next((row for row in paid if row.kind in UNDONE_BY.values()), None)
        waits = done is None and withdrawn is None
        return page(
            request,
            "pay_out",
            "cashier_refunds",
            decision=decision,
            done=done,
            withdrawn=withdrawn,
            may_pay=waits and requests.may_pay_out(ctx, decision),
            may_change=waits and requests.may_decide(ctx, decision.request),
            **form,
        )

    if request.method != "POST":
        return show(fresh_form(request, paid_on=today))
    return _through_gateway(request, decision) if decision.way == Refund.Way.GATEWAY else sent_once(request, act, show)


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def change(request: Any, refund: UUID) -> HttpResponse:
    """Another way for a decided refund, or its withdrawal, until it is paid."""
    ctx, _post = acting(request.ctx, request.posts)
    decision = queries.get_refund(ctx, refund)
    require(requests.may_decide(ctx, decision.request))
    refuse_ended(decision)
    ways = [one for one in refund_ways(decision.request) if one[0] != decision.way]

    def act() -> str:
        reason, way = request.POST.get("reason", ""), request.POST.get("way", "")
        if request.POST.get("viec") == "rut":
            withdraw_refund(ctx, refund, reason=reason)
            messages.success(request, _("Đã rút quyết định hoàn."))
            return reverse("cashier_dossier", args=[decision.request.dossier_code])
        if way not in Refund.Way.values:
            faults = {"way": _("Chọn cách hoàn"), **({} if reason.strip() else {"reason": _("Nêu lý do")})}
            raise Invalid("Chưa chọn cách hoàn mới. Chưa có gì thay đổi.", fields=faults)
        changed = change_refund(ctx, refund, way=Refund.Way(way), reason=reason)
        messages.success(request, _("Đã đổi cách hoàn; chờ chi trả."))
        return reverse("cashier_pay_out", args=[changed.public_id])

    def show(form: dict[str, Any]) -> HttpResponse:
        return page(request, "change_refund", "cashier_refunds", decision=decision, ways=ways, **form)

    return sent_once(request, act, show) if request.method == "POST" else show(fresh_form(request))


def refund_ways(asked: PaymentRequest) -> list[tuple[str, str]]:
    """The ways by which money of a request may go back, for a form: a gateway only where one took any."""
    open_ = [way for way in Refund.Way if way != Refund.Way.GATEWAY or find_source(asked, 1) is not None]
    return [(way.value, _(str(way.label))) for way in open_]


def _through_gateway(request: Any, decision: Refund) -> HttpResponse:
    """Sent once whatever key the form has: the gateway takes the refund's own reference once."""
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
    """The gateway that took the payment to send back."""
    source = decision.source or find_source(decision.request, decision.amount)
    gateway = gateways().get(source.gateway) if source else None
    return gateway if isinstance(gateway, PageGateway) else None
