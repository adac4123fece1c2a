"""What was promised, how often it was looked at, and where it was broken."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Promise:
    """`broken`: a line for each breach, in words that say where."""

    name: str
    checked: int = 0
    broken: list[str] = field(default_factory=list)

    def check(self, kept: bool, breach: str) -> None:
        self.checked += 1
        if not kept:
            self.broken.append(breach)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chaos tells at its end, as quality.md shapes it."""

    chaos: str
    seed: int
    kills: int
    promises: list[Promise]
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        return all(promise.checked and not promise.broken for promise in self.promises)

    def document(self) -> dict[str, Any]:
        rows = [{"name": one.name, "checked": one.checked, "broken": len(one.broken)} for one in self.promises]
        return {"chaos": self.chaos, "seed": self.seed, "kills": self.kills, "promises": rows}
