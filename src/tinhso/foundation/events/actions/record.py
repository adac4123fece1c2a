"""Record what happened, in the transaction of the change itself."""

import hashlib
import hmac
import os
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from tinhso.core.canonical import canonical
from tinhso.core.context import Context
from tinhso.core.ids import EventId, uuid7
from tinhso.core.time import iso
from tinhso.foundation.events.models import Event, Pending, PrivatePart
from tinhso.foundation.events.types import declared_for, payload_of


def record(
    ctx: Context,
    event: object,
    *,
    subject: tuple[str, int],
    case_id: int | None = None,
    agency_id: int | None = None,
    private: dict[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> EventId:
    """Write `event` about `subject` with the change that it tells of; returns its id.

    `private` is kept apart, sealed and erasable. `agency_id` defaults to the actor's. `occurred_at` is the lawful
    instant when it differs from the recorded one (`ctx.now`). Raises RuntimeError outside a transaction: an event
    that could outlive its change, or miss it, is not a record.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its change")
    declared = declared_for(event)
    event_id = uuid7(ctx.now)
    salt = os.urandom(16)
    row = Event(
        id=event_id,
        type=declared.name,
        schema_version=declared.version,
        occurred_at=occurred_at or ctx.now,
        recorded_at=ctx.now,
        actor_id=ctx.account_id,
        post_id=ctx.post_id,
        agency_id=agency_id if agency_id is not None else ctx.agency_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        case_id=case_id,
        payload=canonical(payload_of(event)).decode(),
    )
    row.commitment = commitment(row, salt, private)
    _insert(
        row, PrivatePart(event_id=event_id, salt=salt, body=private), Pending(event_id=event_id, recorded_at=ctx.now)
    )
    return EventId(event_id)


def _insert(*rows: models.Model) -> None:
    """Rows of several tables in one statement: an event is one journey to the database, not three."""
    parts: list[str] = []
    values: list[Any] = []
    quote = connection.ops.quote_name
    for row in rows:
        fields = [field for field in row._meta.local_concrete_fields if field.column]
        names = ", ".join(quote(str(field.column)) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        parts.append(f"INSERT INTO {quote(row._meta.db_table)} ({names}) VALUES ({places})")  # noqa: S608  our own names
        values += [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    *first, last = parts
    beside = ", ".join(f"part_{number} AS ({part})" for number, part in enumerate(first))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {beside} {last}", values)


def commitment(event: Event, salt: bytes, private: dict[str, Any] | None) -> bytes:
    """The salted commitment of an event: HMAC-SHA256 under its salt of everything that was said.

    Times are ISO in microseconds as stored; a changed byte in any column gives another value.
    """
    said = {
        "id": str(event.id),
        "type": event.type,
        "version": event.schema_version,
        "occurred_at": _exact(event.occurred_at),
        "recorded_at": _exact(event.recorded_at),
        "actor": event.actor_id,
        "post": event.post_id,
        "agency": event.agency_id,
        "subject": [event.subject_kind, event.subject_id],
        "case": event.case_id,
        "payload": event.payload,
        "private": private,
    }
    return hmac.new(salt, canonical(said), hashlib.sha256).digest()


def _exact(moment: datetime) -> str:
    return f"{iso(moment)} {moment.microsecond:06d}"
