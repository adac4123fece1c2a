"""Write one row of the ledger; hold a request while its money moves."""

from datetime import datetime

from django.db import connection

from tinhso.core.context import Context
from tinhso.foundation.payments.models import GatewayTransaction, PaymentEntry, PaymentRequest, Refund
from tinhso.foundation.payments.rules.chart import Movement

_LOCKS = 0x706179 << 40
"""First advisory lock number of payment requests ("pay")."""


def hold(request: PaymentRequest) -> None:
    """Wait for every other act on the money of `request`, and keep later ones waiting until this transaction ends.

    An advisory lock: rows that may only be added cannot be locked FOR UPDATE by the application's role.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCKS + request.pk])


def hold_named(name: str) -> None:
    """Like `hold`, for what is no request: an account drawn on, a row of stray money. Held before any request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [name, _LOCKS])


def enter(
    ctx: Context,
    movement: Movement,
    *,
    request: PaymentRequest | None = None,
    transaction: GatewayTransaction | None = None,
    refund: Refund | None = None,
    about: PaymentEntry | None = None,
    reason: str = "",
    occurred_at: datetime | None = None,
) -> PaymentEntry:
    """The row that says `movement` happened; the caller holds the request."""
    return PaymentEntry.objects.create(
        kind=movement.kind,
        debit=movement.debit,
        credit=movement.credit,
        amount=movement.amount,
        request=request,
        transaction=transaction,
        refund=refund,
        about=about,
        reason=reason,
        account_id=ctx.account_id,
        post_id=ctx.post_id,
        occurred_at=occurred_at or ctx.now,
        recorded_at=ctx.now,
    )
