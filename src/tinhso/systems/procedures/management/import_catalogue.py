"""`tinhso procedures import PATH`: bring the catalogue to what a file of the national catalogue says."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from tinhso.core.context import Context
from tinhso.core.running.progress import phase
from tinhso.core.time import clock

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="TỆP", help="tệp .jsonl, .jsonl.gz hoặc .json")
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    from tinhso.systems.procedures.actions.import_catalogue import import_catalogue
    from tinhso.systems.procedures.words import say_field

    with phase("Nạp danh mục thủ tục hành chính"):
        imported = import_catalogue(Context(now=clock(), request_id="procedures import"), args.path)
    if args.json:
        print(json.dumps(asdict(imported), ensure_ascii=False))
        return 0
    print(f"Đã đọc {imported.read} thủ tục: {imported.imported} mới hoặc thay đổi, {imported.unchanged} như cũ.")
    for field, count in imported.review.items():
        print(f"  {count:>5} thủ tục cần xem: {say_field(field)}")
    return 0
