"""After money came or was let off: set aside what is too much, give the one receipt once nothing is due."""

from dataclasses import dataclass

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.foundation.numbering.actions.take import take
from tinhso.foundation.payments.actions.enter import enter
from tinhso.foundation.payments.models import GatewayTransaction, PaymentRequest, Receipt
from tinhso.foundation.payments.queries import standing_of
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.receipts import RECEIPT_FORM, book_key
from tinhso.foundation.payments.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Settled:
    """`receipt` is the one made now, if any; `excess` what was set aside now, in đồng."""

    standing: Standing
    receipt: Receipt | None
    excess: int


def settle(
    ctx: Context, request: PaymentRequest, *, method: str, transaction: GatewayTransaction | None = None
) -> Settled:
    """Bring a held request to rest after a movement on it."""
    now, excess = set_excess_aside(ctx, request, transaction)
    receipt = None
    if now.due == 0 and now.kept > 0 and not Receipt.objects.filter(request=request).exists():
        receipt = _give_receipt(ctx, request, now.kept, method)
    return Settled(now, receipt, excess)


def set_excess_aside(
    ctx: Context, request: PaymentRequest, transaction: GatewayTransaction | None = None
) -> tuple[Standing, int]:
    """What a held request has beyond what is asked becomes the payer's credit; the standing after, and how much."""
    now = standing_of(request)
    excess = max(-now.due, 0)
    if not excess:
        return now, 0
    enter(ctx, chart.excess(excess), request=request, transaction=transaction)
    return standing_of(request), excess


def _give_receipt(ctx: Context, request: PaymentRequest, amount: int, method: str) -> Receipt:
    year = business_date(ctx.now).year
    book = book_key(request.agency_id)
    return Receipt.objects.create(
        public_id=uuid7(ctx.now),
        request=request,
        book=book,
        year=year,
        number=take(book, year, now=ctx.now),
        form=RECEIPT_FORM.form,
        sign=RECEIPT_FORM.sign_in(year),
        amount=amount,
        method=method,
        issued_by=ctx.account_id,
        issued_at=ctx.now,
    )
