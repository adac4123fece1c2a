"""Rounds: repeated while there is work, slower after failures, never twice under one name."""

import threading
from datetime import datetime

import pytest

from tinhso.core.running import rounds
from tinhso.core.running.rounds import Round, every, run_round


def test_a_round_goes_on_at_once_while_it_does_something() -> None:
    stop, waiting = threading.Event(), [3, 2, 1, 0]

    def work(now: datetime) -> int:
        left = waiting.pop(0)
        if not waiting:
            stop.set()
        return left

    run_round(Round("test", 3600, work), stop)
    assert waiting == []


def test_a_failing_round_is_tried_again() -> None:
    stop, tries = threading.Event(), []

    def work(now: datetime) -> int:
        tries.append(now)
        if len(tries) == 1:
            raise RuntimeError("the first time")
        stop.set()
        return 0

    run_round(Round("test", 0.01, work), stop)
    assert len(tries) == 2
    assert tries[0].tzinfo is not None


def test_a_round_declared_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "rounds", {})

    def work(now: datetime) -> int:
        return 0

    every(seconds=1)(work)
    with pytest.raises(ValueError, match="declared twice"):
        every(seconds=1)(work)
