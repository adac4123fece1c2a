"""What a story tells at its end: each dossier, and the figures over all of them."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class ResultTold:
    """One result the citizen holds: its number where it has one, and what the verification page said of the file."""

    sha256: str
    signatures: int
    verdict: str
    genuine: bool

    def holds(self, outside: set[str]) -> bool:
        """Our own paper: called genuine, signed and sealed. One of `outside`: known to the register, to the byte."""
        return self.sha256 in outside or (self.genuine and self.signatures >= 2)


@dataclass(slots=True)
class DossierTold:
    """One dossier of the story. `result`: empty until the citizen has it. `fault`: where the story broke off."""

    procedure: str
    sample: str
    channel: str
    code: str = ""
    paid: str = ""
    steps: list[str] = field(default_factory=list)
    due: str = ""
    result: list[ResultTold] = field(default_factory=list)
    returned: bool = False
    verified: bool = False
    rated: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """The whole story, as quality.md shapes it."""

    scenario: str
    dossiers: list[DossierTold]
    requests: int
    seconds: float

    @property
    def whole(self) -> bool:
        """Whether every dossier was returned and every result verified."""
        return bool(self.dossiers) and all(one.returned and one.verified and not one.fault for one in self.dossiers)

    def document(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario,
            "dossiers": [asdict(one) for one in self.dossiers],
            "figures": self.figures(),
        }

    def figures(self) -> list[dict[str, Any]]:
        every, paid = self.dossiers, [one for one in self.dossiers if one.paid]
        online = [one for one in paid if one.channel == "online"]
        results = [result for one in every for result in one.result]
        shares = (
            ("dossiers_returned", sum(one.returned for one in every), len(every)),
            ("dossiers_verified", sum(one.verified for one in every), len(every)),
            ("dossiers_with_due_date", sum(bool(one.due) for one in every), len(every)),
            ("dossiers_rated", sum(one.rated for one in every), len(every)),
            ("fees_paid_online", len(online), len(paid)),
            ("online_fees_paid_by_card", sum(one.paid == "card" for one in online), len(online)),
            ("results_signed_and_sealed", sum(result.signatures >= 2 for result in results), len(results)),
        )
        counted = [
            ("procedures", len({one.procedure for one in every}), 1),
            ("procedure_channels", len({(one.procedure, one.channel) for one in every}), 1),
            ("requests", self.requests, 1),
            ("seconds_a_dossier", self.seconds, len(every)),
        ]
        return [_figure(*row, percent=True) for row in shares] + [_figure(*row, percent=False) for row in counted]

    def summary(self) -> str:
        done = sum(one.returned and one.verified for one in self.dossiers)
        lines = [f"{self.scenario}: {done}/{len(self.dossiers)} hồ sơ đi trọn vẹn, {self.seconds:.0f} giây"]
        lines += [f"  ✗ {one.procedure} {one.sample} {one.code}: {one.fault}" for one in self.dossiers if one.fault]
        return "\n".join(lines)


def _figure(name: str, numerator: float, denominator: float, *, percent: bool) -> dict[str, Any]:
    """Percentages with two decimals; None where there is nothing to divide by."""
    value = round(numerator / denominator * (100 if percent else 1), 2) if denominator else None
    return {"name": name, "numerator": round(numerator, 2), "denominator": denominator, "value": value}
