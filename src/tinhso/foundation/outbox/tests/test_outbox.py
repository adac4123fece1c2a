"""What is to be told is told, once, however often the carrier fails."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.outbox.actions.send import carriers, send
from tinhso.foundation.outbox.actions.tell import tell
from tinhso.foundation.outbox.models import Message


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A carrier that fails when the payload says so."""
    told: list[dict[str, Any]] = []

    def carry(payload: dict[str, Any]) -> None:
        if payload.pop("away", 0):
            raise ConnectionError
        told.append(payload)

    monkeypatch.setitem(carriers, "test", carry)
    return told


@pytest.mark.django_db
def test_a_message_is_told_once_per_key(ctx: Context, carrier: list[dict[str, Any]]) -> None:
    for _ in range(3):
        tell(ctx, "test", {"to": "a"}, dedupe_key="k")
    assert send(ctx.now) == 1
    assert send(ctx.now) == 0
    assert carrier == [{"to": "a"}]


@pytest.mark.django_db
def test_a_carrier_that_is_away_is_tried_again_later(ctx: Context, carrier: list[dict[str, Any]]) -> None:
    tell(ctx, "test", {"to": "a", "away": 1}, dedupe_key="k")
    assert send(ctx.now) == 0
    message = Message.objects.get(dedupe_key="k")
    assert message.attempts == 1
    assert message.next_try_at is not None
    assert message.next_try_at > ctx.now
    assert send(ctx.now) == 0
    assert send(ctx.now + timedelta(hours=2)) == 0
    assert Message.objects.get(dedupe_key="k").attempts == 2


@pytest.mark.django_db
def test_a_message_of_a_failed_change_is_never_told(ctx: Context, carrier: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        tell(ctx, "test", {"to": "a"}, dedupe_key="k")
        transaction.set_rollback(True)
    assert send(ctx.now) == 0
