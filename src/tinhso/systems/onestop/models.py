"""What a dossier has beyond its case: who filed it how, its supplements, its results, the slips given out."""

from typing import ClassVar

from django.db import models

from tinhso.core.database.choices import checks_choices
from tinhso.core.fields import EncryptedJSONField
from tinhso.core.privacy import Privacy
from tinhso.foundation.agencies.models import Agency, Place
from tinhso.foundation.cases.models import Case
from tinhso.foundation.files.models import FileRef


@checks_choices
class Dossier(models.Model):
    """A case of a procedure (hồ sơ).

    `filing` tells a dossier that the citizen filed from one typed in for them: by the counter, or with a helper.
    """

    class Filing(models.TextChoices):
        SELF = "self", "Người dân tự nộp"
        COUNTER = "counter", "Cán bộ nhập tại quầy"
        HELPED = "helped", "Có người hỗ trợ nộp"

    class ReturnBy(models.TextChoices):
        ONLINE = "online", "Bản điện tử"
        CENTRE = "centre", "Nhận tại Trung tâm"
        POST = "post", "Qua bưu chính"

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="dossier")
    procedure = models.TextField()
    filing = models.TextField(choices=Filing.choices)
    return_by = models.TextField(choices=ReturnBy.choices)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    contact_phone = models.TextField(blank=True)
    contact_email = models.TextField(blank=True)
    explanation = models.JSONField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        public="procedure filing explanation",
        internal="case return_by place",
        personal="contact_phone contact_email",
    )

    class Meta:
        db_table = "onestop_dossier"
        indexes = [models.Index(fields=["procedure", "case"], name="onestop_dossier_procedure")]


class Supplement(models.Model):
    """A supplement asked for, once and in full, and its answer (Decree 118/2025/NĐ-CP art. 19.5)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    round = models.SmallIntegerField()
    wanted = EncryptedJSONField()
    asked_at = models.DateTimeField()
    close_on = models.DateField()
    answered_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        public="round asked_at close_on answered_at", internal="id case", sensitive="wanted"
    )

    class Meta:
        db_table = "onestop_supplement"
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="onestop_supplement_round")]


@checks_choices
class Result(models.Model):
    """A result of a dossier on its way: drafted, signed, numbered and sealed, or received from a ministry's system.

    `number` is of the agency's `book` of the `year`; a result from a ministry's system has none, only its `notation`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        SIGNED = "signed", "Đã ký, chờ cấp số"
        ISSUED = "issued", "Đã phát hành"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="results")
    key = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=State.choices)
    content = EncryptedJSONField(null=True)
    draft = models.ForeignKey(FileRef, null=True, on_delete=models.PROTECT, related_name="+")
    signed = models.ForeignKey(FileRef, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(FileRef, null=True, on_delete=models.PROTECT, related_name="+")
    book = models.TextField(blank=True)
    year = models.SmallIntegerField(null=True)
    number = models.BigIntegerField(null=True)
    notation = models.TextField(blank=True)
    issued_at = models.DateTimeField(null=True)
    signer_id = models.BigIntegerField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        public="public_id key agency state book year number notation issued_at",
        internal="id case draft signed file",
        personal="signer_id",
        sensitive="content",
    )

    class Meta:
        db_table = "onestop_result"
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="onestop_result_once"),
            models.UniqueConstraint(fields=["agency", "book", "year", "number"], name="onestop_result_number"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True) | (models.Q(year__isnull=False) & ~models.Q(book="")),
                name="onestop_result_number_in_book",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued") | models.Q(file__isnull=False, issued_at__isnull=False),
                name="onestop_result_issued_is_whole",
            ),
        ]


class DraftSeen(models.Model):
    """An officer had the draft of a result before their eyes: what nobody looked at is not put before the leader."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(FileRef, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    seen_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id file seen_at", personal="account_id")

    class Meta:
        db_table = "onestop_draft_seen"
        constraints = [models.UniqueConstraint(fields=["file", "account_id"], name="onestop_draft_seen_once")]


class Slip(models.Model):
    """A slip given out (giấy tiếp nhận, phiếu yêu cầu bổ sung, phiếu từ chối …): what it says, for ever.

    Its PDF is made from these data, the same each time.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="slips")
    kind = models.TextField()
    data = EncryptedJSONField()
    issued_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(public="kind issued_at", internal="id public_id case", sensitive="data")

    class Meta:
        db_table = "onestop_slip"
        indexes = [models.Index(fields=["case", "kind"], name="onestop_slip_case")]
