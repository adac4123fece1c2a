"""`tinhso due`: when a limit ends, and why. Without `--office` it needs no database."""

import argparse
import json
import os
from datetime import datetime

from tinhso.core.errors import DomainError, Invalid
from tinhso.core.time import VN_ZONE, iso
from tinhso.foundation.calendars.law import default_calendar
from tinhso.foundation.calendars.rules.calendar import WorkingCalendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.explanation import plain
from tinhso.foundation.calendars.rules.limit import parse_limit
from tinhso.foundation.calendars.rules.log import Act, Entry, Mode, started
from tinhso.foundation.calendars.words import sentence

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="start", required=True, metavar="ISO", help="lúc tiếp nhận; không ghi múi giờ là giờ Việt Nam"
    )
    parser.add_argument(
        "--limit", required=True, metavar="THỜI HẠN", help="như “3 ngày làm việc”, “8 giờ”, “trong ngày”, “1 tháng”"
    )
    parser.add_argument("--office", metavar="MÃ", help="mã cơ quan; bỏ trống là giờ hành chính")
    parser.add_argument(
        "--pause", action="append", default=[], metavar="ISO..ISO", help="một lần tạm dừng, không kể mốc cuối"
    )
    parser.add_argument("--restart", metavar="ISO", help="lúc tính lại từ đầu")
    parser.add_argument(
        "--mode",
        type=Mode,
        choices=list(Mode),
        default=Mode.SHIFT,
        help="hết tạm dừng thì lùi hạn (shift) hay tính lại từ đầu (restart: bổ sung hồ sơ, Điều 19 NĐ 118/2025)",
    )
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    try:
        start = _moment(args.start)
        calendar = _office_calendar(args.office, start) if args.office else default_calendar()
        found = due(_log(start, args), parse_limit(args.limit), calendar)
    except DomainError as refusal:
        if not args.json:
            raise
        print(json.dumps({"error": refusal.message, "what_to_do": refusal.what_to_do}, ensure_ascii=False))
        return 1
    said = sentence(found)
    answer = {
        "due": iso(found.at) if found.at else None,
        "unit": found.unit.value,
        "explanation": [plain(step) for step in found.explanation],
        "sentence": said,
    }
    print(json.dumps(answer, ensure_ascii=False) if args.json else said)
    return 0


def _log(start: datetime, args: argparse.Namespace) -> tuple[Entry, ...]:
    """The clock's log in order of time; a pause is kept whole, so that one which ends before it starts is refused."""
    ending = Act.RESUME if args.mode is Mode.SHIFT else Act.RESTART
    acts: list[tuple[Entry, ...]] = []
    for text in args.pause:
        begin, dots, end = text.partition("..")
        if not dots:
            raise Invalid(
                f"Không hiểu lần tạm dừng “{text}”.", what_to_do="Ghi như 2026-11-16T08:00..2026-11-18T08:00."
            )
        acts.append((Entry(Act.PAUSE, _moment(begin)), Entry(ending, _moment(end))))
    if args.restart:
        acts.append((Entry(Act.RESTART, _moment(args.restart)),))
    return started(start) + tuple(entry for act in sorted(acts, key=lambda act: act[0].at) for entry in act)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(f"Không đọc được thời điểm “{text}”.", what_to_do="Ghi như 2026-11-20T14:05+07:00.") from None
    return moment.astimezone(VN_ZONE) if moment.tzinfo else moment.replace(tzinfo=VN_ZONE)


def _office_calendar(code: str, start: datetime) -> WorkingCalendar:
    """Only an office's own calendar is in the database, so it is opened here and not for every call."""
    from tinhso.core.database import connect, embedded

    if not connect.is_external(os.environ):
        embedded.ensure(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.core.django_settings")
    import django

    django.setup()
    from tinhso.foundation.calendars.queries import get_calendar, get_office_id

    return get_calendar(get_office_id(code), "", start.date())
