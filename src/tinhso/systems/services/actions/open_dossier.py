"""Write down that somebody opens a dossier with what it holds of a person, before it is shown."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.cases.models import Case
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import RecordOpened


@transaction.atomic
def open_dossier(ctx: Context, case: Case, what: str) -> None:
    """The read event of a citizen opening their own dossier; `what` is `dossier`, `slip`, `result` or `paper`."""
    record(ctx, RecordOpened(what=what, purpose="own"), subject=("case", case.pk), case_id=case.pk)
