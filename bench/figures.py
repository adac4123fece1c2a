"""What a bench tells: figures beside a yardstick that ran in turn with them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

RUNS, QUICK_RUNS = 5, 3
"""A figure is the median of at least so many runs; a quick one makes do with fewer, and says with how many."""


@dataclass(frozen=True, slots=True)
class Target:
    """`at_least` or `at_most` so much of the figure's unit; `bound` none: shown, not judged."""

    sense: str = ""
    bound: float = 0

    def met(self, value: float) -> bool | None:
        if not self.sense:
            return None
        return value >= self.bound if self.sense == "at_least" else value <= self.bound

    def __str__(self) -> str:
        return f"{self.sense.replace('_', ' ')} {self.bound:g}" if self.sense else ""


def at_least(bound: float) -> Target:
    return Target("at_least", bound)


def at_most(bound: float) -> Target:
    return Target("at_most", bound)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, as quality.md shapes it. `met` is None where the target's data size was not loaded."""

    name: str
    value: float
    unit: str
    yardstick: str
    yardstick_value: float
    ratio: float
    runs: int
    target: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """One bench's answer. `where`: the parts of the time, where a figure misses its target and why."""

    bench: str
    machine: dict[str, Any]
    versions: dict[str, str]
    data: dict[str, Any]
    figures: list[Figure]
    where: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def all_met(self) -> bool:
        return all(figure.met is not False for figure in self.figures)


Measure = Callable[[], float]


def in_turn(ours: Measure, yardstick: Measure, runs: int = RUNS) -> tuple[list[float], list[float]]:
    """The measurements of both, taken one after the other so that a noisy machine disturbs both alike."""
    pairs = [(ours(), yardstick()) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def figure(
    name: str,
    values: list[float],
    unit: str,
    target: Target,
    *,
    yardstick: str,
    beside: list[float],
    judged: bool = True,
) -> Figure:
    """The medians and their ratio. `judged` False: the data the target speaks of were not loaded."""
    value, other = median(values), median(beside)
    return Figure(
        name=name,
        value=tidy(value),
        unit=unit,
        yardstick=yardstick,
        yardstick_value=tidy(other),
        ratio=tidy(value / other) if other else 0.0,
        runs=len(values),
        target=str(target),
        met=target.met(value) if judged else None,
    )


def tidy(value: float) -> float:
    """Three figures after the point, fewer where that says nothing."""
    return round(value, 3 if abs(value) < 10 else 2 if abs(value) < 1000 else 0)


def percentile(values: list[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]
