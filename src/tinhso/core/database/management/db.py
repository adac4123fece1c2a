"""`tinhso db start|stop|status|url`: the embedded database by hand."""

import argparse
import json
import os
from dataclasses import asdict

from tinhso.core.database import connect, embedded
from tinhso.core.errors import Invalid

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "verb",
        choices=["start", "stop", "status", "url"],
        help="start: chạy và giữ chạy; stop: dừng; status: đang thế nào; url: địa chỉ để kết nối",
    )
    parser.add_argument("--role", choices=["app", "owner", "eraser"], default="app", help="vai kết nối của url")
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    if args.verb == "url":
        url = getattr(connect.get_urls(os.environ), args.role)
        print(json.dumps({"url": url}) if args.json else url)
        return 0
    if connect.is_external(os.environ):
        raise Invalid(
            "DATABASE_URL đang trỏ tới một máy chủ riêng, nên không có gì để chạy hay dừng ở đây.",
            what_to_do="Bỏ DATABASE_URL và DATABASE_OWNER_URL để dùng cơ sở dữ liệu kèm theo.",
        )
    if args.verb == "start":
        embedded.ensure(os.environ)
        embedded.keep(os.environ, kept=True)
    elif args.verb == "stop" and embedded.stop(os.environ):
        embedded.keep(os.environ, kept=False)
    return _tell(args.json)


def _tell(as_json: bool) -> int:
    status = embedded.get_status(os.environ)
    if as_json:
        print(json.dumps({**asdict(status), "home": str(status.home)}, ensure_ascii=False))
    elif status.running:
        print(f"Cơ sở dữ liệu đang chạy: PostgreSQL {status.version}, socket ở {status.socket}")
    else:
        print(f"Cơ sở dữ liệu đang dừng (dữ liệu ở {status.home})")
    return 0
