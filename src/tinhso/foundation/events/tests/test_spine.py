"""The spine: recorded with the change, ordered without gap, followed once, done once."""

import threading
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.foundation.events.actions.follow import follow
from tinhso.foundation.events.actions.forget import KEEP_KEYS, forget_keys
from tinhso.foundation.events.actions.once import Answer, once
from tinhso.foundation.events.actions.record import commitment, record
from tinhso.foundation.events.actions.sequence import sequence
from tinhso.foundation.events.models import Event, Pending, Position, PrivatePart, RequestKey
from tinhso.foundation.events.types import event_type


@event_type("events.test.happened", version=1)
@dataclass(frozen=True, slots=True)
class Happened:
    what: str


def note(ctx: Context, what: str = "thử") -> None:
    with transaction.atomic():
        record(ctx, Happened(what=what), subject=("test", 7), case_id=7, private={"name": "Nguyễn Thị Lan"})


def in_threads(count: int, work: object) -> None:
    def run() -> None:
        try:
            work()  # type: ignore[operator]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_event_outside_a_transaction_is_refused(fresh_database: str, ctx: Context) -> None:
    with pytest.raises(RuntimeError):
        record(ctx, Happened(what="x"), subject=("test", 1))


@pytest.mark.django_db
def test_the_commitment_covers_public_and_private_words(ctx: Context) -> None:
    note(ctx)
    event = Event.objects.get(type="events.test.happened")
    part = PrivatePart.objects.get(event_id=event.id)
    assert bytes(event.commitment) == commitment(event, bytes(part.salt), part.body)
    event.payload = event.payload.replace("thử", "thật")
    assert bytes(event.commitment) != commitment(event, bytes(part.salt), part.body)
    event.refresh_from_db()
    assert bytes(event.commitment) != commitment(event, bytes(part.salt), {"name": "Người khác"})


@pytest.mark.django_db
def test_the_private_words_are_sealed_in_the_table(ctx: Context) -> None:
    note(ctx)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM events_private WHERE body IS NOT NULL ORDER BY event_id DESC LIMIT 1")
        assert b"Lan" not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_rolled_back_change_leaves_no_event(ctx: Context) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        record(ctx, Happened(what="x"), subject=("test", 1))
        transaction.set_rollback(True)
    assert Event.objects.count() == before


def test_positions_have_no_gap_while_many_write_and_several_sequence(fresh_database: str, ctx: Context) -> None:
    def write() -> None:
        for number in range(15):
            note(replace(ctx, now=ctx.now + timedelta(milliseconds=number)))
            sequence(batch=4)

    in_threads(6, write)
    while sequence():
        pass
    positions = list(Position.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    assert not Pending.objects.exists()
    assert Event.objects.count() == len(positions)


def test_an_open_transaction_elsewhere_does_not_hold_the_order_up(fresh_database: str, ctx: Context) -> None:
    while sequence():
        pass
    start = Position.objects.count()
    ready, release = threading.Event(), threading.Event()

    def stay_open() -> None:
        with transaction.atomic():
            record(ctx, Happened(what="lâu"), subject=("test", 1))
            ready.set()
            release.wait(10)
        connections.close_all()

    slow = threading.Thread(target=stay_open)
    slow.start()
    ready.wait(10)
    note(ctx, "nhanh")
    assert sequence() == 1
    release.set()
    slow.join()
    assert sequence() == 1
    assert Position.objects.count() == start + 2


def test_a_follower_sees_each_event_once_and_a_failure_moves_nothing(fresh_database: str, ctx: Context) -> None:
    while sequence():
        pass
    while follow("test", lambda events: None):
        pass
    note(ctx, "một")
    note(ctx, "hai")
    sequence()
    seen: list[str] = []

    def fail(events: object) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        follow("test", fail)
    follow("test", lambda events: seen.extend(event.payload for event in events))
    assert seen == ['{"what":"một"}', '{"what":"hai"}']
    assert follow("test", lambda events: None) == 0


def test_fifty_presses_of_one_button_are_one_effect(fresh_database: str, ctx: Context) -> None:
    effects: list[int] = []
    answers: list[Answer] = []

    def press() -> None:
        def act() -> Answer:
            effects.append(1)
            note(ctx)
            return Answer(303, "/xong")

        answers.append(once("test", "key-0001", {"a": 1}, ctx.now, act))

    before = Event.objects.count()
    in_threads(50, press)
    assert len(effects) == 1
    assert Event.objects.count() == before + 1
    assert {answer.location for answer in answers} == {"/xong"}
    assert len(answers) == 50


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_a_conflict(ctx: Context) -> None:
    once("test", "key-0002", {"a": 1}, ctx.now, lambda: Answer(303, "/x"))
    with pytest.raises(Conflict):
        once("test", "key-0002", {"a": 2}, ctx.now, lambda: Answer(303, "/y"))


@pytest.mark.django_db
def test_a_failed_act_leaves_its_key_free(ctx: Context) -> None:
    def fail() -> Answer:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        once("test", "key-0003", {}, ctx.now, fail)
    assert once("test", "key-0003", {}, ctx.now, lambda: Answer(200, body=[1])).body == [1]


@pytest.mark.django_db
def test_keys_are_forgotten_after_four_hundred_days(ctx: Context) -> None:
    once("test", "key-0004", {}, ctx.now, lambda: Answer(200))
    assert forget_keys(ctx.now + KEEP_KEYS) == 0
    forget_keys(ctx.now + KEEP_KEYS + timedelta(seconds=1))
    assert not RequestKey.objects.filter(key="key-0004").exists()
