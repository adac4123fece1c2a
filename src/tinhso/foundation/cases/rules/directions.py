"""Directions form a tree: who is asked by whom, who leads, by when, and how far it has come. Pure.

The one asked may ask others in turn, within the time they were given, and answers when what they asked for has come.
Nobody waits for what was sent for information, nor, once its time is over, for an opinion (Decree 118/2025/NĐ-CP
art. 19.4: a late opinion does not stop the clock; read).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tinhso.foundation.calendars.rules.remaining import Timeliness, timeliness

DEEPEST = 6
"""Levels of a tree: province, department, division, officer and two to spare (assumed)."""


class Part(StrEnum):
    """Chủ trì, phối hợp (Decree 30/2020/NĐ-CP art. 23: who leads, who co-operates, by when), cho ý kiến, để biết."""

    LEAD = "lead"
    SUPPORT = "support"
    OPINION = "opinion"
    INFORM = "inform"


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Node:
    """One direction. `parent` None: asked by the case itself. `due`: when the answer is wanted."""

    id: int
    parent: int | None
    post: int
    part: Part
    due: datetime
    state: State = State.OPEN
    answered_at: datetime | None = None

    def waited_for(self, now: datetime) -> bool:
        """Whether others stand still until this one is answered."""
        if self.state is not State.OPEN or self.part is Part.INFORM:
            return False
        return self.part is not Part.OPINION or now <= self.due


@dataclass(frozen=True, slots=True)
class Wanted:
    """A direction about to be given."""

    post: int
    part: Part
    due: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind`: `same_post` (given twice under one parent), `circle` (given back to somebody above), `lead` (not exactly
    one leads while others co-operate), `after_parent` (due later than what it serves), `past` (due already gone),
    `deep`, `closed` (its parent is open no more). `place` counts the wanted directions from 0."""

    kind: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the directions below one place have come. `waiting`: those that others stand still for, nearest due
    first. `late`: those past their due, open or answered after it."""

    answered: int
    total: int
    waiting: tuple[int, ...]
    late: tuple[int, ...]

    @property
    def complete(self) -> bool:
        return not self.waiting


class Tree:
    """The directions of one case."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: Mapping[int, Node] = {node.id: node for node in nodes}

    def children(self, parent: int | None) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.parent == parent)

    def above(self, node: int | None) -> tuple[Node, ...]:
        """A direction and those it serves, upwards."""
        found: list[Node] = []
        while node is not None:
            found.append(self.nodes[node])
            node = self.nodes[node].parent
        return tuple(found)

    def below(self, node: int | None) -> tuple[Node, ...]:
        """Every direction under a place, parents before children."""
        found: list[Node] = []
        for child in self.children(node):
            found += (child, *self.below(child.id))
        return tuple(found)

    def progress(self, node: int | None, now: datetime) -> Progress:
        """How far what was asked under `node` has come at `now`."""
        counted = [n for n in self.below(node) if n.part is not Part.INFORM and n.state is not State.WITHDRAWN]
        waiting = sorted((n for n in counted if n.waited_for(now)), key=lambda n: (n.due, n.id))
        late = [n.id for n in counted if timeliness(n.answered_at or now, n.due) is Timeliness.LATE]
        answered = sum(n.state is State.ANSWERED for n in counted)
        return Progress(answered, len(counted), tuple(n.id for n in waiting), tuple(late))

    def faults(
        self, parent: int | None, asker: int, wanted: Sequence[Wanted], now: datetime, latest: datetime | None
    ) -> tuple[Fault, ...]:
        """What stands against giving `wanted` under `parent` by the post `asker`; `latest` bounds the first level."""
        line = self.above(parent)
        if any(node.state is not State.OPEN for node in line):
            return (Fault("closed"),)
        if len(line) >= DEEPEST:
            return (Fault("deep"),)
        held = [n for n in self.children(parent) if n.state is State.OPEN]
        taken = {n.post for n in held}
        higher = {asker, *(node.post for node in line)}
        bound = line[0].due if line else latest
        found: list[Fault] = []
        for place, one in enumerate(wanted):
            if one.post in taken:
                found.append(Fault("same_post", place))
            if one.post in higher:
                found.append(Fault("circle", place))
            if one.due <= now:
                found.append(Fault("past", place))
            elif bound is not None and one.due > bound:
                found.append(Fault("after_parent", place))
            taken.add(one.post)
        parts = [n.part for n in held] + [one.part for one in wanted]
        if parts.count(Part.LEAD) > 1 or (Part.SUPPORT in parts and Part.LEAD not in parts):
            found.append(Fault("lead"))
        return tuple(found)
