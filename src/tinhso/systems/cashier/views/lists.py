"""What waits at the cashier's desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from tinhso.core.errors import NotFound
from tinhso.core.language import reader_language
from tinhso.core.web.access import signed_in
from tinhso.foundation.payments.rules.standing import Reason
from tinhso.foundation.payments.words import say_reason
from tinhso.systems.cashier import queries
from tinhso.systems.cashier.policies import acting
from tinhso.systems.cashier.views.door import after, page
from tinhso.systems.cashier.words import say_way


@require_GET
@signed_in("officer")
def home(request: Any) -> HttpResponse:
    """How much waits in each list, and the way to one dossier's money by its code (`ma`)."""
    ctx, post = acting(request.ctx, request.posts)
    typed = "".join(request.GET.get("ma", "").split()).upper()[:60]
    errors = {}
    if typed:
        try:
            return redirect("cashier_dossier", code=queries.money_of(ctx, typed)[0].request.dossier_code)
        except NotFound as missing:
            errors = {"ma": missing.message}
    counts = queries.counts(ctx, post)
    return page(request, "home", "cashier", counts=counts, values={"ma": typed}, errors=errors)


@require_GET
@signed_in("officer")
def strays(request: Any) -> HttpResponse:
    """Money that no request could take."""
    ctx, _post = acting(request.ctx, request.posts)
    rows = queries.strays(ctx, after(request))
    shown = [
        {"row": row, "why": say_reason(Reason(row.reason), reader_language()), "way": say_way(row.debit)}
        for row in rows
    ]
    return page(request, "strays", "cashier_strays", rows=shown, next_url=_next(rows, rows and rows[-1].pk))


@require_GET
@signed_in("officer")
def refunds(request: Any) -> HttpResponse:
    """Payers' money to decide on, and refunds decided that are to be paid out."""
    ctx, post = acting(request.ctx, request.posts)
    waiting = queries.unpaid_refunds(ctx, post, after(request))
    return page(
        request,
        "refunds",
        "cashier_refunds",
        credits=queries.credits_to_decide(ctx),
        fees=queries.fees_to_decide(ctx),
        elsewhere=queries.decided_elsewhere(ctx, post),
        waiting=waiting,
        next_url=_next(waiting, waiting and waiting[-1].pk),
    )


@require_GET
@signed_in("officer")
def proposals(request: Any) -> HttpResponse:
    """Proposals that wait, the last ones answered, and the last waivers with their reasons."""
    ctx, post = acting(request.ctx, request.posts)
    return page(
        request,
        "proposals",
        "cashier_proposals",
        waiting=queries.proposals(ctx, post, waiting=True),
        answered=queries.proposals(ctx, post, waiting=False, limit=10),
        waivers=queries.waivers(ctx, post, limit=20),
    )


def _next(rows: Any, last: Any) -> str:
    return f"?sau={last}" if len(rows) == queries.PAGE else ""
