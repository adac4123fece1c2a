"""Directions as a tree: who leads, who co-operates, by when, and how far it has come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.cases.rules.directions import DEEPEST, Fault, Node, Part, State, Tree, Wanted

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
LEADER, LEAD, HELPER, OTHER = 1, 2, 3, 4


def day(n: int) -> datetime:
    return NOW + timedelta(days=n)


def node(
    id: int, parent: int | None, post: int, due: int = 5, part: Part = Part.LEAD, state: State = State.OPEN
) -> Node:
    return Node(id, parent, post, part, day(due), state)


TREE = Tree([node(1, None, LEAD), node(2, None, HELPER, 3, Part.SUPPORT), node(3, 1, OTHER, 4)])


def test_what_was_asked_is_counted_with_what_was_asked_because_of_it() -> None:
    progress = TREE.progress(None, NOW)
    assert (progress.answered, progress.total, progress.waiting) == (0, 3, (2, 3, 1))
    assert not progress.complete


def test_who_asked_others_answers_after_them() -> None:
    assert not TREE.progress(1, NOW).complete
    assert TREE.progress(3, NOW).complete


def test_an_opinion_is_waited_for_until_its_time_is_over() -> None:
    tree = Tree([node(1, None, OTHER, 2, Part.OPINION)])
    assert not tree.progress(None, day(2)).complete
    assert tree.progress(None, day(3)).complete
    assert tree.progress(None, day(3)).late == (1,)


def test_what_is_only_for_information_is_not_waited_for() -> None:
    tree = Tree([node(1, None, LEAD, state=State.ANSWERED), node(2, None, OTHER, part=Part.INFORM)])
    assert tree.progress(None, NOW).complete


def test_what_was_withdrawn_is_not_waited_for() -> None:
    assert Tree([node(1, None, LEAD, state=State.WITHDRAWN)]).progress(None, NOW).total == 0


def test_lateness_compares_dates_also_of_what_is_answered() -> None:
    answered = Node(1, None, LEAD, Part.LEAD, day(1), State.ANSWERED, day(2))
    same_day = Node(2, None, OTHER, Part.SUPPORT, day(2), State.ANSWERED, day(2) + timedelta(hours=5))
    assert Tree([answered, same_day, node(3, None, HELPER, 4)]).progress(None, day(5)).late == (1, 3)


@pytest.mark.parametrize(
    "parent, wanted, fault",
    [
        (None, Wanted(OTHER, Part.LEAD, day(2)), Fault("lead")),
        (None, Wanted(LEAD, Part.SUPPORT, day(2)), Fault("same_post")),
        (None, Wanted(LEADER, Part.SUPPORT, day(2)), Fault("circle")),
        (3, Wanted(LEAD, Part.LEAD, day(2)), Fault("circle")),
        (3, Wanted(7, Part.LEAD, day(5)), Fault("after_parent")),
        (3, Wanted(7, Part.LEAD, day(0)), Fault("past")),
        (3, Wanted(7, Part.SUPPORT, day(2)), Fault("lead")),
        (None, Wanted(7, Part.SUPPORT, day(9)), Fault("after_parent")),
    ],
)
def test_a_direction_that_cannot_work_is_told_by_its_fault(parent: int | None, wanted: Wanted, fault: Fault) -> None:
    assert TREE.faults(parent, LEADER, [wanted], NOW, latest=day(8)) == (fault,)


def test_a_direction_that_can_work_has_no_fault() -> None:
    wanted = [Wanted(7, Part.LEAD, day(4)), Wanted(8, Part.SUPPORT, day(3))]
    assert TREE.faults(2, HELPER, wanted, NOW, latest=None) == (Fault("after_parent", 0),)
    assert TREE.faults(2, HELPER, [*wanted[1:], Wanted(7, Part.LEAD, day(3))], NOW, latest=None) == ()


def test_nobody_asks_on_behalf_of_what_is_closed() -> None:
    tree = Tree([node(1, None, LEAD, state=State.ANSWERED)])
    assert tree.faults(1, LEAD, [Wanted(OTHER, Part.LEAD, day(1))], NOW, None) == (Fault("closed"),)


def test_a_tree_is_not_deeper_than_offices_are() -> None:
    line = Tree([node(n, n - 1 or None, 100 + n) for n in range(1, DEEPEST + 1)])
    assert line.faults(DEEPEST, 200, [Wanted(OTHER, Part.LEAD, day(1))], NOW, None) == (Fault("deep"),)


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from(State), st.sampled_from(Part)), max_size=9))
def test_a_place_is_complete_when_every_part_below_it_is(shape: list[tuple[int, State, Part]]) -> None:
    tree = Tree(
        [Node(n + 1, min(p, n) or None, n, part, day(n), state, NOW) for n, (p, state, part) in enumerate(shape)]
    )
    for place in (None, *tree.nodes):
        assert tree.progress(place, NOW).complete is not any(n.waited_for(NOW) for n in tree.below(place))
