"""A new decision on days off: running dossiers count by the newest version of their calendar, and people are told."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery

from tinhso.core.context import Context
from tinhso.core.time import business_date, iso
from tinhso.foundation.calendars.models import CalendarVersion
from tinhso.foundation.calendars.queries import get_calendar_version
from tinhso.foundation.cases.actions.clock import recount_clock, retime_tasks
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.models import OPEN, Case, ClockEntry
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.events.actions.record import record
from tinhso.systems.onestop.actions.accept import explained
from tinhso.systems.onestop.events import DossierRecounted
from tinhso.systems.onestop.letters import tell_applicant

BATCH = 500


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many running dossiers were looked at, and of how many the date moved."""

    looked_at: int
    moved: int


def recount(ctx: Context, calendar: str, ground: str) -> Recounted:
    """Every running dossier that counts by an older version of `calendar` now counts by the newest in force today.

    One transaction a dossier: broken off, it goes on where it was when run again. A date that stays tells nobody.
    """
    versions = CalendarVersion.objects.filter(calendar__code=calendar).order_by("-number")
    newest = versions.filter(in_force_from__lte=business_date(ctx.now)).values_list("pk", flat=True).first()
    if newest is None:
        return Recounted(0, 0)
    last = ClockEntry.objects.filter(case=OuterRef("pk")).order_by("-seq").values("calendar_version_id")[:1]
    older = list(versions.exclude(pk=newest).values_list("pk", flat=True))
    running = Case.objects.filter(business__in=OPEN, accepted_at__isnull=False).annotate(counts_by=Subquery(last))
    ids = list(running.filter(counts_by__in=older).order_by("pk").values_list("pk", flat=True))
    return Recounted(len(ids), sum(_recount_one(ctx, case_id, newest, ground) for case_id in ids))


@transaction.atomic
def _recount_one(ctx: Context, case_id: int, version: int, ground: str) -> bool:
    case = lock(case_id, None)
    if case.business not in OPEN:
        return False
    release, calendar, before = release_of(case), get_calendar_version(version), case.due_at
    found = recount_clock(ctx, case, release, calendar, ground)
    case.dossier.explanation = explained(found)
    case.dossier.save(update_fields=["explanation"])
    keep_record(ctx, case, "recount", note=ground, changed=("due_at",), counts=False)
    moved = case.due_at != before
    if moved and case.due_at and before:
        retime_tasks(ctx, case, release, calendar)
        tell_applicant(ctx, case, "recounted", {"release": release, "before": before, "ground": ground})
    told = DossierRecounted(case.code, iso(before) if before else "", iso(case.due_at) if case.due_at else "")
    record(ctx, told, subject=("case", case.pk), case_id=case.pk)
    return moved
