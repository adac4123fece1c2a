"""Says what the engine records, in the words of the systems whose acts they are."""

from collections.abc import Mapping

_acts: dict[str, str] = {}


def name_acts(acts: Mapping[str, str]) -> None:
    """Let a system above say what its acts are called; called once, when its room is opened."""
    _acts.update(acts)


def say_act(act: str) -> str:
    """An act as a person names it."""
    return _acts.get(act, act)
