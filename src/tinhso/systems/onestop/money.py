"""What a dossier costs and whether that is paid."""

from datetime import date
from typing import Any

from tinhso.core.context import Context
from tinhso.core.money import format_dong
from tinhso.core.settings import current
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release_fees import fees_of, items_of, traits_of
from tinhso.foundation.identity.models import Party
from tinhso.foundation.payments.actions.cancel import cancel
from tinhso.foundation.payments.actions.fee_of_ended import question_fee
from tinhso.foundation.payments.actions.request_payment import Collector, Payer, request_payment
from tinhso.foundation.payments.models import PaymentRequest
from tinhso.foundation.payments.queries import rates_on, requests_of_case, standing_of, standings_of_cases, windows_on
from tinhso.foundation.payments.rules.fees import Assessment, Channel, Situation, assess
from tinhso.systems.onestop.letters import tell_applicant


def cost(release: Release, answers: dict[str, Any], channel: str, day: date) -> Assessment:
    """The fees of a dossier with these answers, filed by `channel` on `day`."""
    case = release.case_for(answers)
    situation = Situation(
        day=day,
        channel=Channel(channel),
        items=items_of(release, case, answers),
        traits=traits_of(release, case, answers),
    )
    return assess(fees_of(release, case, answers), situation, rates=rates_on(day), windows=windows_on(day))


def ask_payment(ctx: Context, case: Case, assessment: Assessment) -> Case.Money:
    """Ask for what is to pay, if anything; returns the money state that follows.

    `undecided`: a fee waits for the provincial council's figure; nothing is asked for until that is entered.
    """
    if assessment.total is None:
        return Case.Money.UNDECIDED
    if assessment.total == 0 or case.decided_by is None or case.applicant is None:
        return Case.Money.NONE
    request_payment(
        ctx,
        case_id=case.pk,
        dossier_code=case.code,
        payment_round=1,
        assessment=assessment,
        payer=_payer(case.applicant),
        collector=_collector(case.decided_by),
    )
    return Case.Money.DUE


def still_due(case_id: int) -> int:
    """What the payer of a dossier still owes, in đồng."""
    return sum(standing.due for standing in standings_of_cases([case_id]).get(case_id, []))


def money_received(case_id: int) -> int:
    """What came in for a dossier and was not given back, in đồng."""
    return sum(one.received - one.refunded for one in standings_of_cases([case_id]).get(case_id, []))


def call_off_payment(ctx: Context, case: Case, reason: str) -> None:
    """An ended dossier owes nothing more.

    What was paid of it in part is set aside to be given back; what was paid in full waits for the decision whether it
    goes back, and the applicant is told so.
    """
    for request in requests_of_case(case.pk):
        if standing_of(request).due:
            cancel(ctx, request.public_id, reason)
        elif question_fee(ctx, request.public_id, reason):
            kept = standing_of(request).kept
            tell_applicant(ctx, case, "fee_waits", {"amount": format_dong(kept), "collector": request.collector_name})


def payment_of(case_id: int) -> PaymentRequest | None:
    """The dossier's latest request for money."""
    return next(reversed(requests_of_case(case_id)), None)


def _payer(party: Party) -> Payer:
    place = f", {party.place}" if party.place else ""
    tax_code = "" if party.kind == Party.Kind.CITIZEN else (party.number or "")
    return Payer(name=party.name, address=f"{party.address}{place}", tax_code=tax_code)


def _collector(agency: Agency) -> Collector:
    settings = current()
    return Collector(
        agency_id=agency.pk,
        name=agency.name,
        bank_bin=settings.bank_bin,
        bank_account=settings.bank_account,
        bank_holder=agency.name,
    )
