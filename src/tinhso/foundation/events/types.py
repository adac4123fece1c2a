"""Event types: frozen dataclasses declared in code, one name each for ever."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared type: `source.subject.action`, and the version its records are written in."""

    name: str
    version: int
    shape: type


_by_name: dict[str, Declared] = {}
_by_shape: dict[type, Declared] = {}


def event_type(name: str, *, version: int) -> Callable[[type[_T]], type[_T]]:
    """Declare a frozen dataclass as the public payload of events named `name`.

    Fields must have canonical JSON: text, whole number, bool, None, or lists and dicts of these. A written version
    is never rewritten; a changed shape is a new version with an upcast in the reader.
    """
    if name.count(".") != 2:
        raise ValueError(f"{name}: an event is named source.subject.action")

    def declare(shape: type[_T]) -> type[_T]:
        if not is_dataclass(shape):
            raise TypeError(f"{name}: a frozen dataclass is needed")
        known = _by_name.get(name)
        if known and known.shape.__qualname__ != shape.__qualname__:
            raise ValueError(f"{name} is declared twice")
        _by_name[name] = _by_shape[shape] = Declared(name, version, shape)
        return shape

    return declare


def declared_for(event: object) -> Declared:
    """The declaration of an event value. Raises KeyError for an undeclared shape."""
    return _by_shape[type(event)]


def all_declared() -> tuple[Declared, ...]:
    return tuple(_by_name.values())


def payload_of(event: Any) -> dict[str, Any]:
    """The public payload of an event as plain JSON values."""
    return {field.name: getattr(event, field.name) for field in fields(event)}
