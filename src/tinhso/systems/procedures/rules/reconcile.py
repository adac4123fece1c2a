"""Which of the doubts that persons know are raised again by new content, and which are new."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .review import Review


@dataclass(frozen=True, slots=True)
class Known:
    """A doubt raised before: an item of a record, by its number."""

    id: int
    field: str
    reason: str
    text: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`kept`: the passage is the same, perhaps at another place; what was settled of it stands. `reopened`: the place
    is the same, the passage is not. `gone`: raised no more.
    """

    kept: tuple[tuple[int, Review], ...]
    reopened: tuple[tuple[int, Review], ...]
    created: tuple[Review, ...]
    gone: tuple[int, ...]


Key = Callable[[Known | Review], tuple[object, ...]]


def reconcile(known: Iterable[Known], raised: Iterable[Review]) -> Plan:
    """Pair doubts by their passage, the same place first, then by place; each at most once."""
    old, new = list(known), list(raised)
    kept = [
        *_pair(old, new, lambda d: (d.field, str(d.reason), d.text, d.position)),
        *_pair(old, new, lambda d: (d.field, str(d.reason), d.text)),
    ]
    reopened = _pair(old, new, lambda d: (d.field, str(d.reason), d.position))
    return Plan(tuple(kept), tuple(reopened), tuple(new), tuple(one.id for one in old))


def _pair(old: list[Known], new: list[Review], key: Key) -> list[tuple[int, Review]]:
    """Pairs of equal key, in order; what is paired leaves both lists."""
    waiting: dict[tuple[object, ...], list[Known]] = defaultdict(list)
    for one in old:
        waiting[key(one)].append(one)
    pairs: list[tuple[Known, Review]] = []
    left: list[Review] = []
    for review in new:
        there = waiting[key(review)]
        if there:
            pairs.append((there.pop(0), review))
        else:
            left.append(review)
    taken = {one.id for one, _ in pairs}
    old[:] = [one for one in old if one.id not in taken]
    new[:] = left
    return [(one.id, review) for one, review in pairs]
