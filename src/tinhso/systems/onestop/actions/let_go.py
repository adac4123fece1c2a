"""The money of an ended dossier is settled and no paper of it is here: nothing is left for the counter to give back."""

from collections.abc import Sequence

from tinhso.core.context import Context
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.queries import standings_of_cases
from tinhso.foundation.payments.rules.standing import RequestState
from tinhso.systems.onestop import rules

PAID_OUT, KEPT = "payments.refund.paid", "payments.fee.kept"
"""How a fee of an ended dossier is settled: it went back, or it was decided that it does not."""


def let_go(events: Sequence[Event]) -> None:
    """Take dossiers that owe nothing any more out of the counter's inbox. Seeing an event twice changes nothing."""
    for event in events:
        if event.type in (PAID_OUT, KEPT) and event.case_id is not None:
            _let_go(event, event.case_id)


def _let_go(event: Event, case_id: int) -> None:
    case = Case.objects.select_for_update().filter(pk=case_id, business__in=rules.ENDED).first()
    if case is None or case.custody == Case.Custody.AT_CENTRE or _still_owed(case_id, kept=event.type == KEPT):
        return
    if task := Task.objects.filter(case=case, direction=None).first():
        ctx = Context(
            now=event.recorded_at,
            account_id=event.actor_id,
            post_id=event.post_id,
            agency_id=event.agency_id,
        )
        keep_record(ctx, case, "settle", task=task)


def _still_owed(case_id: int, *, kept: bool) -> bool:
    """Whether money waits to go back, or nobody has decided yet on what came in."""
    standings = standings_of_cases([case_id]).get(case_id, [])
    undecided = not kept and any(one.received > one.refunded for one in standings)
    return undecided or any(one.state is RequestState.REFUND_DUE for one in standings)
