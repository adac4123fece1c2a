"""`tinhso scenario [first-light]`: a whole story against a running demo, over HTTP alone."""

import argparse
import json
import sys

from tinhso.core.time import business_date, clock
from tinhso.demo.scenario import first_light

NEEDS = "nothing"

STORIES = {"first-light": first_light.play}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", nargs="?", default="first-light", choices=list(STORIES), help="câu chuyện nào")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="địa chỉ bản dùng thử đang chạy")
    parser.add_argument("--only", default="", metavar="MÃ", help="chỉ một thủ tục")
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    """0 when every dossier was returned and every result verified, 1 otherwise, 2 when nobody answers."""
    told = STORIES[args.story](args.url.rstrip("/"), business_date(clock()), args.only, _say)
    if args.json:
        print(json.dumps(told.document(), ensure_ascii=False))
    else:
        print(told.summary())
    return 0 if told.whole else 1


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
