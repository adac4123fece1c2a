"""The benches there are. Each is a module with `FIGURES` and `run(wanted) -> Report`, imported when asked for."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from bench.figures import Report

BENCHES = {
    "clock": "bench.benches.clock",
    "signing": "bench.benches.signing",
    "cases": "bench.benches.cases",
    "setup": "bench.benches.setup",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`quick`: within 50 seconds on a machine with nothing else to do, data included. `only`: one figure of
    the bench (`cases.inbox`); empty for all."""

    quick: bool = False
    only: str = ""

    def wants(self, figure: str) -> bool:
        return self.only in ("", figure)


def bench_of(name: str) -> tuple[str, str]:
    """The bench, and the one figure meant, of what was typed: `cases`, `cases.accept`. Raises KeyError."""
    bench, dot, _ = name.partition(".")
    if bench not in BENCHES:
        raise KeyError(name)
    return bench, name if dot else ""


def run(bench: str, wanted: Wanted) -> Report:
    module = importlib.import_module(BENCHES[bench])
    return cast(Callable[[Wanted], Report], module.run)(wanted)
