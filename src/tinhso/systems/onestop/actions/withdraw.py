"""The applicant takes a dossier back before it is decided (Decree 118/2025/NĐ-CP art. 21)."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Forbidden
from tinhso.foundation.cases.actions.close_direction import end_work
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.actions.flow import must_allow, open_return_if_owed
from tinhso.systems.onestop.events import DossierStopped
from tinhso.systems.onestop.money import call_off_payment
from tinhso.systems.onestop.policies import dossiers


@transaction.atomic
def withdraw(ctx: Context, case_id: int, version: int, reason: str) -> Case:
    """Stop handling at the applicant's wish; open work disappears, everything that was done stays on record."""
    case = lock(case_id, version)
    account = Account.objects.get(pk=ctx.actor)
    if not dossiers.may_see(account, case):
        raise Forbidden("Chỉ người nộp hồ sơ mới rút được hồ sơ này.")
    must_allow(case, "withdraw")
    end_work(ctx, case, "Người nộp rút hồ sơ")
    keep_record(ctx, case, "withdraw", to_state=rules.after(case.business, "withdraw"), note=reason)
    stopped = DossierStopped(code=case.code, by="applicant")
    record(ctx, stopped, subject=("case", case.pk), case_id=case.pk, private={"reason": reason})
    call_off_payment(ctx, case, reason or "Người nộp rút hồ sơ")
    open_return_if_owed(ctx, case, release_of(case))
    return case
