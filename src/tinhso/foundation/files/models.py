"""Blobs by content, reached only through references."""

from typing import ClassVar

from django.db import models

from tinhso.core.database.choices import checks_choices
from tinhso.core.privacy import Class, Privacy


class Blob(models.Model):
    """Bytes kept once under the SHA-256 of what they are (before encryption)."""

    sha256 = models.TextField(primary_key=True)
    size = models.BigIntegerField()
    media_type = models.TextField()
    stored_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(internal="sha256 size media_type stored_at")


@checks_choices
class FileRef(models.Model):
    """Why a blob is kept: its name here, whose it is, how private, until when."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="references")
    name = models.TextField()
    owner_kind = models.TextField()
    owner_id = models.BigIntegerField()
    privacy_class = models.TextField(choices=[(kind.value, kind.value) for kind in Class])
    keep_until = models.DateField(null=True)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id blob owner_kind owner_id privacy_class keep_until created_by_id created_at",
        personal="name",
    )

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="files_ref_owner")]
