"""What changed between two documents of a release, place by place. Pure.

Lists of things that have a key are compared by key, so that one step put in between is one difference and not ten.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """`place`: the names on the way (`steps`, `tham-dinh`, `limit`, `amount`); `before` or `after` is None where there
    was or is nothing. Values are as in the document."""

    place: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Any, after: Any) -> tuple[Difference, ...]:
    """Every place where two documents differ, in the order of the later one."""
    return tuple(_between((), before, after))


def _between(place: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    old, new = _named(before), _named(after)
    if old is None or new is None:
        yield Difference(place, before, after)
        return
    for key in dict.fromkeys([*new, *old]):
        yield from _between((*place, key), old.get(key), new.get(key))
    common_before, common_after = [k for k in old if k in new], [k for k in new if k in old]
    if isinstance(after, Sequence) and common_before != common_after:
        yield Difference((*place, "order"), common_before, common_after)


def _named(value: Any) -> Mapping[str, Any] | None:
    """A mapping as it is; a list of things with keys by their keys; None for anything else."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and value and all(isinstance(item, Mapping) and "key" in item for item in value):
        return {str(item["key"]): item for item in value}
    return None
