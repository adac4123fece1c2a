"""Which steps come after which: in sequence, side by side with a join, left out, done again, gone back to.

Pure. A step waits for those it names (`after`), or for the one before it in the list. Nothing but the open work is
needed to go on: a step opens when one before it is finished and nothing is still open on any way that leads to it. So a
join waits for every branch that was begun, and for none that was left out, and no history is read.

Decree 118/2025/NĐ-CP art. 20.2: several agencies of one level in turn for paper, side by side for electronic dossiers,
one of them leading; read.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Declared(Protocol):
    """What the flow reads of a step."""

    @property
    def key(self) -> str: ...
    @property
    def after(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Flow:
    """The steps in the order they are declared, each with those it waits for. Made by `flow_of`."""

    waits_for: Mapping[str, tuple[str, ...]]

    def following(self, step: str) -> tuple[str, ...]:
        """The steps that wait for `step` itself."""
        return tuple(key for key, waits in self.waits_for.items() if step in waits)

    def before(self, step: str) -> frozenset[str]:
        """Every step on a way that leads to `step`."""
        found: set[str] = set()
        todo = list(self.waits_for[step])
        while todo:
            key = todo.pop()
            if key not in found:
                found.add(key)
                todo += self.waits_for[key]
        return frozenset(found)

    def opening(self, finished: str, still_open: Collection[str]) -> tuple[str, ...]:
        """The steps to open now that `finished` is, while work on `still_open` goes on.

        Two branches that finish at the same time do not open the join twice: acts on one case come one after another.
        """
        busy = set(still_open)
        opened: list[str] = []
        for key in self.following(finished):
            if key not in busy and not self.before(key) & busy:
                busy.add(key)
                opened.append(key)
        return tuple(opened)

    def recalled(self, to: str, still_open: Collection[str]) -> tuple[str, ...]:
        """The open steps that lose their work when it goes back to `to`: those that came of it."""
        return tuple(key for key in still_open if to in self.before(key))


def flow_of(steps: Iterable[Declared], left_out: Collection[str] = ()) -> Flow:
    """The flow of `steps`. What waits for a step left out waits for what that step waited for."""
    declared: dict[str, tuple[str, ...]] = {}
    previous = ""
    for step in steps:
        declared[step.key] = step.after or ((previous,) if previous else ())
        previous = step.key

    def held_by(key: str) -> Iterable[str]:
        for before in declared[key]:
            if before in left_out or before not in declared:
                yield from held_by(before) if before in declared else ()
            else:
                yield before

    return Flow({key: tuple(dict.fromkeys(held_by(key))) for key in declared if key not in left_out})


@dataclass(frozen=True, slots=True)
class FlowFault:
    """`kind`: `unknown` (waits for a step that is not there), `later` (waits for one declared after it, perhaps for
    itself), `loose` (nothing waits for it, though it is not the last)."""

    step: str
    kind: str
    other: str = ""


def faults(steps: Iterable[Declared]) -> tuple[FlowFault, ...]:
    """What makes a declaration of steps no flow. A step may only wait for one declared before it: no circle, then."""
    found: list[FlowFault] = []
    seen: dict[str, tuple[str, ...]] = {}
    listed = tuple(steps)
    keys = {step.key for step in listed}
    for step in listed:
        for before in step.after:
            if before not in keys:
                found.append(FlowFault(step.key, "unknown", before))
            elif before not in seen:
                found.append(FlowFault(step.key, "later", before))
        seen[step.key] = step.after
    if found:
        return tuple(found)
    waits = flow_of(listed).waits_for
    awaited = {before for befores in waits.values() for before in befores}
    return tuple(FlowFault(key, "loose") for key in waits if key not in awaited and key != listed[-1].key)
