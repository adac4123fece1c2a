"""The Vietnamese of `words.py`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from tinhso.foundation.calendars.rules import explanation as why
from tinhso.foundation.calendars.rules.calendar import Arrival
from tinhso.foundation.calendars.rules.days import DayOff, OffKind
from tinhso.foundation.calendars.rules.limit import Unit
from tinhso.foundation.calendars.rules.remaining import Remaining, Timeliness

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_UNITS = {
    Unit.HOURS: "giờ làm việc",
    Unit.DAYS: "ngày",
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.WEEKS: "tuần",
    Unit.MONTHS: "tháng",
}
_WHOLE = {Unit.WITHIN_DAY: "trong ngày", Unit.NO_DATE: "không hẹn ngày trả"}
_ARRIVALS = {
    Arrival.BEFORE_OPENING: "trước giờ mở cửa",
    Arrival.BETWEEN_SESSIONS: "trong giờ nghỉ giữa buổi",
    Arrival.AFTER_CLOSING: "sau giờ làm việc",
    Arrival.CLOSED_DAY: "vào ngày nghỉ",
}
_LISTED_WEEKENDS = 4


def due(at: datetime | None) -> str:
    return f"Hạn trả: {moment(at)}" if at else "Chưa có hạn trả vì đồng hồ đang tạm dừng"


def moment(at: datetime) -> str:
    return f"{at.hour:02} giờ {at.minute:02} ngày {at:%d/%m/%Y}"


def day(value: date) -> str:
    return f"{_WEEKDAYS[value.weekday()]} {_short(value)}"


def amount(number: int, unit: Unit) -> str:
    return _WHOLE.get(unit) or f"{number} {_UNITS[unit]}"


def relative(left: Remaining) -> str:
    match left.timeliness:
        case Timeliness.LATE:
            return f"Quá hạn {left.days} ngày"
        case Timeliness.ON_TIME:
            return "Đến hạn hôm nay"
        case Timeliness.EARLY:
            date_text = _short(left.due.date())
            return f"Còn {left.days} ngày làm việc ({date_text})" if left.days else f"Đến hạn ngày {date_text}"


def step(value: why.Step, unit: Unit) -> str:
    match value:
        case why.Received(at, runs_from, arrival):
            return f"Nhận lúc {moment(at)}{_delayed(runs_from, arrival)}"
        case why.Restarted(at, runs_from, arrival, ground):
            return f"Tính lại từ đầu lúc {moment(at)}{_delayed(runs_from, arrival)}{_by(ground)}"
        case why.Counted():
            return _counted(value)
        case why.ShortMonth(last_day, basis):
            return f"tháng cuối không có ngày tương ứng nên tính đến ngày {_short(last_day)}{_by(basis)}"
        case why.AfterCutOff(cut_off):
            return f"nhận sau {cut_off.replace(':', ' giờ ')} nên trả vào ngày làm việc tiếp theo"
        case why.Paused(begin, end, worth, ground):
            return f"Tạm dừng từ {moment(begin)} đến trước {moment(end)}{_by(ground)}, hạn lùi {_worth(worth, unit)}"
        case why.PausedTooLate(begin, before):
            return f"Lần tạm dừng từ {moment(begin)} không làm lùi hạn vì hạn đã hết lúc {moment(before)}"
        case why.Standing(since, ground):
            return f"Tạm dừng từ {moment(since)}{_by(ground)}"
        case why.Extended(number, by_unit, ground):
            return f"Gia hạn thêm {amount(number, by_unit)}{_by(ground)}"
        case why.Shortened(number, by_unit, ground):
            return f"Rút ngắn {amount(number, by_unit)}{_by(ground)}"
        case why.Skipped(days):
            return f"bỏ qua {_and(_days(days))}"
        case why.Moved(last_day, to, days, basis):
            over = _and(_days(days))
            return f"Ngày cuối theo lịch là {day(last_day)}, qua ngày nghỉ ({over}) thành {day(to)}{_by(basis)}"
        case why.Hours(parts):
            return f"tính {_and(f'{_hours(seconds)} ngày {_short(on)}' for on, seconds in parts)}"
        case why.Undecided(through):
            return f"Lịch nghỉ sau ngày {through:%d/%m/%Y} chưa có quyết định nên hạn này là tạm tính"
        case why.NoDate():
            return "Thủ tục này không hẹn ngày trả; có kết quả thì báo ngay"
        case why.Ends(at):
            return due(at)


def _counted(value: why.Counted) -> str:
    if value.unit is Unit.WITHIN_DAY:
        return "trả trong ngày làm việc"
    said = f"thời hạn {amount(value.amount, value.unit)}"
    if value.not_counted:
        return f"{said}, ngày đầu {_short(value.not_counted)} không tính{_by(value.basis)}"
    return f"{said} chạy ngay từ thời điểm đó{_by(value.basis)}"


def _delayed(runs_from: datetime, arrival: Arrival) -> str:
    return "" if arrival is Arrival.IN_HOURS else f" ({_ARRIVALS[arrival]}, tính từ {moment(runs_from)})"


def _by(ground: str) -> str:
    return f" ({ground})" if ground else ""


def _short(value: date) -> str:
    return f"{value.day:02}/{value.month:02}"


def _worth(worth: int, unit: Unit) -> str:
    if unit is Unit.HOURS:
        return f"{_hours(worth)} làm việc"
    counted_in_working_days = unit in (Unit.WORKING_DAYS, Unit.WITHIN_DAY)
    return f"{worth} {_UNITS[Unit.WORKING_DAYS if counted_in_working_days else Unit.DAYS]}"


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} giờ {minutes:02}" if minutes else f"{hours} giờ"


def _days(days: Sequence[DayOff]) -> list[str]:
    """Weekly days off one by one, or how many when they are many; named days off by name, runs of them as one."""
    weekly = [off.day for off in days if off.kind is OffKind.WEEKLY]
    said = [(on, day(on)) for on in weekly]
    if len(weekly) > _LISTED_WEEKENDS:
        said = [(weekly[0], f"{len(weekly)} ngày nghỉ hằng tuần")]
    for name, run in groupby((off for off in days if off.name), key=lambda off: off.name):
        dates = [off.day for off in run]
        span = day(dates[0]) if len(dates) == 1 else f"{len(dates)} ngày {_short(dates[0])}-{_short(dates[-1])}"
        said.append((dates[0], f"{span} ({name})"))
    return [text for _, text in sorted(said)]


def _and(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} và {last}" if first else last
