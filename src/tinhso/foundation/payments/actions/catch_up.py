"""Reconcile a day with the gateway's file, and take what never reached us."""

from datetime import date

from tinhso.core.context import Context
from tinhso.foundation.payments.actions.pay_online import as_told
from tinhso.foundation.payments.actions.receive_callback import record_notice
from tinhso.foundation.payments.gateways.base import Gateway
from tinhso.foundation.payments.queries import reconcile
from tinhso.foundation.payments.rules.reconciliation import Reconciliation


def catch_up(ctx: Context, gateway: Gateway, day: date) -> Reconciliation:
    """What the comparison showed before; payments missing here are then recorded as if their call-back had come.

    Refunds missing here and all differences are left for people. Each payment is a transaction of its own, and a
    second run finds nothing more to do. Raises TryLater.
    """
    told = gateway.day_file(day)
    found = reconcile(gateway.key, day, told)
    missing = {row.external_id for row in found.missing_here if row.amount > 0}
    for notice in told:
        if notice.external_id in missing:
            record_notice(ctx, gateway, notice, as_told(notice, "day file"))
    return found
