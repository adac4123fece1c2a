"""`tinhso recount`: after a new decision on days off, move running dossiers to the calendar's newest version."""

import argparse
import json

from tinhso.core.context import Context
from tinhso.core.time import clock
from tinhso.systems.onestop.actions.recount import recount

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("calendar", metavar="LỊCH", help="mã lịch làm việc, như hanh-chinh")
    parser.add_argument(
        "--ground", required=True, metavar="CĂN CỨ", help="quyết định về ngày nghỉ, ghi vào từng hồ sơ và thư"
    )
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    found = recount(Context(now=clock(), request_id="recount"), args.calendar, args.ground)
    if args.json:
        print(json.dumps({"looked_at": found.looked_at, "moved": found.moved}))
    else:
        print(f"Đã xem {found.looked_at} hồ sơ đang chạy theo lịch {args.calendar}; đổi ngày hẹn {found.moved} hồ sơ.")
    return 0
