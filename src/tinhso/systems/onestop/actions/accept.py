"""The counter accepts a dossier: from here the clock runs."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden
from tinhso.core.money import format_dong
from tinhso.core.time import business_date, iso
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.calendars import words
from tinhso.foundation.calendars.rules.due import Due
from tinhso.foundation.cases.actions.clock import start_clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.identity.queries import held_posts
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.systems.onestop.actions.file_dossier import Filing, file_dossier
from tinhso.systems.onestop.actions.flow import Turn, finish, open_step, pass_on, receive_step, take_turn
from tinhso.systems.onestop.events import DossierAccepted
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.money import payment_of, still_due
from tinhso.systems.onestop.slips import give_acceptance_slip

AT_COUNTER = (Post.Role.COUNTER, Post.Role.HEAD)
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
    _must_be_at_counter(ctx, filing)
    case = file_dossier(ctx, filing, "receive")
    if cash and (request := payment_of(case.pk)):
        take_cash(ctx, request.public_id, cash)
    must_be_paid(case)
    release, step = receive_step(case)
    task = open_step(ctx, case, release, step)
    return _accept(ctx, Turn(case, release, task, step))


def _must_be_at_counter(ctx: Context, filing: Filing) -> None:
    held = held_posts(ctx.actor, business_date(ctx.now))
    if not any(
        post.pk == ctx.post_id and post.agency_id == filing.receiving.pk and post.role in AT_COUNTER for post in held
    ):
        raise Forbidden(
            f"Bạn không giữ vị trí tiếp nhận ở {filing.receiving}.",
            what_to_do="Chọn vị trí tiếp nhận của mình rồi làm lại; chưa có gì được ghi.",
        )


def must_be_paid(case: Case) -> None:
    """Raises Conflict while a fee asked for is unpaid: proof comes with the dossier (Decree 118/2025/NĐ-CP art. 24)."""
    if due := still_due(case.pk):
        raise Conflict(
            f"Hồ sơ còn {format_dong(due)} phí, lệ phí chưa nộp nên chưa tiếp nhận được.",
            what_to_do="Thu tiền mặt tại quầy, hoặc nhắc người nộp thanh toán trực tuyến trên trang tra cứu hồ sơ.",
        )


def _accept(ctx: Context, turn: Turn) -> Case:
    case, release = turn.case, turn.release
    case.accepted_at = ctx.now
    due = start_clock(ctx, case, release, ctx.now, GROUND)
    keep_explanation(case, due)
    accepted = DossierAccepted(code=case.code, due_at=iso(due.at) if due.at else "")
    finish(ctx, turn, "accept", changed=("accepted_at",), event=accepted)
    give_acceptance_slip(ctx, case, release)
    pass_on(ctx, turn)
    tell_applicant(ctx, case, "accepted", {"release": release})
    return case


def keep_explanation(case: Case, due: Due) -> None:
    """Keep what citizen and officer read of the due date: the same sentence, in both languages."""
    said = {language: words.sentence(due, language) for language in ("vi", "en")}
    Dossier.objects.filter(case=case).update(explanation=said)
