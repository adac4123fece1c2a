"""Write the clock's log and keep the due date that follows from it."""

from datetime import date, datetime

from tinhso.core.context import Context
from tinhso.core.time import local
from tinhso.foundation.calendars.queries import get_calendar, get_calendar_version
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.due import Due, due
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import Act, Entry, started
from tinhso.foundation.cases.models import Case, ClockEntry, Task
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release import TimeLimit as DeclaredLimit


def calendar_of(case: Case, release: Release, on: date) -> WorkingCalendar:
    """The calendar by which a case counts its time on a day: that of the agency that decides it, else of the centre."""
    agency = case.decided_by_id or case.received_by_id
    if agency is None:
        raise ValueError(f"case {case.pk} has no agency whose calendar would count")
    return get_calendar(agency, release.code, on)


def start_clock(
    ctx: Context, case: Case, release: Release, at: datetime, ground: str, calendar: WorkingCalendar
) -> Due:
    """Start the clock of a case at `at` (art. 17.3: when the dossier is received complete and valid), shortened at once
    where the release says that the province does it sooner.

    Sets the case's due date; the act that calls saves it.
    """
    entry = ClockEntry(
        case=case,
        seq=1,
        kind=Act.START,
        at=at,
        ground=ground,
        calendar_version_id=calendar.version_id or 0,
        recorded_at=ctx.now,
    )
    found = _log(case, release, [], entry)
    limit = release.case(case.case_key).limit
    if limit.shortened is None:
        return found
    cut = _next(ctx, [entry], Act.SHORTEN, at, "", calendar.version_id or 0)
    cut.ground = release.legal_text(limit.shortened.basis, limit.shortened.article)
    cut.amount, cut.unit = limit.shortened.amount, limit.unit.value
    return _log(case, release, [entry], cut)


def note_clock(
    ctx: Context,
    case: Case,
    release: Release,
    act: Act,
    at: datetime,
    ground: str,
    *,
    by: TimeLimit | None = None,
) -> Due:
    """Add one entry to the log of a clock that was started, and set the due date that the whole log gives.

    `by`: how much, of an extension or a shortening. The act that calls saves the case's date. A running case keeps the
    calendar version it was received under, until `recount_clock` moves it.
    """
    log = list(ClockEntry.objects.filter(case=case).order_by("seq"))
    entry = _next(ctx, log, act, at, ground, log[-1].calendar_version_id)
    if by:
        entry.amount, entry.unit = by.amount, by.unit
    return _log(case, release, log, entry)


def recount_clock(ctx: Context, case: Case, release: Release, calendar: WorkingCalendar, ground: str) -> Due:
    """Move the clock of a running case to another version of its calendar: one entry, and the date that follows."""
    log = list(ClockEntry.objects.filter(case=case).order_by("seq"))
    entry = _next(ctx, log, ClockEntry.Kind.RECOUNT, ctx.now, ground, calendar.version_id or 0)
    return _log(case, release, log, entry)


def retime_tasks(ctx: Context, case: Case, release: Release, calendar: WorkingCalendar) -> None:
    """After the case's date moved: each open step is due by its own limit again, never after the case itself, and is
    looked at anew. What others were asked keeps the day they were given."""
    for task in Task.objects.filter(case=case, direction=None):
        span = release.step(task.step).limit_in(case.case_key)
        task.due_at = step_due(case, span.amount, span.unit, task.opened_at, calendar)
        task.look_at = ctx.now
        task.save(update_fields=["due_at", "look_at"])


def step_due(case: Case, amount: int, unit: str, now: datetime, calendar: WorkingCalendar) -> datetime:
    """When a step begun now with its own limit must be done; never after the case itself is due."""
    own = due(started(now), TimeLimit(amount, Unit(unit)), calendar).at
    ends = [moment for moment in (own, case.due_at) if moment]
    return min(ends)


def limit_of(declared: DeclaredLimit) -> TimeLimit:
    return TimeLimit(declared.amount, Unit(declared.unit))


def _next(ctx: Context, log: list[ClockEntry], kind: str, at: datetime, ground: str, version: int) -> ClockEntry:
    return ClockEntry(
        case_id=log[-1].case_id,
        seq=log[-1].seq + 1,
        kind=kind,
        at=at,
        ground=ground,
        calendar_version_id=version,
        recorded_at=ctx.now,
    )


def _log(case: Case, release: Release, before: list[ClockEntry], entry: ClockEntry) -> Due:
    entry.save(force_insert=True)
    acts = (row for row in (*before, entry) if row.kind != ClockEntry.Kind.RECOUNT)
    log = [Entry(Act(row.kind), local(row.at), row.ground, _by(row)) for row in acts]
    limit = limit_of(release.case(case.case_key).limit)
    found = due(log, limit, get_calendar_version(entry.calendar_version_id))
    case.due_at = found.at
    return found


def _by(row: ClockEntry) -> TimeLimit | None:
    return TimeLimit(row.amount, Unit(row.unit)) if row.amount else None
