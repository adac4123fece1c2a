"""Work flows: in turn, side by side with a join, past what is left out, back and on again."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.cases.rules.flow import Flow, FlowFault, faults, flow_of


@dataclass(frozen=True)
class Step:
    key: str
    after: tuple[str, ...] = ()


def steps(text: str) -> list[Step]:
    """`a b<a c<a d<b,c`: each step and those it waits for; without `<`, the one before it."""
    return [
        Step(key, tuple(filter(None, waits.split(",")))) for key, _, waits in (w.partition("<") for w in text.split())
    ]


PARALLEL = steps("nhan tham-dinh cong-an<tham-dinh bao-hiem<tham-dinh tra<cong-an,bao-hiem")


def test_steps_declared_without_a_word_follow_one_another() -> None:
    flow = flow_of(steps("a b c"))
    assert flow.opening("a", []) == ("b",)
    assert flow.opening("c", []) == ()


def test_branches_open_together_and_the_join_waits_for_the_last() -> None:
    flow = flow_of(PARALLEL)
    assert flow.opening("tham-dinh", []) == ("cong-an", "bao-hiem")
    assert flow.opening("cong-an", ["bao-hiem"]) == ()
    assert flow.opening("bao-hiem", []) == ("tra",)


def test_a_branch_that_is_left_out_is_not_waited_for() -> None:
    flow = flow_of(PARALLEL, left_out=["bao-hiem"])
    assert flow.opening("tham-dinh", []) == ("cong-an",)
    assert flow.opening("cong-an", []) == ("tra",)


def test_what_waits_for_a_step_left_out_waits_for_what_that_step_waited_for() -> None:
    assert flow_of(steps("a b c d"), left_out=["b", "c"]).opening("a", []) == ("d",)


def test_going_back_before_the_branches_recalls_them_all() -> None:
    assert flow_of(PARALLEL).recalled("tham-dinh", ["cong-an", "bao-hiem"]) == ("cong-an", "bao-hiem")


def test_going_back_within_a_branch_leaves_the_other_alone() -> None:
    flow = flow_of(steps("a b1<a b2<b1 c<a d<b2,c"))
    assert flow.recalled("b1", ["b2", "c"]) == ("b2",)


@pytest.mark.parametrize(
    "text, fault",
    [
        ("a b<x", FlowFault("b", "unknown", "x")),
        ("a b<c c", FlowFault("b", "later", "c")),
        ("a b<b", FlowFault("b", "later", "b")),
        ("a b<a c<a", FlowFault("b", "loose")),
    ],
)
def test_what_is_no_flow_is_told_by_step(text: str, fault: FlowFault) -> None:
    assert faults(steps(text)) == (fault,)


@st.composite
def declared(draw: st.DrawFn) -> list[Step]:
    """A flow without loose ends: each step waits for some declared before it, the last for all nobody waits for."""
    count = draw(st.integers(min_value=2, max_value=7))
    made = [Step("s0")]
    for n in range(1, count):
        waits = draw(st.sets(st.sampled_from([step.key for step in made]), min_size=1, max_size=3))
        made.append(Step(f"s{n}", tuple(sorted(waits))))
    awaited = {before for step in made for before in step.after}
    return [*made, Step("end", tuple(step.key for step in made if step.key not in awaited))]


@given(declared(), st.data())
def test_in_whatever_order_people_finish_each_step_is_done_once_and_after_what_it_waits_for(
    listed: list[Step], data: st.DataObject
) -> None:
    flow, opened = flow_of(listed), {"s0"}
    done: list[str] = []
    assert faults(listed) == ()
    while opened:
        step = data.draw(st.sampled_from(sorted(opened)))
        opened.discard(step)
        assert flow.before(step) <= set(done)
        done.append(step)
        opened |= set(flow.opening(step, opened))
    assert sorted(done) == sorted(step.key for step in listed)


@given(declared(), st.data())
def test_whatever_is_left_out_and_sent_back_the_case_comes_to_its_end(listed: list[Step], data: st.DataObject) -> None:
    inner = [step.key for step in listed[1:-1]]
    left_out = data.draw(st.sets(st.sampled_from(inner))) if inner else set()
    flow: Flow = flow_of(listed, left_out)
    opened, backs, last = {"s0"}, 3, ""
    while opened:
        step = data.draw(st.sampled_from(sorted(opened)))
        earlier = sorted(flow.before(step))
        if backs and earlier and data.draw(st.booleans()):
            backs -= 1
            to = data.draw(st.sampled_from(earlier))
            opened -= set(flow.recalled(to, opened))
            opened.add(to)
        else:
            opened.discard(step)
            opened |= set(flow.opening(step, opened))
            last = step
    assert last == "end"
