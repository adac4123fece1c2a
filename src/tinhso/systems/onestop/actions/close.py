"""Close dossiers whose supplement never came (Decree 118/2025/NĐ-CP art. 19.5)."""

from datetime import datetime

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.foundation.cases.actions.close_direction import end_work
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.events.actions.record import record
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.actions.flow import open_return_if_owed
from tinhso.systems.onestop.events import DossierStopped
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.models import Supplement
from tinhso.systems.onestop.money import call_off_payment

NOTE = "Quá hạn bổ sung"
_BATCH = 100


def close_overdue(now: datetime) -> int:
    """Close every dossier whose last day for the supplement has passed; returns how many. Safe to run side by side."""
    late = Supplement.objects.filter(
        answered_at__isnull=True, close_on__lt=business_date(now), case__business="supplement"
    )
    return sum(_close(now, case_id) for case_id in late.values_list("case_id", flat=True)[:_BATCH])


@transaction.atomic
def _close(now: datetime, case_id: int) -> bool:
    case = lock(case_id, None)
    if not rules.may(case.business, "close"):
        return False
    ctx, release = Context(now=now, request_id="worker"), release_of(case)
    end_work(ctx, case, NOTE)
    keep_record(ctx, case, "close", to_state=rules.after(case.business, "close"), note=NOTE)
    record(ctx, DossierStopped(code=case.code, by="deadline"), subject=("case", case.pk), case_id=case.pk)
    call_off_payment(ctx, case, NOTE)
    open_return_if_owed(ctx, case, release)
    tell_applicant(ctx, case, "closed", {"release": release})
    return True
