"""The one-stop shop's rounds."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.foundation.events.actions.follow import follow
from tinhso.systems.onestop.actions.close import close_overdue
from tinhso.systems.onestop.actions.follow_money import follow_money
from tinhso.systems.onestop.actions.let_go import let_go


@every(seconds=600)
def close_late_supplements(now: datetime) -> int:
    return close_overdue(now)


@every(seconds=1)
def see_payments(now: datetime) -> int:
    return follow("onestop.money", follow_money)


@every(seconds=60)
def let_settled_dossiers_go(now: datetime) -> int:
    return follow("onestop.let_go", let_go)
