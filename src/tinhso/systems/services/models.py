"""What a person has begun to file."""

from typing import ClassVar

from django.db import models

from tinhso.core.fields import EncryptedJSONField
from tinhso.core.privacy import Privacy
from tinhso.foundation.cases.models import Case, ProcedureRelease
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.identity.models import Account


class Draft(models.Model):
    """A dossier being filled in: answers so far, under the release it was begun with. Kept for its owner alone."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="drafts")
    release = models.ForeignKey(ProcedureRelease, on_delete=models.PROTECT, related_name="+")
    answers = EncryptedJSONField()
    choices = EncryptedJSONField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="draft")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id release case begun_at changed_at",
        personal="account",
        sensitive="answers choices",
    )

    class Meta:
        db_table = "services_draft"
        indexes = [models.Index(fields=["account", "-changed_at"], name="services_draft_owner")]


class Lookup(models.Model):
    """How much of its measure a stranger's address has used up by looking up codes, as the instant it is whole again.

    `key`: keyed digest of the address, alone or with the beginning that codes share.
    """

    key = models.BinaryField(primary_key=True)
    whole_at = models.DateTimeField(db_index=True)

    privacy: ClassVar[Privacy] = Privacy(internal="whole_at", personal="key")

    class Meta:
        db_table = "services_lookup"


class DraftPaper(models.Model):
    """A paper uploaded to a draft."""

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="papers")
    key = models.TextField()
    file = models.ForeignKey(FileRef, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(internal="id draft key file added_at")

    class Meta:
        db_table = "services_draft_paper"
