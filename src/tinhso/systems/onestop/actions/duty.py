"""Wait while the applicant does a financial duty, where the sector's law leaves those days out of the time limit."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.time import business_date, iso
from tinhso.foundation.calendars.rules.log import Act
from tinhso.foundation.cases.actions.clock import calendar_of, note_clock, retime_tasks
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.systems.onestop.actions.accept import explained
from tinhso.systems.onestop.actions.flow import Turn, note_act, take_turn
from tinhso.systems.onestop.events import DutyAsked, DutyDone
from tinhso.systems.onestop.letters import tell_applicant


@transaction.atomic
def ask_duty(ctx: Context, case_id: int, version: int, notice: str) -> Case:
    """The applicant has to pay elsewhere first: the clock stands until that is shown. The work stays with the post.

    `notice`: the notice of the duty (số thông báo, nơi nộp). Raises Invalid without one, Conflict where no law lets
    the clock stand.
    """
    turn = take_turn(ctx, case_id, version, "ask_duty")
    if len(notice.strip()) < 5:
        raise Invalid("Cần số thông báo và nơi nộp.", fields={"notice": "Ghi số, ngày thông báo và nơi nộp."})
    _note(ctx, turn, Act.PAUSE)
    note_act(ctx, turn, "ask_duty", note=notice, changed=("due_at",))
    record(ctx, DutyAsked(turn.case.code), subject=("case", turn.case.pk), case_id=turn.case.pk)
    tell_applicant(ctx, turn.case, "duty", {"release": turn.release, "notice": notice.strip()})
    return turn.case


@transaction.atomic
def confirm_duty(ctx: Context, case_id: int, version: int, proof: str) -> Case:
    """The duty is done: the clock runs on, later by the days it stood. `proof`: the receipt or its number."""
    turn = take_turn(ctx, case_id, version, "confirm_duty")
    if len(proof.strip()) < 3:
        raise Invalid("Cần số chứng từ đã nộp.", fields={"proof": "Ghi số biên lai hoặc giấy nộp tiền."})
    _note(ctx, turn, Act.RESUME)
    note_act(ctx, turn, "confirm_duty", note=proof, changed=("due_at",))
    retime_tasks(ctx, turn.case, turn.release, calendar_of(turn.case, turn.release, business_date(ctx.now)))
    done = DutyDone(turn.case.code, iso(turn.case.due_at) if turn.case.due_at else "")
    record(ctx, done, subject=("case", turn.case.pk), case_id=turn.case.pk)
    return turn.case


def _note(ctx: Context, turn: Turn, act: Act) -> None:
    ground = _ground(turn.release)
    said = explained(note_clock(ctx, turn.case, turn.release, act, ctx.now, ground))
    turn.case.dossier.explanation = said
    turn.case.dossier.save(update_fields=["explanation"])


def _ground(release: Release) -> str:
    if release.duty is None:
        raise Conflict(
            "Thủ tục này không có căn cứ để dừng tính thời hạn khi chờ nghĩa vụ tài chính.",
            what_to_do="Làm tiếp bước này; thời hạn vẫn chạy.",
        )
    return release.legal_text(release.duty.basis, release.duty.article)
