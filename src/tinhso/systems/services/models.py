"""What a person has begun to file, and where a procedure is not offered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tinhso.core.fields import EncryptedJSONField
from tinhso.core.privacy import Privacy
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, ProcedureRelease
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.identity.models import Account


class NotOffered(models.Model):
    """An agency that does not handle a procedure which its kind otherwise does, and who does instead."""

    id = models.BigAutoField(primary_key=True)
    procedure = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    instead = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    mark = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id procedure agency instead reason valid_from valid_to mark")

    class Meta:
        db_table = "services_not_offered"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "agency", "valid_from"], name="services_not_offered_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="services_not_offered_dates"
            ),
        ]


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
