"""A citizen submits a dossier online."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.foundation.cases.actions.open_task import open_task
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import read_release
from tinhso.systems.onestop.actions.file_dossier import Filing, enter, lay_down
from tinhso.systems.onestop.actions.flow import receive_step
from tinhso.systems.onestop.deadlines import first_reply_due
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.money import cost


@transaction.atomic
def submit(ctx: Context, filing: Filing) -> Case:
    """File a dossier for the counter to accept within 8 working hours (Decree 118/2025/NĐ-CP art. 17.2)."""
    case = lay_down(ctx, filing, "submit")
    release = read_release(filing.release)
    open_task(ctx, case, release, receive_step(release), first_reply_due(filing.receiving.pk, release.code, ctx.now))
    enter(ctx, case, filing, cost(release, filing.answers, filing.channel, business_date(ctx.now)))
    tell_applicant(ctx, case, "submitted", {"release": release})
    return case
