"""One stray payment: match it to a dossier, or send it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tinhso.core.language import reader_language
from tinhso.core.money import format_dong
from tinhso.core.web.access import signed_in
from tinhso.foundation.payments.actions.match import return_unmatched
from tinhso.foundation.payments.rules.standing import Reason
from tinhso.foundation.payments.words import say_reason, say_standing
from tinhso.systems.cashier import queries
from tinhso.systems.cashier.actions.match_to_dossier import match_to_dossier
from tinhso.systems.cashier.policies import acting
from tinhso.systems.cashier.views.door import fresh_form, page, sent_once
from tinhso.systems.cashier.words import say_way


@require_GET
@signed_in("officer")
def stray(request: Any, entry: int) -> HttpResponse:
    """What the bank told of it, and the two forms."""
    return _show(request, entry, fresh_form(request))


@require_POST
@signed_in("officer")
def match(request: Any, entry: int) -> HttpResponse:
    """Count it towards what the named dossier owes; what is too much becomes the payer's credit."""

    def act() -> str:
        ctx, _post = acting(request.ctx, request.posts)
        settled = match_to_dossier(ctx, entry, request.POST.get("code", ""))
        said = say_standing(settled.standing, reader_language())
        messages.success(request, _("Đã ghép khoản tiền vào hồ sơ. %(said)s.") % {"said": said})
        return reverse("cashier_strays")

    return sent_once(request, act, lambda form: _show(request, entry, form))


@require_POST
@signed_in("officer")
def give_back(request: Any, entry: int) -> HttpResponse:
    """Write that it went back to its sender; the reason names the transfer."""

    def act() -> str:
        ctx, _post = acting(request.ctx, request.posts)
        sent = return_unmatched(ctx, entry, reason=request.POST.get("reason", ""))
        messages.success(request, _("Đã ghi trả lại %(amount)s.") % {"amount": format_dong(sent.amount)})
        return reverse("cashier_strays")

    return sent_once(request, act, lambda form: _show(request, entry, form))


def _show(request: Any, entry: int, form: dict[str, Any]) -> HttpResponse:
    ctx, _post = acting(request.ctx, request.posts)
    row = queries.get_stray(ctx, entry)
    if row.request and "code" not in form["values"]:
        form = {**form, "values": {**form["values"], "code": row.request.dossier_code}}
    why = say_reason(Reason(row.reason), reader_language())
    return page(request, "stray", "cashier_strays", row=row, why=why, way=say_way(row.debit), **form)
