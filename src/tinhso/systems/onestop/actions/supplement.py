"""Ask for what is missing, once and in full, and take it in (Decree 118/2025/NĐ-CP art. 16.3, 17.2, 19.5)."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.core.time import iso, local
from tinhso.foundation.calendars.rules.log import Act
from tinhso.foundation.cases.actions.clock import note_clock
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.actions.open_task import open_task
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop import rules
from tinhso.systems.onestop.actions.accept import explained
from tinhso.systems.onestop.actions.file_dossier import PaperIn, custody_of, keep_papers
from tinhso.systems.onestop.actions.flow import finish, must_allow, open_step, take_turn
from tinhso.systems.onestop.deadlines import ask_by, close_on, first_reply_due
from tinhso.systems.onestop.events import DossierSupplied, SupplementAsked
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.models import Supplement
from tinhso.systems.onestop.policies import dossiers
from tinhso.systems.onestop.slips import give_supplement_slip

GROUND = "Điều 19 khoản 5 Nghị định 118/2025/NĐ-CP"


@transaction.atomic
def ask_supplement(ctx: Context, case_id: int, version: int, wanted: list[dict[str, str]], reason: str) -> Case:
    """Ask the applicant for `wanted` (each `{"paper", "note"}`), all of it at one time.

    Of an accepted dossier the clock stops until it comes. At the desk, before acceptance, there is no clock yet.

    Raises Invalid when nothing is named, Conflict when it was asked before: the decree allows one request.
    """
    turn = take_turn(ctx, case_id, version, "ask_supplement")
    case, release = turn.case, turn.release
    if not wanted or len(reason.strip()) < 10:
        raise Invalid(
            "Cần nêu đủ giấy tờ phải bổ sung và lý do.",
            what_to_do="Chọn ít nhất một giấy tờ và viết lý do; chỉ được yêu cầu một lần nên hãy nêu đầy đủ.",
            fields={"reason": "Nêu lý do từ 10 ký tự trở lên và ít nhất một giấy tờ."},
        )
    if Supplement.objects.filter(case=case).exists():
        raise Conflict(
            "Hồ sơ này đã được yêu cầu bổ sung một lần, không được yêu cầu thêm (Điều 16.3, 19.5 Nghị định 118/2025).",
            what_to_do="Giải quyết trên hồ sơ hiện có, hoặc từ chối và nêu rõ lý do.",
        )
    accepted = case.accepted_at is not None
    if accepted:
        _must_be_in_time(ctx, case, release)
    last_day = close_on(release, ctx.now)
    asked = Supplement.objects.create(
        case=case,
        round=1,
        wanted={"papers": wanted, "reason": reason, "step": turn.step.key},
        asked_at=ctx.now,
        close_on=last_day,
    )
    if accepted:
        note_clock(ctx, case, release, Act.PAUSE, ctx.now, GROUND)
    event = SupplementAsked(code=case.code, round=asked.round, close_on=last_day.isoformat())
    finish(ctx, turn, "ask_supplement", note=reason, changed=("due_at",), event=event)
    give_supplement_slip(ctx, case, release, asked)
    tell_applicant(ctx, case, "supplement", {"release": release, "supplement": asked})
    return case


def _must_be_in_time(ctx: Context, case: Case, release: Release) -> None:
    """Raises Conflict when the days for asking have passed: art. 19.5, or the sector's law as the release says."""
    last = ask_by(case, release)
    if ctx.now > last:
        raise Conflict(
            _("Đã quá thời hạn yêu cầu bổ sung (%(day)s, Điều 19 khoản 5 Nghị định 118/2025/NĐ-CP).")
            % {"day": f"{local(last):%d/%m/%Y}"},
            what_to_do="Giải quyết trên hồ sơ hiện có, hoặc từ chối và nêu rõ lý do.",
        )


@transaction.atomic
def supply(ctx: Context, case_id: int, version: int, papers: tuple[PaperIn, ...]) -> Case:
    """Take in what was asked for: the work goes back to who asked.

    Of an accepted dossier the clock starts again from zero; before acceptance the counter's hours for a reply do.
    """
    case = lock(case_id, version)
    if not dossiers.may_supply(ctx, Account.objects.get(pk=ctx.actor), case):
        raise Forbidden(
            "Chỉ người nộp hồ sơ hoặc quầy tiếp nhận của hồ sơ này mới gửi bổ sung được.",
            what_to_do="Đăng nhập bằng tài khoản đã nộp hồ sơ, hoặc mang giấy tờ tới Trung tâm đã tiếp nhận.",
        )
    act = rules.answer_act(accepted=case.accepted_at is not None)
    must_allow(case, act)
    release = release_of(case)
    asked = Supplement.objects.select_for_update().get(case=case, answered_at__isnull=True)
    _must_be_all(asked, papers)
    asked.answered_at = ctx.now
    asked.save(update_fields=["answered_at"])
    keep_papers(ctx, case, papers, asked.round)
    if custody_of(release, papers) == Case.Custody.AT_CENTRE:
        case.custody = Case.Custody.AT_CENTRE
    if case.accepted_at is not None:
        case.dossier.explanation = explained(note_clock(ctx, case, release, Act.RESTART, ctx.now, GROUND))
        case.dossier.save(update_fields=["explanation"])
    keep_record(ctx, case, act, to_state=rules.after(case.business, act), changed=("due_at", "custody"))
    supplied = DossierSupplied(code=case.code, round=asked.round, due_at=iso(case.due_at) if case.due_at else "")
    record(ctx, supplied, subject=("case", case.pk), case_id=case.pk)
    step = release.step(asked.wanted["step"])
    if case.accepted_at is None and case.received_by:
        open_task(ctx, case, release, step, first_reply_due(case.received_by.pk, release.code, ctx.now))
    else:
        open_step(ctx, case, release, step)
    return case


def _must_be_all(asked: Supplement, papers: tuple[PaperIn, ...]) -> None:
    wanted, given = {item["paper"] for item in asked.wanted["papers"]}, {paper.key for paper in papers}
    if wanted != given:
        raise Invalid(
            "Chưa đủ các giấy tờ được yêu cầu bổ sung." if wanted - given else "Có giấy tờ không được yêu cầu bổ sung.",
            what_to_do="Gửi đủ từng giấy tờ trong yêu cầu, mỗi giấy tờ ít nhất một tệp hoặc một bản giấy.",
        )


def open_supplement(case: Case) -> Supplement | None:
    """What is being waited for, if anything."""
    return Supplement.objects.filter(case=case, answered_at__isnull=True).first()
