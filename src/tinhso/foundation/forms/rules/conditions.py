"""Conditions on answers: simple data, no expressions to evaluate.

`{question: k, is: v}`, `{question: k, in: [v, w]}`, `{all: [...]}`, `{any: [...]}`, `{not: ...}`.
A question without an answer satisfies neither `is` nor `in`; an answer with several choices satisfies `is`
when it contains the value. Every condition terminates: it is a finite tree over finite data.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.foundation.forms.reading import Faults, refuse

Answers = Mapping[str, Any]
"""Cleaned, JSON-serialisable answers by question key."""


class Condition(ABC):
    """A yes or no over answers."""

    @abstractmethod
    def holds(self, answers: Answers) -> bool: ...

    @abstractmethod
    def questions(self) -> frozenset[str]:
        """The questions it reads: it may only stand after all of them."""

    @abstractmethod
    def declared(self) -> Any: ...

    @classmethod
    def from_declared(cls, raw: object, path: str, faults: Faults) -> "Condition | None":
        if isinstance(raw, Mapping):
            keys = set(raw)
            if keys == {"question", "is"}:
                return _one_of(raw["question"], [raw["is"]], path, faults)
            if keys == {"question", "in"}:
                return _one_of(raw["question"], raw["in"], path, faults)
            if keys in ({"all"}, {"any"}) and isinstance(raw[min(keys)], list | tuple) and raw[min(keys)]:
                word = min(keys)
                parts = [cls.from_declared(part, f"{path}.{word}[{i}]", faults) for i, part in enumerate(raw[word])]
                whole = tuple(part for part in parts if part is not None)
                return (All if word == "all" else AnyOf)(whole)
            if keys == {"not"}:
                part = cls.from_declared(raw["not"], f"{path}.not", faults)
                return Not(part) if part else None
        refuse(faults, path, "Điều kiện phải có dạng question + is, question + in, all, any hoặc not.")
        return None


@dataclass(frozen=True)
class OneOf(Condition):
    """The answer to `question` is, or contains, one of `values`."""

    question: str
    values: tuple[str | int | bool, ...]

    def holds(self, answers: Answers) -> bool:
        answer = answers.get(self.question)
        given = answer if isinstance(answer, list) else [answer]
        return any(type(value) is type(part) and value == part for part in given for value in self.values)

    def questions(self) -> frozenset[str]:
        return frozenset({self.question})

    def declared(self) -> dict[str, Any]:
        if len(self.values) == 1:
            return {"question": self.question, "is": self.values[0]}
        return {"question": self.question, "in": list(self.values)}


@dataclass(frozen=True)
class All(Condition):
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        return all(part.holds(answers) for part in self.parts)

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(part.questions() for part in self.parts))

    def declared(self) -> dict[str, Any]:
        return {"all": [part.declared() for part in self.parts]}


@dataclass(frozen=True)
class AnyOf(Condition):
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        return any(part.holds(answers) for part in self.parts)

    def questions(self) -> frozenset[str]:
        return frozenset().union(*(part.questions() for part in self.parts))

    def declared(self) -> dict[str, Any]:
        return {"any": [part.declared() for part in self.parts]}


@dataclass(frozen=True)
class Not(Condition):
    part: Condition

    def holds(self, answers: Answers) -> bool:
        return not self.part.holds(answers)

    def questions(self) -> frozenset[str]:
        return self.part.questions()

    def declared(self) -> dict[str, Any]:
        return {"not": self.part.declared()}


def one_of_leaves(condition: Condition) -> tuple[OneOf, ...]:
    """Every `is` and `in` of a condition, to check its values against the question's options."""
    match condition:
        case OneOf():
            return (condition,)
        case All(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in one_of_leaves(part))
        case Not(part):
            return one_of_leaves(part)
    return ()


def _one_of(question: object, values: object, path: str, faults: Faults) -> OneOf | None:
    if not isinstance(question, str) or not isinstance(values, list | tuple) or not values:
        refuse(faults, path, "Điều kiện cần tên câu hỏi và ít nhất một giá trị.")
        return None
    if not all(isinstance(value, str | int) for value in values):
        refuse(faults, path, "Giá trị của điều kiện chỉ là chữ, số nguyên hoặc true/false.")
        return None
    return OneOf(question, tuple(values))
