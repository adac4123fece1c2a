"""`tinhso fees load PATH`: bring the province's fee table and waiver windows to what a JSON file says."""

import argparse
import json
from pathlib import Path

from tinhso.core.errors import Invalid
from tinhso.foundation.payments.actions.load_law import load_law

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="TỆP", help='tệp JSON: {"rates": [...], "windows": [...]}')
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    try:
        data = json.loads(args.path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Invalid(
            f"Không đọc được {args.path}: {fault}", what_to_do="Kiểm tra đường dẫn và định dạng JSON."
        ) from fault
    if not isinstance(data, dict):
        raise Invalid("Tệp phải là một đối tượng JSON có rates hoặc windows.")
    loaded = load_law(data)
    if args.json:
        print(json.dumps({"rates": loaded.rates, "windows": loaded.windows}))
    else:
        print(f"Đã nạp {loaded.rates} mức thu và {loaded.windows} đợt miễn, giảm.")
    return 0
