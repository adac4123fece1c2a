"""The rounds of payments."""

from datetime import datetime

from tinhso.core.context import Context
from tinhso.core.errors import TryLater
from tinhso.core.running.rounds import every
from tinhso.foundation.payments.actions.pay_online import withdraw_order
from tinhso.foundation.payments.gateways.base import PageGateway
from tinhso.foundation.payments.gateways.configured import gateways
from tinhso.foundation.payments.queries import dead_attempts


@every(seconds=5)
def withdraw_dead_orders(now: datetime) -> int:
    """Withdraw, at their gateways, orders whose fee was settled another way; how many. A gateway that is away waits."""
    return sum(_withdraw_at(gateway, now) for gateway in gateways().values() if isinstance(gateway, PageGateway))


def _withdraw_at(gateway: PageGateway, now: datetime) -> int:
    done = 0
    for attempt in dead_attempts(gateway.key, now):
        try:
            withdraw_order(Context(now=now), attempt, gateway)
        except TryLater:
            return 0
        done += 1
    return done
