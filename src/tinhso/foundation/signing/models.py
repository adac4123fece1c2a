"""The room's table: soft signing keys, sealed with the installation key."""

from typing import ClassVar

from django.db import models

from tinhso.core.database.choices import checks_choices
from tinhso.core.privacy import Privacy


@checks_choices
class SigningKey(models.Model):
    """A person's or an agency's key with its certificate.

    `p12`: an encrypted PKCS#12 file whose PIN only its holder knows, sealed once more with `seal_bytes` under
    `P12_PURPOSE`. Owners are plain ids: accounts and agencies are other rooms'.
    """

    class Owner(models.TextChoices):
        PERSON = "person", "Người có thẩm quyền"
        AGENCY = "agency", "Cơ quan, tổ chức"

    class Status(models.TextChoices):
        ACTIVE = "active", "Đang dùng"
        REPLACED = "replaced", "Đã thay"
        REVOKED = "revoked", "Đã thu hồi"

    owner = models.TextField(choices=Owner)
    account_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    serial = models.TextField(unique=True)
    subject = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    p12 = models.BinaryField()
    status = models.TextField(choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(
        public="serial subject not_before not_after status",
        internal="id owner agency_id created_at",
        personal="account_id",
        sensitive="p12",
    )

    class Meta:
        db_table = "signing_key"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner="person", account_id__isnull=False, agency_id__isnull=True)
                | models.Q(owner="agency", account_id__isnull=True, agency_id__isnull=False),
                name="signing_key_has_one_owner",
            ),
            models.CheckConstraint(condition=models.Q(not_after__gt=models.F("not_before")), name="signing_key_life"),
            models.UniqueConstraint(
                fields=["account_id"],
                condition=models.Q(status="active", owner="person"),
                name="signing_key_one_active_of_person",
            ),
            models.UniqueConstraint(
                fields=["agency_id"],
                condition=models.Q(status="active", owner="agency"),
                name="signing_key_one_active_of_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.serial})"
