"""The spine's tables: events by month, their order, their private parts, followers' places, and keys of requests."""

from typing import ClassVar

from django.db import models

from tinhso.core.fields import EncryptedJSONField
from tinhso.core.privacy import Privacy


class Event(models.Model):
    """One thing that happened. Never changed, never deleted."""

    pk = models.CompositePrimaryKey("recorded_at", "id")
    id = models.UUIDField()
    type = models.TextField()
    schema_version = models.SmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    payload = models.TextField()
    commitment = models.BinaryField()

    insert_only: ClassVar[bool] = True
    partitioned_by: ClassVar[str] = "recorded_at"
    privacy: ClassVar[Privacy] = Privacy(
        public="id type schema_version occurred_at recorded_at commitment",
        internal="post_id agency_id subject_kind subject_id case_id payload",
        personal="actor_id",
    )

    class Meta:
        db_table = "events_event"
        indexes = [
            models.Index(fields=["case_id", "recorded_at"], name="events_event_case"),
            models.Index(fields=["subject_kind", "subject_id", "recorded_at"], name="events_event_subject"),
        ]


class PrivatePart(models.Model):
    """What must be erasable of an event: its salt and what is private in its payload.

    Without the salt the event's commitment proves nothing about a person any more, and the tree above it still stands.
    """

    event_id = models.UUIDField(primary_key=True)
    salt = models.BinaryField()
    body = EncryptedJSONField(null=True)

    insert_only: ClassVar[bool] = True
    erasable: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="event_id salt", sensitive="body")

    class Meta:
        db_table = "events_private"


class Pending(models.Model):
    """Written with the event, removed when the sequencer has given it a position."""

    event_id = models.UUIDField(primary_key=True)
    recorded_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(internal="event_id recorded_at")

    class Meta:
        db_table = "events_pending"


class Position(models.Model):
    """The one gap-free order of events: 1, 2, 3, … as they were committed."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(public="position event_id recorded_at")

    class Meta:
        db_table = "events_position"


class Cursor(models.Model):
    """How far one follower has read."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField(default=0)

    privacy: ClassVar[Privacy] = Privacy(internal="name position")

    class Meta:
        db_table = "events_cursor"


class RequestKey(models.Model):
    """A write asked for under a key: the same key with the same body is answered again, not done again.

    Kept 400 days. What is stored is status and location, or JSON; never a page.
    """

    pk = models.CompositePrimaryKey("scope", "key")
    scope = models.TextField()
    key = models.TextField()
    fingerprint = models.BinaryField()
    status = models.SmallIntegerField(null=True)
    location = models.TextField(default="")
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(internal="scope key fingerprint status location body created_at")

    class Meta:
        db_table = "events_request_key"
        indexes = [models.Index(fields=["created_at"], name="events_request_key_age")]
