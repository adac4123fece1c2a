"""Things to tell the world, kept with the change, sent until answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.fields import EncryptedJSONField
from tinhso.core.privacy import Privacy


@checks_choices
class Message(models.Model):
    """One thing to tell one receiver through one carrier (`email`, `sms`, `national_portal`, …)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        GIVEN_UP = "given_up", "Không gửi được"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    carrier = models.TextField()
    dedupe_key = models.TextField(unique=True)
    case_id = models.BigIntegerField(null=True)
    payload = EncryptedJSONField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id carrier dedupe_key case_id state attempts next_try_at last_error created_at sent_at",
        sensitive="payload",
    )

    class Meta:
        db_table = "outbox_message"
        indexes = [models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="outbox_waiting")]
