"""A citizen submits a dossier online."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.cases.actions.open_task import open_task
from tinhso.foundation.cases.models import Case
from tinhso.systems.onestop.actions.file_dossier import Filing, file_dossier
from tinhso.systems.onestop.actions.flow import receive_step
from tinhso.systems.onestop.deadlines import first_reply_due
from tinhso.systems.onestop.letters import tell_applicant


@transaction.atomic
def submit(ctx: Context, filing: Filing) -> Case:
    """File a dossier for the counter to accept within 8 working hours (Decree 118/2025/NĐ-CP art. 17.2)."""
    case = file_dossier(ctx, filing, "submit")
    release, first = receive_step(case)
    open_task(ctx, case, release, first, first_reply_due(filing.receiving.pk, release.code, ctx.now))
    tell_applicant(ctx, case, "submitted", {"release": release})
    return case
