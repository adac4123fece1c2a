"""Letters to people: what was said, to whom, by which version of which template."""

from typing import ClassVar

from django.db import models

from tinhso.core.fields import EncryptedTextField
from tinhso.core.privacy import Privacy


class Letter(models.Model):
    """A letter as written. Its delivery is a message of the outbox, one per carrier."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    case_id = models.BigIntegerField(null=True)
    party_id = models.BigIntegerField(null=True)
    template = models.TextField()
    template_version = models.TextField()
    subject = models.TextField()
    body = EncryptedTextField()
    written_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id case_id party_id template template_version written_at",
        personal="subject",
        sensitive="body",
    )

    class Meta:
        db_table = "notices_letter"
        indexes = [models.Index(fields=["case_id"], name="notices_letter_case")]
