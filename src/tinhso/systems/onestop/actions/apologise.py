"""Say in time that a dossier will be late: why, until when, and sorry (Decree 118/2025/NĐ-CP art. 19.6)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.time import business_date, iso
from tinhso.foundation.calendars.queries import get_calendar_version
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import Act
from tinhso.foundation.cases.actions.clock import note_clock, retime_tasks
from tinhso.foundation.cases.models import Case, ClockEntry
from tinhso.foundation.events.actions.record import record
from tinhso.systems.onestop.actions.accept import explained
from tinhso.systems.onestop.actions.flow import note_act, take_turn
from tinhso.systems.onestop.events import DossierReappointed
from tinhso.systems.onestop.letters import tell_applicant
from tinhso.systems.onestop.slips import give_apology_slip

GROUND = "Điều 19 khoản 6 Nghị định 118/2025/NĐ-CP"
SHORTEST = 10


@transaction.atomic
def apologise(ctx: Context, case_id: int, version: int, reason: str, until: date) -> Case:
    """Appoint the applicant anew, once, for a later working day, with an apology that gives the reason.

    Raises Conflict when that was done before or the clock stands, Invalid for a day that is no later working day.
    """
    turn = take_turn(ctx, case_id, version, "apologise")
    case, release, before = turn.case, turn.release, turn.case.due_at
    if before is None:
        raise Conflict("Hồ sơ này không có ngày hẹn đang chạy.", what_to_do="Không cần hẹn lại.")
    if ClockEntry.objects.filter(case=case, kind=ClockEntry.Kind.EXTEND).exists():
        raise Conflict(
            "Hồ sơ đã được hẹn lại một lần; luật chỉ cho hẹn lại một lần (Điều 19.6 Nghị định 118/2025).",
            what_to_do="Giải quyết ngay, và báo người phụ trách.",
        )
    calendar = get_calendar_version(ClockEntry.objects.filter(case=case).latest("seq").calendar_version_id)
    fields: dict[str, str] = {}
    if len(reason.strip()) < SHORTEST:
        fields["reason"] = "Viết lý do để người nộp hiểu, từ 10 ký tự trở lên."
    added = calendar.working_days_between(business_date(before), until)
    if added < 1 or until <= business_date(ctx.now) or not calendar.is_working(until):
        fields["until"] = _("Chọn một ngày làm việc sau ngày %(day)s.") % {"day": f"{business_date(before):%d/%m/%Y}"}
    if fields:
        raise Invalid("Chưa hẹn lại được.", what_to_do="Sửa những chỗ nêu dưới đây rồi gửi lại.", fields=fields)
    by = TimeLimit(added, Unit.WORKING_DAYS)
    case.dossier.explanation = explained(note_clock(ctx, case, release, Act.EXTEND, ctx.now, GROUND, by=by))
    case.dossier.save(update_fields=["explanation"])
    retime_tasks(ctx, case, release, calendar)
    note_act(ctx, turn, "apologise", note=reason, changed=("due_at",))
    due = case.due_at or before
    record(ctx, DossierReappointed(case.code, iso(before), iso(due)), subject=("case", case.pk), case_id=case.pk)
    give_apology_slip(ctx, case, release, reason, before)
    tell_applicant(ctx, case, "apology", {"release": release, "reason": reason, "before": before})
    return case
