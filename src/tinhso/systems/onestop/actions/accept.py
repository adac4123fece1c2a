"""The counter accepts a dossier: from here the clock runs."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.core.money import format_dong
from tinhso.core.time import iso
from tinhso.foundation.calendars import words
from tinhso.foundation.calendars.rules.due import Due
from tinhso.foundation.cases.actions.clock import start_clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.notices.actions.write_letter import write_letter
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.systems.onestop.actions.file_dossier import Filing, file_dossier
from tinhso.systems.onestop.actions.flow import Turn, finish, open_step, pass_on, receive_step, take_turn
from tinhso.systems.onestop.events import DossierAccepted
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.money import payment_of, still_due
from tinhso.systems.onestop.slips import give_acceptance_slip

GROUND = "Điều 17 khoản 3 Nghị định 118/2025/NĐ-CP"


@transaction.atomic
def accept(ctx: Context, case_id: int, version: int) -> Case:
    """Accept a submitted dossier: clock, due date, acceptance slip, letter, and the first work of the agency."""
    turn = take_turn(ctx, case_id, version, "accept")
    must_be_paid(turn.case)
    return _accept(ctx, turn)


@transaction.atomic
def receive(ctx: Context, filing: Filing, *, cash: int = 0) -> Case:
    """File and accept at the counter in one act, for the applicant who stands there; `cash` is what they pay in đồng.

    Raises Conflict when a fee is due and the cash is not it: nothing is filed then.
    """
    case = file_dossier(ctx, filing, "receive")
    if cash and (request := payment_of(case.pk)):
        take_cash(ctx, request.public_id, cash)
    must_be_paid(case)
    release, step = receive_step(case)
    task = open_step(ctx, case, release, step)
    return _accept(ctx, Turn(case, release, task, step))


def must_be_paid(case: Case) -> None:
    """Raises Conflict while a fee asked for is unpaid: proof comes with the dossier (Decree 118/2025/NĐ-CP art. 24)."""
    if due := still_due(case.pk):
        raise Conflict(
            f"Hồ sơ còn {format_dong(due)} phí, lệ phí chưa nộp nên chưa tiếp nhận được.",
            what_to_do="Thu tiền mặt tại quầy, hoặc nhắc người nộp thanh toán trực tuyến trên trang tra cứu hồ sơ.",
        )
    if case.money == Case.Money.DUE:
        case.money = Case.Money.PAID
        case.save(update_fields=["money"])


def _accept(ctx: Context, turn: Turn) -> Case:
    case, release = turn.case, turn.release
    case.accepted_at = ctx.now
    due = start_clock(ctx, case, release, ctx.now, GROUND)
    keep_explanation(case, due)
    finish(ctx, turn, "accept", changed=("accepted_at",))
    accepted = DossierAccepted(code=case.code, due_at=iso(due.at) if due.at else "")
    record(ctx, accepted, subject=("case", case.pk), case_id=case.pk)
    give_acceptance_slip(ctx, case, release)
    pass_on(ctx, turn)
    _tell(ctx, case, release)
    return case


def keep_explanation(case: Case, due: Due) -> None:
    """Keep what citizen and officer read of the due date: the same sentence, in both languages."""
    said = {language: words.sentence(due, language) for language in ("vi", "en")}
    Dossier.objects.filter(case=case).update(explanation=said)


def _tell(ctx: Context, case: Case, release: Release) -> None:
    if case.applicant:
        data = {"case": case, "release": release, "dossier": Dossier.objects.get(case=case)}
        write_letter(ctx, case.applicant, "onestop/letters/accepted.txt", data, case_id=case.pk)
