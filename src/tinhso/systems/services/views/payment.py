"""Paying for a dossier: VietQR on the page, a card gateway, the receipt."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tinhso.core.errors import NotFound, TryLater
from tinhso.core.language import reader_language
from tinhso.core.settings import current
from tinhso.core.web.file_answer import file_answer
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.payments.actions.pay_online import confirm, pay_online
from tinhso.foundation.payments.actions.receive_callback import Outcome
from tinhso.foundation.payments.gateways.base import PageGateway
from tinhso.foundation.payments.gateways.configured import gateways
from tinhso.foundation.payments.queries import PaymentView, get_receipt, payment_view, requests_of_case
from tinhso.foundation.payments.receipt_paper import print_receipt, receipt_file_name
from tinhso.foundation.payments.words import say_standing
from tinhso.systems.accounts.public import citizen
from tinhso.systems.services.actions.open_dossier import open_dossier
from tinhso.systems.services.views.dossier import own_case

CARD = "the"
LOOK_AGAIN_SECONDS = 10


@citizen
def pay(request: Any, code: str) -> HttpResponse:
    """What is due and how to pay it; what was paid and its receipt.

    `cho`: look again by itself until something has come, that is while the `con` đồng due at the start still are.
    """
    case = own_case(request, code)
    open_dossier(request.ctx, case, "payment")
    asked = requests_of_case(case.pk)
    card = _asked_gateway(request, case)
    view = payment_view(asked[-1].public_id) if asked else None
    waiting = view is not None and "cho" in request.GET and _nothing_came(view, request.GET.get("con", ""))
    release = release_of(case)
    context = {
        "case": case,
        "name": release.short_name or release.name,
        "view": view,
        "said": say_standing(view.standing, reader_language()) if view else "",
        "english": reader_language() == "en",
        "wait_url": f"{reverse('pay', args=[case.code])}?cho=1&con={view.amount if view else 0}",
        "card": _card() is not None,
        "waiting": waiting,
        "seconds": LOOK_AGAIN_SECONDS,
        "told_by_card": card,
        "trial_bank": _trial_bank(view) if view else "",
        "open": case.business
        in (Case.Business.SUBMITTED, Case.Business.ACCEPTED, Case.Business.IN_PROCESS, Case.Business.SUPPLEMENT),
    }
    response = render(request, "services/pay.html", context)
    if waiting:
        response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@citizen
def pay_by_card(request: Any, code: str) -> HttpResponse:
    """Go to the gateway's page; it sends the browser back here and tells us itself."""
    case = own_case(request, code)
    gateway, asked = _card(), requests_of_case(case.pk)
    if request.method != "POST" or not asked:
        return redirect("pay", code=case.code)
    if gateway is None:
        raise TryLater(
            "Hiện chưa thanh toán bằng thẻ được.", what_to_do="Chuyển khoản bằng mã VietQR, hoặc thử lại sau."
        )
    back = f"{current().base_url}{reverse('pay', args=[case.code])}?lan={{attempt}}"
    return redirect(pay_online(request.ctx, asked[-1].public_id, gateway, back_url=back))


def _nothing_came(view: PaymentView, due_before: str) -> bool:
    """Whether the money is still waited for: as much is due as before, and none that came is being looked at."""
    return view.standing.due > 0 and not view.aside and due_before in ("", str(view.standing.due))


def _card() -> PageGateway | None:
    gateway = gateways().get(CARD)
    return gateway if isinstance(gateway, PageGateway) else None


def _trial_bank(view: PaymentView) -> str:
    """Where who tries the system out pays this very code; empty where it is run in earnest."""
    address = current().trial_bank_url
    return f"{address}?{urlencode({'qr': view.qr_text})}" if address and view.qr_text else ""


def _asked_gateway(request: Any, case: Case) -> str:
    """Back from the gateway: ask it what came of the attempt to pay this case, and say `failed`, `silent` (it did not
    answer), `undecided` or nothing. What cannot be told now, its call-back will."""
    gateway = _card()
    if gateway is None or "lan" not in request.GET:
        return ""
    try:
        outcome = confirm(request.ctx, UUID(request.GET["lan"]), gateway, case_id=case.pk)
    except (ValueError, NotFound):
        return ""
    except TryLater:
        return "silent"
    return {None: "undecided", Outcome.FAILED: "failed"}.get(outcome, "")


@citizen
def receipt(request: Any, code: str, receipt: UUID) -> HttpResponse:
    """The receipt's PDF."""
    case = own_case(request, code)
    asked, given = get_receipt(receipt)
    if asked.case_id != case.pk:
        raise NotFound("Hồ sơ này không có biên lai như vậy.", what_to_do="Mở lại trang nộp phí, lệ phí của hồ sơ.")
    open_dossier(request.ctx, case, "receipt")
    return file_answer(print_receipt(given), "application/pdf", receipt_file_name(given))
