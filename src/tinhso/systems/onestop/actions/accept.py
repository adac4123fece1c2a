"""The counter accepts a dossier: from here the clock runs."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.core.money import format_dong
from tinhso.core.time import business_date, iso
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.calendars import words
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.due import Due
from tinhso.foundation.cases.actions.clock import calendar_of, start_clock, step_due
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.queries import held_posts
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.rules.fees import Assessment
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.actions.file_dossier import Filing, enter, lay_down
from tinhso.systems.onestop.actions.flow import Turn, pass_on, receive_step, take_turn
from tinhso.systems.onestop.events import DossierAccepted
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.money import cost, payment_of, still_due
from tinhso.systems.onestop.slips import PreparedSlip, give_slip, prepare_acceptance_slip
from tinhso.systems.onestop.words import say_filing_fault

AT_COUNTER = (Post.Role.COUNTER, Post.Role.HEAD)
GROUND = "Điều 17 khoản 3 Nghị định 118/2025/NĐ-CP"


@transaction.atomic
def accept(ctx: Context, case_id: int, version: int, *, note: str = "") -> Case:
    """Accept a submitted dossier: clock, due date, acceptance slip, letter, and the first work of the agency.

    `note` is what the officer saw and accepted nevertheless.
    """
    turn = take_turn(ctx, case_id, version, "accept")
    case, release = turn.case, turn.release
    must_be_paid(case)
    started = _start(ctx, turn, calendar_of(case, release, business_date(ctx.now)), note)
    case.dossier.save(update_fields=["explanation"])
    _tell(ctx, case, started)
    return case


@transaction.atomic
def receive(ctx: Context, filing: Filing, *, cash: int = 0, note: str = "") -> Case:
    """File and accept at the counter in one act, for the applicant who stands there; `cash` is what they pay in đồng.

    Raises Invalid naming what is missing or wrong, the cash too: nothing is filed then.
    """
    _must_be_at_counter(ctx, filing)
    release, day = read_release(filing.release), business_date(ctx.now)
    case = lay_down(ctx, filing, "receive")
    assessment = cost(release, filing.answers, filing.channel, day)
    _must_be_paid_now(assessment, cash, release)
    step = receive_step(release)
    calendar = calendar_of(case, release, day)
    span = step.limit_in(case.case_key)
    due = step_due(case, span.amount, span.unit, ctx.now, calendar)
    done_at_once = Task(case=case, step=step.key, post_id=ctx.post, opened_at=ctx.now, due_at=due)
    started = _start(ctx, Turn(case, release, done_at_once, step), calendar, note)
    enter(ctx, case, filing, assessment)
    if cash and (request := payment_of(case.pk)):
        take_cash(ctx, request.public_id, cash)
    _tell(ctx, case, started)
    return case


def _must_be_paid_now(assessment: Assessment, cash: int, release: Release) -> None:
    if fault := rules.cash_fault(assessment.total, cash):
        raise Invalid(
            "Tiền đã thu chưa khớp với mức phải thu nên chưa tiếp nhận.",
            what_to_do="Kiểm lại số tiền rồi tiếp nhận lại; những gì đã nhập vẫn được giữ.",
            fields={"cash": say_filing_fault(fault, release)},
        )


def _must_be_at_counter(ctx: Context, filing: Filing) -> None:
    held = held_posts(ctx.actor, business_date(ctx.now))
    if not any(
        post.pk == ctx.post_id and post.agency_id == filing.receiving.pk and post.role in AT_COUNTER for post in held
    ):
        raise Forbidden(
            _("Vị trí đang chọn không phải vị trí tiếp nhận ở %(agency)s.") % {"agency": filing.receiving},
            what_to_do="Chọn vị trí tiếp nhận của mình rồi làm lại; chưa có gì được ghi.",
        )


def must_be_paid(case: Case) -> None:
    """Raises Conflict while a fee asked for is unpaid: proof comes with the dossier (Decree 118/2025/NĐ-CP art. 24)."""
    if case.money != Case.Money.NONE and (due := still_due(case.pk)):
        raise Conflict(
            _("Hồ sơ còn %(due)s phí, lệ phí chưa nộp nên chưa tiếp nhận được.") % {"due": format_dong(due)},
            what_to_do="Thu tiền mặt tại quầy, hoặc nhắc người nộp thanh toán trực tuyến trên trang tra cứu hồ sơ.",
        )


@dataclass(frozen=True, slots=True)
class _Started:
    """An accepted dossier's due date, and its acceptance slip, which waits for the code."""

    due: Due
    slip: PreparedSlip
    release: Release


def _start(ctx: Context, turn: Turn, calendar: WorkingCalendar, note: str) -> _Started:
    """The clock, the work that follows, the record of the act: all that needs no code yet."""
    case, release = turn.case, turn.release
    case.accepted_at = ctx.now
    due = start_clock(ctx, case, release, ctx.now, GROUND, calendar)
    case.dossier.explanation = explained(due)
    pass_on(ctx, turn, calendar)
    to_state = rules.after(case.business, "accept")
    keep_record(ctx, case, "accept", to_state=to_state, task=turn.task, note=note, changed=("accepted_at", "due_at"))
    return _Started(due, prepare_acceptance_slip(ctx, case, release), release)


def _tell(ctx: Context, case: Case, started: _Started) -> None:
    """The event, the slip and the letter."""
    accepted = DossierAccepted(code=case.code, due_at=iso(started.due.at) if started.due.at else "")
    record(ctx, accepted, subject=("case", case.pk), case_id=case.pk)
    give_slip(ctx, case, started.slip)
    tell_applicant(ctx, case, "accepted", {"release": started.release})


def explained(due: Due) -> dict[str, str]:
    """What citizen and officer read of a due date: the same sentence, in both languages."""
    return {language: words.sentence(due, language) for language in ("vi", "en")}
