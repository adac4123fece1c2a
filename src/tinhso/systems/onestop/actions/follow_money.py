"""See on the dossier what happened to its money, and tell the applicant what was decided about it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tinhso.core.context import Context
from tinhso.core.money import format_dong
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.models import Case, StepRecord
from tinhso.foundation.events.models import Event
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.payments.models import FeeKept, Refund
from tinhso.foundation.payments.queries import standings_of_cases
from tinhso.foundation.payments.rules.standing import RequestState
from tinhso.systems.onestop.letters import tell_applicant

FOLLOWED = {
    "payments.payment.received": ("pay", Case.Money.PAID),
    "payments.request.waived": ("waive", Case.Money.PAID),
    "payments.refund.paid": ("refund", Case.Money.REFUNDED),
}
"""Event type -> the act as the dossier records it, and the money state it leads to."""

TOLD = {
    "payments.refund.ordered": "refund_ordered",
    "payments.refund.withdrawn": "refund_withdrawn",
    "payments.fee.kept": "fee_kept",
}
"""Event type -> the letter it makes."""

_SETTLED = {RequestState.PAID, RequestState.WAIVED, RequestState.CANCELLED}


def follow_money(events: Sequence[Event]) -> None:
    """Bring dossiers' money state up to what the ledger says. Seeing an event twice changes nothing."""
    for event in events:
        if event.type in FOLLOWED and event.case_id is not None:
            _follow(event, event.case_id)
        elif event.type in TOLD and event.case_id is not None:
            _tell(event, event.case_id)


def _follow(event: Event, case_id: int) -> None:
    act, state = FOLLOWED[event.type]
    states = {standing.state for standing in standings_of_cases([case_id]).get(case_id, [])}
    case = Case.objects.select_for_update().filter(pk=case_id).exclude(money=state).first()
    reached = states <= _SETTLED if state == Case.Money.PAID else RequestState.REFUNDED in states
    if case is None or not reached:
        return
    case.money = state
    ctx = Context(
        now=_just_after_filing(event, case_id),
        account_id=event.actor_id,
        post_id=event.post_id,
        agency_id=event.agency_id,
    )
    keep_record(ctx, case, act, changed=("money",), counts=False)


def _tell(event: Event, case_id: int) -> None:
    """Write the letter of a decision, once; none for a decision that another one took the place of."""
    letter, case = TOLD[event.type], Case.objects.filter(pk=case_id).first()
    told = Letter.objects.filter(
        case_id=case_id, template=f"onestop/letters/{letter}.txt", written_at=event.recorded_at
    )
    if case is None or told.exists() or json.loads(event.payload).get("replaced"):
        return
    ctx = Context(now=event.recorded_at, account_id=event.actor_id, post_id=event.post_id, agency_id=event.agency_id)
    tell_applicant(ctx, case, letter, _said(event))


def _said(event: Event) -> dict[str, Any]:
    """What the letter says of the decision: amount, reason, and the way of a refund or the basis for giving none."""
    if event.type == "payments.fee.kept":
        kept = FeeKept.objects.get(question__request=event.subject_id)
        return {"amount": format_dong(kept.amount), "basis": kept.basis, "reason": kept.reason}
    decision = Refund.objects.get(pk=event.subject_id)
    return {"amount": format_dong(decision.amount), "way": decision.get_way_display(), "reason": decision.reason}


def _just_after_filing(event: Event, case_id: int) -> datetime:
    """The event's instant; a microsecond after the acts of that very instant.

    Cash taken at the counter is taken in the act that files the dossier, and this record is written later, from the
    event: under the same instant it would stand before the filing as often as after it.
    """
    same = StepRecord.objects.filter(case_id=case_id, recorded_at=event.recorded_at)
    return event.recorded_at + timedelta(microseconds=1) if same.exists() else event.recorded_at
