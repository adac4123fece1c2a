"""The centre hands the result over, and the dossier is done."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.cases.models import Case
from tinhso.foundation.events.actions.record import record
from tinhso.systems.onestop.actions.flow import finish, take_turn
from tinhso.systems.onestop.events import DossierReturned
from tinhso.systems.onestop.models import Dossier


@transaction.atomic
def hand_result(ctx: Context, case_id: int, version: int, *, receiver: str = "") -> Case:
    """Return the result and the original papers (Decree 118/2025/NĐ-CP art. 22); `receiver` is who took them."""
    turn = take_turn(ctx, case_id, version, "hand_result")
    case = turn.case
    case.returned_at = ctx.now
    if case.custody != Case.Custody.NONE:
        case.custody = Case.Custody.RETURNED
    finish(ctx, turn, "hand_result", note=receiver, changed=("returned_at", "custody"))
    way = Dossier.objects.get(case=case).return_by
    record(ctx, DossierReturned(code=case.code, way=way), subject=("case", case.pk), case_id=case.pk)
    return case
