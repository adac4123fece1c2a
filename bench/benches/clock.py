"""clock.due: the due date of 3 working days, with its explanation as data, calendar loaded, one core."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from bench.figures import Report, at_least, figure, in_turn
from bench.machine import machine, versions
from bench.registry import Wanted
from bench.splitting import split
from tinhso.core.time import VN_ZONE
from tinhso.foundation.calendars.law import default_calendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import started

LIMIT = TimeLimit(3, Unit.WORKING_DAYS)
MOMENTS = 5000
RUNS = 9
YARDSTICK = "vòng lặp trơn: cộng từng ngày, bỏ thứ bảy, chủ nhật và ngày lễ, không giải thích"


def run(wanted: Wanted) -> Report:
    calendar = default_calendar()
    moments = _moments()
    holidays = frozenset(day.day for day in calendar.off if day.kind != "weekly")

    def ours() -> float:
        return _rate(lambda moment: due(started(moment), LIMIT, calendar), moments)

    def plain() -> float:
        return _rate(lambda moment: plain_due(moment, 3, holidays), moments)

    values, beside = in_turn(ours, plain, RUNS)
    found = figure("clock.due", values, "hạn/giây CPU", at_least(100_000), yardstick=YARDSTICK, beside=beside)
    parts = split(lambda: [due(started(moment), LIMIT, calendar) for moment in moments])
    data = {"moments": len(moments), "calendar": calendar.code, "days": len(calendar.sessions)}
    return Report("clock", machine(), versions(), data, [found], {"clock.due": parts})


def plain_due(received: datetime, days: int, holidays: frozenset[date]) -> datetime:
    """What one writes first: the law's simplest case, day by day."""
    day = received.date()
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return datetime(day.year, day.month, day.day, 17, tzinfo=received.tzinfo)


def _moments() -> list[datetime]:
    """Receptions at every hour and minute of two years, Tết and all, always the same ones."""
    chosen = random.Random(2026)  # noqa: S311
    begin = datetime(2026, 1, 1, tzinfo=VN_ZONE)
    return [begin + timedelta(minutes=chosen.randrange(2 * 365 * 24 * 60)) for _ in range(MOMENTS)]


def _rate(work: Callable[[datetime], object], moments: Sequence[datetime]) -> float:
    """A second of this process on its core: what others do on the machine does not count."""
    began = time.process_time()
    for moment in moments:
        work(moment)
    return len(moments) / (time.process_time() - began)
