"""Load the province's fee table and the waiver windows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.errors import Invalid
from tinhso.foundation.payments.models import CouncilRate, WaiverWindow
from tinhso.foundation.payments.rules.declared import parse_benefit
from tinhso.foundation.payments.rules.law import Mark

_SHIPPED = Path(__file__).parent.parent / "data" / "waivers.json"


def shipped_waivers() -> dict[str, Any]:
    """The waiver windows known by name and dates, as `load_law` takes them.

    Which fees the window of 15/8/2026-28/2/2027 covers was not read: its list is empty, so it waives nothing until the
    province enters the fee codes.
    """
    shipped: dict[str, Any] = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return shipped


@dataclass(frozen=True, slots=True)
class Loaded:
    rates: int
    windows: int


@transaction.atomic
def load_law(data: Mapping[str, Any]) -> Loaded:
    """Bring the tables to what `data` says: `{"rates": [{"key", "amount", "basis", "mark", "valid_from",
    "valid_to"?}], "windows": [benefit]}`. Idempotent; rows not named stay. Raises Invalid naming the row at fault.
    """
    rates, windows = data.get("rates", []), data.get("windows", [])
    for place, row in enumerate(rates):
        _guard(f"rates[{place}]", _load_rate, row)
    for place, row in enumerate(windows):
        _guard(f"windows[{place}]", _load_window, row)
    return Loaded(len(rates), len(windows))


def _load_rate(row: Mapping[str, Any]) -> None:
    amount = row["amount"]
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        raise ValueError("amount is a whole number of đồng")
    until = row.get("valid_to")
    CouncilRate.objects.update_or_create(
        key=row["key"],
        valid_from=date.fromisoformat(row["valid_from"]),
        defaults={
            "amount": amount,
            "basis": row["basis"],
            "mark": Mark(row["mark"]).value,
            "valid_to": date.fromisoformat(until) if until else None,
        },
    )


def _load_window(row: Mapping[str, Any]) -> None:
    benefit = parse_benefit(row)
    if benefit.basis.valid_from is None:
        raise ValueError("a waiver window has a first day")
    WaiverWindow.objects.update_or_create(
        key=benefit.key,
        defaults={
            "declared": dict(row),
            "valid_from": benefit.basis.valid_from,
            "valid_to": benefit.basis.valid_to,
        },
    )


def _guard(place: str, load: Any, row: Mapping[str, Any]) -> None:
    try:
        load(row)
    except (KeyError, TypeError, ValueError) as fault:
        raise Invalid(
            _("Bảng phí, lệ phí có dòng chưa đúng: %(place)s. Chưa có gì được nạp.") % {"place": place},
            fields={place: str(fault)},
        ) from fault
