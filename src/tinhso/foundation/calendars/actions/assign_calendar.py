"""Say by which calendar an agency works."""

from datetime import date

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, NotFound
from tinhso.foundation.calendars.events import CalendarAssigned
from tinhso.foundation.calendars.models import Calendar, CalendarAssignment
from tinhso.foundation.events.actions.record import record


@transaction.atomic
def assign_calendar(
    ctx: Context, code: str, *, agency_id: int, valid_from: date, procedure: str = "", decision: str
) -> CalendarAssignment:
    """From `valid_from` the agency works by the calendar `code`, for `procedure` or for all; safe to repeat.

    Raises NotFound for an unknown calendar, Conflict when another calendar is already assigned from the same day.
    Who may do so is checked by the room above, as for `publish_version`.
    """
    calendar = Calendar.objects.filter(code=code).first()
    if not calendar:
        raise NotFound(f"Không có lịch làm việc “{code}”.", what_to_do="Nạp lịch trước rồi giao cho cơ quan.")
    assignment, created = CalendarAssignment.objects.get_or_create(
        agency_id=agency_id,
        procedure=procedure,
        valid_from=valid_from,
        defaults={"calendar": calendar, "decision": decision},
    )
    if not created and assignment.calendar_id != calendar.id:
        raise Conflict(
            f"Cơ quan này đã có lịch khác từ ngày {valid_from:%d/%m/%Y}.",
            what_to_do="Chọn ngày bắt đầu khác cho lịch mới.",
        )
    if created:
        told = CalendarAssigned(code, procedure, valid_from.isoformat(), decision)
        record(ctx, told, subject=("calendar", calendar.id), agency_id=agency_id)
    return assignment
