"""When a limit ends: a pure function of the clock's log, the limit and a calendar, with its explanation.

Civil Code 2015 arts. 147-148; Decree 118/2025/NĐ-CP arts. 17.3 and 19. The due moment of a limit in days is the close
of business of its last day, never the next midnight; it is always in Vietnam's zone.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from tinhso.core.errors import Invalid
from tinhso.foundation.calendars.rules.axes import Axis, axis_of
from tinhso.foundation.calendars.rules.calendar import Opening, WorkingCalendar, beyond
from tinhso.foundation.calendars.rules.explanation import (
    Ends,
    Extended,
    NoDate,
    Paused,
    PausedTooLate,
    Received,
    Restarted,
    Shortened,
    Standing,
    Step,
    Undecided,
)
from tinhso.foundation.calendars.rules.limit import TimeLimit, Unit
from tinhso.foundation.calendars.rules.log import Act, Entry


class Due(NamedTuple):
    """`at` is None while the clock is paused, and where no date is promised. `explanation`: what was received
    and counted, what happened to the clock, which days were skipped, how it ends."""

    at: datetime | None
    unit: Unit
    explanation: tuple[Step, ...]


def due(log: Sequence[Entry], limit: TimeLimit, calendar: WorkingCalendar) -> Due:
    """The due moment of `limit` on a clock.

    Raises Invalid when the log is not the log of a clock (empty, out of order, a pause that ends before it starts, a
    restart before the start), when an extension's unit does not fit, or when the end lies beyond the calendar.
    """
    try:
        return _due(log, limit, calendar)
    except IndexError:
        raise beyond(calendar) from None


def _due(log: Sequence[Entry], limit: TimeLimit, calendar: WorkingCalendar) -> Due:
    if not log or log[0].act is not Act.START:
        raise _bad_log("Đồng hồ chưa được bắt đầu.")
    at = log[0].at
    opening = calendar.opening(at)
    steps: list[Step] = [Received(at, calendar.moment(opening.day, opening.second), opening.arrival)]
    if limit.unit is Unit.NO_DATE:
        return Due(None, limit.unit, (*steps, NoDate()))
    axis = axis_of(limit.unit)
    position = axis.begin(opening, limit, calendar, steps)
    if len(log) > 1:
        opening, position, standing = _replay(log, limit, calendar, axis, opening, position, steps)
        if standing and standing.at < axis.moment(position, calendar):
            steps.append(Standing(standing.at, standing.ground))
            return Due(None, limit.unit, tuple(steps))
    end = axis.finish(opening, position, calendar, steps)
    if end.toordinal() - calendar.first > calendar.decided_through:
        steps.append(Undecided(calendar.date_of(calendar.decided_through)))
    steps.append(Ends(end))
    return Due(end, limit.unit, tuple(steps))


def _replay(
    log: Sequence[Entry],
    limit: TimeLimit,
    calendar: WorkingCalendar,
    axis: Axis,
    opening: Opening,
    position: int,
    steps: list[Step],
) -> tuple[Opening, int, Entry | None]:
    """Apply the acts after the start; returns from where and to where the limit runs, and the pause still open."""
    pause: Entry | None = None
    for before, entry in pairwise(log):
        if entry.at < before.at:
            raise _bad_log(_OUT_OF_ORDER.get(entry.act, "Các mốc của đồng hồ không theo thứ tự thời gian."))
        match entry.act:
            case Act.START:
                raise _bad_log("Đồng hồ chỉ được bắt đầu một lần; tính lại từ đầu thì ghi là khởi động lại.")
            case Act.PAUSE:
                if pause:
                    raise _bad_log("Đồng hồ đang dừng, không tạm dừng thêm lần nữa được.")
                pause = entry
            case Act.RESUME:
                if not pause:
                    raise _bad_log("Đồng hồ đang chạy, không có gì để chạy tiếp.")
                position = _resumed(pause, entry, axis, opening, position, calendar, steps)
                pause = None
            case Act.RESTART:
                pause = None
                opening = calendar.opening(entry.at)
                runs_from = calendar.moment(opening.day, opening.second)
                steps[1:] = [Restarted(entry.at, runs_from, opening.arrival, entry.ground)]
                position = axis.begin(opening, limit, calendar, steps)
            case Act.EXTEND | Act.SHORTEN:
                position = _changed(entry, axis, opening, position, calendar, steps)
    return opening, position, pause


def _resumed(
    pause: Entry,
    end: Entry,
    axis: Axis,
    opening: Opening,
    position: int,
    calendar: WorkingCalendar,
    steps: list[Step],
) -> int:
    due_before = axis.moment(position, calendar)
    if pause.at >= due_before:
        steps.append(PausedTooLate(pause.at, due_before))
        return position
    worth = axis.between(pause.at, end.at, opening, calendar)
    steps.append(Paused(pause.at, end.at, worth, pause.ground))
    return position + worth


def _changed(
    entry: Entry, axis: Axis, opening: Opening, position: int, calendar: WorkingCalendar, steps: list[Step]
) -> int:
    if entry.by is None:
        raise _bad_log("Gia hạn hay rút ngắn phải nói rõ bao nhiêu.")
    amount, unit = entry.by.amount, entry.by.unit
    if entry.act is Act.EXTEND:
        steps.append(Extended(amount, unit, entry.ground))
        return axis.extended(position, entry.by, calendar)
    position = axis.shortened(position, entry.by, calendar)
    if position <= axis.zero(opening, calendar):
        raise _bad_log("Rút ngắn nhiều hơn cả thời hạn còn lại.")
    steps.append(Shortened(amount, unit, entry.ground))
    return position


_OUT_OF_ORDER = {
    Act.PAUSE: "Tạm dừng trước khi đồng hồ bắt đầu hoặc trước mốc liền trước.",
    Act.RESUME: "Thời gian tạm dừng kết thúc trước khi bắt đầu.",
    Act.RESTART: "Khởi động lại trước mốc liền trước của đồng hồ.",
}


def _bad_log(message: str) -> Invalid:
    return Invalid(
        message,
        what_to_do="Kiểm tra lại các mốc thời gian rồi tính lại; hạn cũ vẫn được giữ.",
        fields={"log": message},
    )
