"""Deadlines of the one-stop shop itself, beside the procedure's own limit."""

from datetime import datetime

from tinhso.core.time import business_date
from tinhso.foundation.calendars.queries import get_calendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import started
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Release
from tinhso.systems.onestop.rules import FIRST_REPLY_HOURS, HAND_OVER_DAYS


def first_reply_due(agency_id: int, procedure: str, now: datetime) -> datetime:
    """When an online dossier must have been accepted, redirected or asked about (art. 17.2)."""
    return _due(agency_id, procedure, TimeLimit(FIRST_REPLY_HOURS, Unit.HOURS), now)


def hand_over_due(agency_id: int, procedure: str, now: datetime) -> datetime:
    """By when a centre has made a result ready to be handed over."""
    return _due(agency_id, procedure, TimeLimit(HAND_OVER_DAYS, Unit.WORKING_DAYS), now)


def ask_by(case: Case, release: Release, limit: TimeLimit) -> datetime:
    """Until when a supplement may be asked for, counted from acceptance (art. 19.5)."""
    agency = case.decided_by_id or case.received_by_id
    if agency is None or case.accepted_at is None:
        raise ValueError(f"case {case.pk} is not with an agency yet")
    return _due(agency, release.code, limit, case.accepted_at)


def _due(agency_id: int, procedure: str, limit: TimeLimit, now: datetime) -> datetime:
    calendar = get_calendar(agency_id, procedure, business_date(now))
    found = due(started(now), limit, calendar).at
    if found is None:
        raise ValueError("a clock just started is running")
    return found
