"""Calendars, their versions for ever, and which office works by which."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tinhso.core.privacy import Privacy


class Calendar(models.Model):
    """A way of working through the week, by name: office hours, a police office with Saturday morning."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id code name")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z0-9-]{2,60}$"), name="calendars_calendar_code")
        ]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """One calendar as it was decided once: sessions, days off, swapped days, as a document (see rules/calendar.py).

    Never changed. A new decision is a new version, used by clocks started on or after `in_force_from`; a running case
    keeps its version until an act moves it. `content_hash`: SHA-256 of the canonical document.
    """

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    document = models.JSONField()
    content_hash = models.BinaryField()
    in_force_from = models.DateField()
    decision = models.TextField()
    published_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        public="id calendar number document content_hash in_force_from decision published_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendars_version_number"),
            models.UniqueConstraint(
                fields=["calendar", "in_force_from", "content_hash"], name="calendars_version_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="calendars_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} v{self.number}"


class CalendarAssignment(models.Model):
    """From `valid_from` an agency works by a calendar, for one procedure or (empty) for all; until the next row.

    `agency_id` is a plain id: agencies stand above this room.
    """

    id = models.BigAutoField(primary_key=True)
    agency_id = models.BigIntegerField()
    procedure = models.TextField(blank=True)
    valid_from = models.DateField()
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="assignments")
    decision = models.TextField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(public="id agency_id procedure valid_from calendar decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "procedure", "valid_from"], name="calendars_assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.procedure} {self.valid_from}"


class Period(models.Model):
    """A period of law that belongs to no single procedure (a reply within 8 hours, an apology a day before), dated.

    `valid_to` is the first day it no longer holds; `amount` 0 means at once. Marks: read, secondary, assumed.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.TextField()
    name = models.TextField()
    amount = models.IntegerField()
    unit = models.TextField()
    basis = models.TextField()
    mark = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar[Privacy] = Privacy(public="id key name amount unit basis mark valid_from valid_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="calendars_period_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="calendars_period_amount"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="calendars_period_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount} {self.unit}"
