"""The centre hands the result over, and the dossier is done."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.cases.models import Case
from tinhso.systems.onestop.actions.flow import finish, take_turn
from tinhso.systems.onestop.events import DossierReturned
from tinhso.systems.onestop.models import Dossier


@transaction.atomic
def hand_result(ctx: Context, case_id: int, version: int, *, receiver: str = "") -> Case:
    """Return the result and the original papers (Decree 118/2025/NĐ-CP art. 22); `receiver` is who took them."""
    turn = take_turn(ctx, case_id, version, "hand_result")
    case = turn.case
    case.returned_at = ctx.now
    if case.custody == Case.Custody.AT_CENTRE:
        case.custody = Case.Custody.RETURNED
    returned = DossierReturned(code=case.code, way=Dossier.objects.get(case=case).return_by)
    finish(ctx, turn, "hand_result", note=receiver, changed=("returned_at", "custody"), event=returned)
    return case
