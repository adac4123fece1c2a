"""Deadlines of the one-stop shop itself, beside the procedure's own limit: periods of law, dated (calendars)."""

from datetime import date, datetime, timedelta

from tinhso.core.time import business_date
from tinhso.foundation.calendars.queries import get_calendar, get_period
from tinhso.foundation.calendars.rules.limit import Unit
from tinhso.foundation.calendars.rules.period import Period, after
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Release


def first_reply_due(agency_id: int, procedure: str, now: datetime) -> datetime:
    """When an online dossier must have been accepted, redirected or asked about (art. 17.2)."""
    return _due(agency_id, procedure, get_period("first-reply", business_date(now)), now)


def hand_over_due(agency_id: int, procedure: str, now: datetime) -> datetime:
    """By when a centre has made a result ready to be handed over."""
    return _due(agency_id, procedure, get_period("hand-over", business_date(now)), now)


def ask_by(case: Case, release: Release) -> datetime:
    """Until when a supplement may be asked for, counted from acceptance (art. 19.5, or the sector's law)."""
    agency = case.decided_by_id or case.received_by_id
    if agency is None or case.accepted_at is None:
        raise ValueError(f"case {case.pk} is not with an agency yet")
    own = release.supplement.ask_within if release.supplement else None
    on = business_date(case.accepted_at)
    period = Period(own.amount, Unit(own.unit)) if own else get_period("ask-supplement", on)
    return _due(agency, release.code, period, case.accepted_at)


def close_on(release: Release, now: datetime) -> date:
    """The last day for the supplement asked for now, after which the dossier is closed (art. 19.5, or the sector's
    law). These are calendar days."""
    own = release.supplement.close_after if release.supplement else None
    return business_date(now) + timedelta(
        days=own.amount if own else get_period("close-supplement", business_date(now)).amount
    )


def _due(agency_id: int, procedure: str, period: Period, now: datetime) -> datetime:
    return after(now, period, get_calendar(agency_id, procedure, business_date(now)))
