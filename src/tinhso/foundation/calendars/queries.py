"""Which calendar an office works by on a day, ready to count with."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from tinhso.core.errors import NotFound
from tinhso.foundation.calendars.law import DEFAULT_CALENDAR
from tinhso.foundation.calendars.models import CalendarAssignment, CalendarVersion
from tinhso.foundation.calendars.models import Period as PeriodRow
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar, compile_calendar
from tinhso.foundation.calendars.rules.limit import Unit
from tinhso.foundation.calendars.rules.period import Period

_KEPT = 256
"""Compiled calendars kept per process, about a megabyte each at most; a version never changes, so none goes stale."""


def get_calendar(agency_id: int | None, procedure: str, on: date) -> WorkingCalendar:
    """The calendar in force on a day at an agency for a procedure: its own for that procedure, else its own for all,
    else the default. `version_id` of the answer is what a case keeps. Two queries at most. Raises NotFound."""
    code = _assigned(agency_id, procedure, on) if agency_id is not None else None
    version_id = (
        CalendarVersion.objects.filter(calendar__code=code or DEFAULT_CALENDAR, in_force_from__lte=on)
        .order_by("-number")
        .values_list("id", flat=True)
        .first()
    )
    if version_id is None:
        raise _missing()
    return get_calendar_version(version_id)


@lru_cache(maxsize=_KEPT)
def get_calendar_version(version_id: int) -> WorkingCalendar:
    """The compiled calendar of a version, from memory after the first time. Raises NotFound."""
    version = CalendarVersion.objects.filter(id=version_id).first()
    if not version:
        raise _missing()
    return compile_calendar(version.document, version_id)


def _assigned(agency_id: int, procedure: str, on: date) -> str | None:
    return (
        CalendarAssignment.objects.filter(agency_id=agency_id, procedure__in={procedure, ""}, valid_from__lte=on)
        .order_by("-procedure", "-valid_from")
        .values_list("calendar__code", flat=True)
        .first()
    )


def _missing() -> NotFound:
    return NotFound(
        "Chưa có lịch làm việc cho ngày này.",
        what_to_do="Cán bộ quản trị nạp lịch làm việc rồi thử lại; hồ sơ chưa bị thay đổi gì.",
    )


def get_period(key: str, on: date) -> Period:
    """The period of law with this key on a day. Raises NotFound: law data are loaded by a command."""
    rows = PeriodRow.objects.filter(key=key, valid_from__lte=on).exclude(valid_to__lte=on)
    found = rows.order_by("-valid_from").values_list("amount", "unit").first()
    if found is None:
        raise NotFound(
            f"Chưa có quy định thời gian “{key}” cho ngày {on:%d/%m/%Y}.",
            what_to_do="Cán bộ quản trị nạp dữ liệu pháp luật rồi thử lại; hồ sơ chưa bị thay đổi gì.",
        )
    return Period(found[0], Unit(found[1]))


_office_lookups: list[Callable[[str], int | None]] = []


def find_offices_by(lookup: Callable[[str], int | None]) -> None:
    """Let the room above that knows agencies turn a code that people type into an agency's id."""
    if lookup not in _office_lookups:
        _office_lookups.append(lookup)


def get_office_id(code: str) -> int:
    """The id of the agency with a code. Raises NotFound."""
    for lookup in _office_lookups:
        if (found := lookup(code)) is not None:
            return found
    raise NotFound(f"Không có cơ quan mang mã “{code}”.", what_to_do="Kiểm tra lại mã cơ quan.")
