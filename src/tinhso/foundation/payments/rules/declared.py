"""Fees as JSON: how a procedure's release declares them, and how worked-out lines are kept on a request.

Dated things take `"basis", "mark", "valid_from"?, "valid_to"?`; the last is the first day they no longer hold.
A fee: `{"code", "name", "kind": "phi"|"le_phi", <dated>, "tariff", "benefits"?: [...]}`.
A tariff: `{"type": "fixed", "amount", "per"?}`,
`{"type": "tiers", "tiers": [{"from_page", "amount"}], "cap_per_copy"?}` or `{"type": "council", "key", "per"?}`.
A benefit: `{"key", "name", "kind": "online"|"exemption"|"waiver", <dated>, "percent_off"?, "instead"?: tariff,
"channels"?: [...], "needs"?: [...], "fees"?: [...]}`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from .fees import (
    Assessment,
    Benefit,
    BenefitKind,
    Channel,
    CouncilSet,
    Fee,
    FeeKind,
    FeeLine,
    Fixed,
    Tariff,
    Tier,
    Tiered,
)
from .law import Basis, Mark


def parse_fee(data: Mapping[str, Any]) -> Fee:
    """A declared fee. Raises ValueError naming what is wrong."""
    try:
        return Fee(
            code=_text(data, "code"),
            name=_text(data, "name"),
            kind=FeeKind(data["kind"]),
            tariff=_tariff(data["tariff"]),
            basis=_basis(data),
            benefits=tuple(parse_benefit(benefit) for benefit in data.get("benefits", ())),
        )
    except (KeyError, TypeError) as fault:
        raise ValueError(f"fee: {fault}") from fault


def parse_benefit(data: Mapping[str, Any]) -> Benefit:
    """A declared benefit. Raises ValueError naming what is wrong."""
    try:
        return Benefit(
            key=_text(data, "key"),
            name=_text(data, "name"),
            kind=BenefitKind(data["kind"]),
            basis=_basis(data),
            percent_off=_whole(data.get("percent_off", 100)),
            instead=_tariff(data["instead"]) if "instead" in data else None,
            channels=frozenset(Channel(name) for name in data.get("channels", tuple(Channel))),
            needs=frozenset(data.get("needs", ())),
            fees=frozenset(data.get("fees", ())),
        )
    except (KeyError, TypeError) as fault:
        raise ValueError(f"benefit: {fault}") from fault


def lines_as_json(assessment: Assessment) -> list[dict[str, Any]]:
    """What a request keeps of an assessment: each line with its arithmetic and basis, as it was that day."""
    return [_line(line) for line in assessment.lines]


def _line(line: FeeLine) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "code": line.code,
        "name": line.name,
        "kind": line.kind.value,
        "basis": line.basis.text,
        "mark": line.basis.mark.value,
        "parts": [
            {"count": part.count, "pages": part.pages, "rate": part.rate, "cut": part.cut, "amount": part.amount}
            for part in line.parts
        ],
        "full": line.full,
        "amount": line.amount,
    }
    if line.applied is not None:
        benefit = line.applied.benefit
        kept["benefit"] = {
            "key": benefit.key,
            "name": benefit.name,
            "kind": benefit.kind.value,
            "basis": benefit.basis.text,
            "mark": benefit.basis.mark.value,
        }
    return kept


def _tariff(data: Mapping[str, Any]) -> Tariff:
    match data["type"]:
        case "fixed":
            return Fixed(_whole(data["amount"]), _per(data))
        case "tiers":
            cap = data.get("cap_per_copy")
            return Tiered(
                tuple(Tier(_whole(tier["from_page"]), _whole(tier["amount"])) for tier in data["tiers"]),
                None if cap is None else _whole(cap),
            )
        case "council":
            return CouncilSet(_text(data, "key"), _per(data))
        case other:
            raise ValueError(f"tariff type {other!r} is unknown")


def _per(data: Mapping[str, Any]) -> Literal["case", "copy"]:
    per = data.get("per", "case")
    if per == "case":
        return "case"
    if per == "copy":
        return "copy"
    raise ValueError(f"per {per!r} is neither case nor copy")


def _basis(data: Mapping[str, Any]) -> Basis:
    return Basis(_text(data, "basis"), Mark(data["mark"]), _day(data.get("valid_from")), _day(data.get("valid_to")))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} must be a text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is not a whole number of at least 0")
    return value
