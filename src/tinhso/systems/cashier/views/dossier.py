"""The money of one dossier: where it stands, every row of it, its receipt; waiving and giving back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.core.language import reader_language
from tinhso.core.web.access import signed_in
from tinhso.core.web.file_answer import file_answer
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import RecordOpened
from tinhso.foundation.payments.actions.fee_of_ended import keep_fee
from tinhso.foundation.payments.actions.receive_callback import number_of
from tinhso.foundation.payments.actions.refund import refund as order_refund
from tinhso.foundation.payments.actions.waive import waive
from tinhso.foundation.payments.models import Refund
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import get_receipt
from tinhso.foundation.payments.receipt_paper import print_receipt, receipt_file_name
from tinhso.foundation.payments.words import say_line, say_standing
from tinhso.systems.cashier.actions.propose import propose
from tinhso.systems.cashier.models import Proposal
from tinhso.systems.cashier.policies import acting
from tinhso.systems.cashier.queries import Round, money_of
from tinhso.systems.cashier.views.decisions import refund_ways
from tinhso.systems.cashier.views.door import amount_in, fresh_form, page, sent_once
from tinhso.systems.cashier.words import say_kind


@require_GET
@signed_in("officer")
def dossier(request: Any, code: str) -> HttpResponse:
    """Everything about a dossier's money. Opening it is recorded before the answer."""
    ctx, _post = acting(request.ctx, request.posts)
    rounds = money_of(ctx, code)
    _note_opening(ctx, rounds[0].request.case_id, "payment")
    shown = [
        {
            "round": one,
            "said": say_standing(one.standing, reader_language()),
            "lines": [say_line(line, reader_language()) for line in one.request.lines],
            "rows": [(row, say_kind(row.kind)) for row in one.entries],
            "receipt": one.receipt,
            "receipt_number": number_of(one.receipt),
        }
        for one in rounds
    ]
    return page(request, "dossier", "", code=rounds[0].request.dossier_code, rounds=shown)


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def waiver(request: Any, code: str, round: int) -> HttpResponse:
    """Waive what is due, or part of it; who may not decide proposes it."""
    ctx, _post = acting(request.ctx, request.posts)
    one = _round(ctx, code, round)

    def act() -> str:
        typed = {name: request.POST.get(name, "").strip() for name in ("basis", "reason")}
        if one.may_decide:
            waive(ctx, one.request.public_id, amount_in(request), **typed)
            messages.success(request, _("Đã ghi miễn, giảm."))
        else:
            propose(ctx, one.request.public_id, Proposal.Kind.WAIVER, amount_in(request), **typed)
            messages.success(request, _("Đã gửi đề nghị miễn, giảm đến người quyết định."))
        return reverse("cashier_dossier", args=[one.request.dossier_code])

    if request.method == "POST":
        return sent_once(request, act, lambda form: page(request, "waiver", "", one=one, **form))
    return page(request, "waiver", "", one=one, **fresh_form(request, amount=one.standing.due or ""))


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def refund(request: Any, code: str, round: int) -> HttpResponse:
    """Decide to give money back; who may not decide proposes it."""
    ctx, _post = acting(request.ctx, request.posts)
    one = _round(ctx, code, round)
    ways = refund_ways(one.request)

    def act() -> str:
        way, reason = request.POST.get("way", ""), request.POST.get("reason", "").strip()
        if one.may_decide and way in Refund.Way.values:
            order_refund(ctx, one.request.public_id, amount_in(request), way=Refund.Way(way), reason=reason)
            messages.success(request, _("Đã ghi quyết định hoàn; chờ chi trả."))
        else:
            propose(ctx, one.request.public_id, Proposal.Kind.REFUND, amount_in(request), way=way, reason=reason)
            messages.success(request, _("Đã gửi đề nghị hoàn phí đến người quyết định."))
        return reverse("cashier_dossier", args=[one.request.dossier_code])

    if request.method == "POST":
        return sent_once(request, act, lambda form: page(request, "refund", "", one=one, ways=ways, **form))
    amount = one.standing.credit or one.standing.refundable or ""
    return page(request, "refund", "", one=one, ways=ways, **fresh_form(request, amount=amount))


@require_http_methods(["GET", "POST"])
@signed_in("officer")
def keep(request: Any, code: str, round: int) -> HttpResponse:
    """Decide that the fee of a dossier that ended undecided is not given back."""
    ctx, _post = acting(request.ctx, request.posts)
    one = _round(ctx, code, round)
    require(one.may_decide)

    def act() -> str:
        typed = {name: request.POST.get(name, "") for name in ("basis", "reason")}
        keep_fee(ctx, one.request.public_id, **typed)
        messages.success(request, _("Đã ghi quyết định không hoàn; người nộp được báo lý do."))
        return reverse("cashier_refunds")

    if request.method == "POST":
        return sent_once(request, act, lambda form: page(request, "keep", "cashier_refunds", one=one, **form))
    return page(request, "keep", "cashier_refunds", one=one, **fresh_form(request))


@require_GET
@signed_in("officer")
def receipt(request: Any, receipt: UUID) -> HttpResponse:
    """A receipt's PDF."""
    ctx, _post = acting(request.ctx, request.posts)
    asked, given = get_receipt(receipt)
    if not requests.may_see(ctx, asked):
        raise NotFound("Không tìm thấy biên lai này.", what_to_do="Mở lại hồ sơ để xem biên lai đã lập.")
    _note_opening(ctx, asked.case_id, "receipt")
    return file_answer(print_receipt(given), "application/pdf", receipt_file_name(given))


def _round(ctx: Context, code: str, number: int) -> Round:
    found = next((one for one in money_of(ctx, code) if one.request.payment_round == number), None)
    if found is None:
        raise NotFound("Hồ sơ này không có lần thu như vậy.", what_to_do="Mở lại trang phí, lệ phí của hồ sơ.")
    return found


@transaction.atomic
def _note_opening(ctx: Context, case_id: int, what: str) -> None:
    record(ctx, RecordOpened(what=what, purpose="handle"), subject=("case", case_id), case_id=case_id)
