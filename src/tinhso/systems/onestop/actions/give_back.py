"""A dossier that ended without a result: the centre gives back what it still holds of it."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.foundation.cases.models import Case
from tinhso.foundation.payments.queries import standings_of_cases
from tinhso.foundation.payments.rules.standing import RequestState
from tinhso.systems.onestop.actions.flow import finish, take_turn


@transaction.atomic
def give_back(ctx: Context, case_id: int, version: int, *, receiver: str = "") -> Case:
    """Give the papers back to whoever `receiver` is. Money that was taken in is the cashier's to decide on.

    Raises Conflict where no paper lies at the centre.
    """
    turn = take_turn(ctx, case_id, version, "give_back")
    if turn.case.custody != Case.Custody.AT_CENTRE:
        raise Conflict(
            "Trung tâm không giữ giấy tờ nào của hồ sơ này.",
            what_to_do="Mở lại hồ sơ để xem còn việc gì.",
        )
    turn.case.custody = Case.Custody.RETURNED
    finish(ctx, turn, "give_back", note=receiver, changed=("custody",))
    return turn.case


@transaction.atomic
def settle(ctx: Context, case_id: int, version: int) -> Case:
    """Nothing of the dossier is owed back any more: its work at the counter ends.

    Raises Conflict while papers lie at the centre or money waits to be given back.
    """
    turn = take_turn(ctx, case_id, version, "settle")
    if turn.case.custody == Case.Custody.AT_CENTRE:
        raise Conflict(
            "Trung tâm còn giữ giấy tờ của hồ sơ này.", what_to_do="Trả lại giấy tờ cho người nộp rồi ghi người nhận."
        )
    if any(one.state is RequestState.REFUND_DUE for one in standings_of_cases([case_id]).get(case_id, [])):
        raise Conflict("Còn tiền chờ hoàn cho người nộp.", what_to_do="Làm xong việc hoàn tiền ở trang Thu phí.")
    finish(ctx, turn, "settle")
    return turn.case
