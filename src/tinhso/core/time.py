"""Time at the borders: aware instants inside, Vietnam's zone for people and papers."""

import os
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

VN_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_FIXED_VN = timezone(timedelta(hours=7))

CLOCK_VARIABLE = "TINHSO_CLOCK"
"""Environment clock for tests and chaos: an ISO instant from which time runs on. Refused in production."""


class _Clock:
    """The installation's clock: the machine's, or one shifted by `TINHSO_CLOCK` at start."""

    def __init__(self) -> None:
        self._shift = timedelta()
        if text := os.environ.get(CLOCK_VARIABLE):
            self._shift = datetime.fromisoformat(text) - datetime.now(tz=VN_ZONE)

    def __call__(self) -> datetime:
        return datetime.now(tz=VN_ZONE) + self._shift


clock = _Clock()
"""Called only at the borders (a request, a command, a worker's round); inside, "now" is passed."""


def local(moment: datetime) -> datetime:
    """The same instant in Vietnam's zone. Raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(VN_ZONE)


def business_date(moment: datetime) -> date:
    """The calendar date of an instant in Vietnam."""
    return local(moment).date()


def iso(moment: datetime) -> str:
    """ISO 8601 to the second with +07:00 (Decision 28/2018/QĐ-TTg art. 14.4)."""
    return moment.astimezone(_FIXED_VN).isoformat(timespec="seconds")
