"""Conditions as data: what they hold on, what they refuse, and that they survive their document."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.forms.reading import Faults
from tinhso.foundation.forms.rules.conditions import Condition

_LEAVES = st.builds(lambda k, v: {"question": k, "is": v}, st.sampled_from("abc"), st.sampled_from(["x", 1, True]))
_TREES = st.recursive(
    _LEAVES,
    lambda parts: st.one_of(
        st.builds(lambda p: {"all": p}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda p: {"any": p}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda p: {"not": p}, parts),
    ),
)


def condition(raw: object) -> Condition:
    faults: Faults = {}
    read = Condition.from_declared(raw, "when", faults)
    assert read is not None, faults
    return read


def test_is_and_in_compare_with_the_answer() -> None:
    assert condition({"question": "a", "is": "x"}).holds({"a": "x"})
    assert condition({"question": "a", "in": ["x", "y"]}).holds({"a": "y"})
    assert not condition({"question": "a", "is": "x"}).holds({})


def test_is_finds_one_of_several_choices() -> None:
    assert condition({"question": "a", "is": "y"}).holds({"a": ["x", "y"]})


def test_true_is_not_one() -> None:
    assert not condition({"question": "a", "is": True}).holds({"a": 1})


def test_all_any_and_not_combine() -> None:
    x, y = {"question": "a", "is": "x"}, {"question": "b", "is": "y"}
    assert condition({"all": [x, y]}).holds({"a": "x", "b": "y"})
    assert condition({"any": [x, y]}).holds({"b": "y"})
    assert condition({"not": x}).holds({"a": "z"})
    assert condition({"all": [x, {"not": y}]}).questions() == {"a", "b"}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "a == 1",
        {},
        {"question": "a"},
        {"question": "a", "is": 1.5},
        {"question": 3, "is": "x"},
        {"question": "a", "in": []},
        {"all": []},
        {"all": [{"question": "a"}]},
        {"question": "a", "is": "x", "or": "y"},
    ],
)
def test_anything_else_is_refused(raw: Any) -> None:
    faults: Faults = {}
    Condition.from_declared(raw, "when", faults)
    assert faults


@given(_TREES)
def test_a_condition_survives_its_document(raw: dict[str, Any]) -> None:
    read = condition(raw)
    assert condition(read.declared()) == read


@given(_TREES, st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", 1, True, ["x"]])))
def test_not_turns_every_condition_round(raw: dict[str, Any], answers: dict[str, Any]) -> None:
    assert condition({"not": raw}).holds(answers) is not condition(raw).holds(answers)
