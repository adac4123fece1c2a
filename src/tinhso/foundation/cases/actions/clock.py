"""Write the clock's log and keep the due date that follows from it."""

from datetime import datetime

from tinhso.core.context import Context
from tinhso.core.time import business_date, local
from tinhso.foundation.calendars.queries import get_calendar, get_calendar_version
from tinhso.foundation.calendars.rules.due import Due, due
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import Act, Entry, started
from tinhso.foundation.cases.models import Case, ClockEntry
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release import TimeLimit as DeclaredLimit


def start_clock(ctx: Context, case: Case, release: Release, at: datetime, ground: str) -> Due:
    """Start the clock of a case at `at` (art. 17.3: when the dossier is received complete and valid)."""
    calendar = get_calendar(_calendar_agency(case), release.code, business_date(at))
    return note_clock(ctx, case, release, Act.START, at, ground, version=calendar.version_id)


def note_clock(
    ctx: Context, case: Case, release: Release, act: Act, at: datetime, ground: str, *, version: int | None = None
) -> Due:
    """Add one entry to the case's clock log and set the due date that the whole log gives. Saves the case's date."""
    last = ClockEntry.objects.filter(case=case).order_by("-seq").first()
    ClockEntry.objects.create(
        case=case,
        seq=last.seq + 1 if last else 1,
        kind=act,
        at=at,
        ground=ground,
        calendar_version_id=version or (last.calendar_version_id if last else 0),
        recorded_at=ctx.now,
    )
    found = due_of(case, release)
    case.due_at = found.at
    case.save(update_fields=["due_at"])
    return found


def due_of(case: Case, release: Release) -> Due:
    """The due date of a case, worked out anew from its log, with its explanation."""
    rows = list(ClockEntry.objects.filter(case=case).order_by("seq"))
    log = [Entry(Act(row.kind), local(row.at), row.ground, _by(row)) for row in rows]
    return due(log, limit_of(release.case(case.case_key).limit), get_calendar_version(rows[-1].calendar_version_id))


def step_due(case: Case, release: Release, amount: int, unit: str, now: datetime) -> datetime:
    """When a step begun now with its own limit must be done; never after the case itself is due."""
    calendar = get_calendar(_calendar_agency(case), release.code, business_date(now))
    own = due(started(now), TimeLimit(amount, Unit(unit)), calendar).at
    ends = [moment for moment in (own, case.due_at) if moment]
    return min(ends)


def limit_of(declared: DeclaredLimit) -> TimeLimit:
    return TimeLimit(declared.amount, Unit(declared.unit))


def _calendar_agency(case: Case) -> int:
    agency = case.decided_by_id or case.received_by_id
    if agency is None:
        raise ValueError(f"case {case.pk} has no agency whose calendar would count")
    return agency


def _by(row: ClockEntry) -> TimeLimit | None:
    return TimeLimit(row.amount, Unit(row.unit)) if row.amount else None
