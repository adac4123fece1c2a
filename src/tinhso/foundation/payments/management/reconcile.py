"""`tinhso payments reconcile GATEWAY DAY`: a day against the gateway's file; what never reached us is taken."""

import argparse
import json
from dataclasses import asdict
from datetime import date
from typing import cast

from tinhso.core.context import Context
from tinhso.core.money import format_dong
from tinhso.core.time import clock
from tinhso.foundation.payments.actions.catch_up import catch_up
from tinhso.foundation.payments.gateways.configured import get_gateway
from tinhso.foundation.payments.rules.reconciliation import Reconciliation

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gateway", metavar="CỔNG", help="vietqr hoặc the")
    parser.add_argument("day", type=date.fromisoformat, metavar="NGÀY", help="như 2026-11-20")
    parser.add_argument("--json", action="store_true", help="in một dòng JSON")


def run(args: argparse.Namespace) -> int:
    """0 when every payment is accounted for now, 1 when people must look."""
    found = catch_up(Context(now=clock()), get_gateway(args.gateway), args.day)
    print(json.dumps(_as_json(found)) if args.json else _in_words(found))
    refunds_unknown = any(row.amount < 0 for row in found.missing_here)
    return 1 if found.missing_there or found.different or refunds_unknown else 0


def _as_json(found: Reconciliation) -> dict[str, object]:
    whole = cast(dict[str, object], asdict(found))
    return {**whole, "matched": len(found.matched)}


def _in_words(found: Reconciliation) -> str:
    lines = [f"Khớp: {len(found.matched)} giao dịch, {format_dong(sum(row.amount for row in found.matched))}."]
    lines += [
        f"Cổng có, ta chưa có: {row.external_id}, {format_dong(row.amount)}"
        + (" (đã ghi bổ sung)." if row.amount > 0 else " (hoàn tiền, cần người xem).")
        for row in found.missing_here
    ]
    lines += [f"Ta có, cổng không có: {row.external_id}, {format_dong(row.amount)}." for row in found.missing_there]
    lines += [
        f"Khác số tiền: {row.external_id}, ta {format_dong(row.ours)}, cổng {format_dong(row.theirs)}."
        for row in found.different
    ]
    return "\n".join(lines)
