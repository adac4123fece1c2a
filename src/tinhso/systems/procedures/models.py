"""The national catalogue as imported, what a person must look at, and what persons have settled."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.privacy import Privacy
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.models import Account


class CatalogueRecord(models.Model):
    """A procedure of the national catalogue as it stands.

    `parsed` is what the rules read from the newest revision, `document` the same with what persons settled laid over
    it (see rules.document for the shape). The other columns are drawn from `document`, for lists and search.
    """

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    fingerprint = models.TextField()
    revision = models.IntegerField()
    parser_version = models.IntegerField()
    parsed = models.JSONField()
    document = models.JSONField()
    imported_at = models.DateTimeField()
    name = models.TextField()
    sector = models.TextField(blank=True)
    sector_key = models.TextField(blank=True)
    levels = ArrayField(models.TextField(), default=list)
    search_key = models.TextField()
    squash_key = models.TextField()
    sort_key = models.TextField(db_collation="C")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_key", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    privacy: ClassVar[Privacy] = Privacy(
        public="id code fingerprint revision parser_version parsed document imported_at name sector sector_key levels"
        " search_key squash_key sort_key search_vector"
    )

    class Meta:
        db_table = "procedures_record"
        indexes = [
            models.Index(fields=["sort_key", "code"], name="procedures_record_order"),
            models.Index(fields=["sector_key", "sort_key", "code"], name="procedures_record_sector"),
            GinIndex(fields=["search_vector"], name="procedures_record_words"),
            GinIndex(fields=["squash_key"], opclasses=["gin_trgm_ops"], name="procedures_record_squash"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CatalogueRevision(models.Model):
    """What the national catalogue said of a procedure, and since when we know: one row for each new content."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(CatalogueRecord, on_delete=models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    fingerprint = models.TextField()
    raw = models.JSONField()
    imported_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(public="id record number fingerprint raw imported_at")

    class Meta:
        db_table = "procedures_revision"
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="procedures_revision_once")]


@checks_choices
class ReviewItem(models.Model):
    """One doubt about one value, until a person settles it.

    `text` is the passage that was doubted. `withheld`: the value is left empty because of this doubt. An item is
    `gone` when the newest content no longer raises it.
    """

    class State(models.TextChoices):
        OPEN = "open", "Cần xem"
        SETTLED = "settled", "Đã xác nhận"
        GONE = "gone", "Không còn"

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(CatalogueRecord, on_delete=models.PROTECT, related_name="items")
    field = models.TextField()
    position = models.IntegerField(null=True)
    reason = models.TextField()
    text = models.TextField()
    withheld = models.BooleanField()
    state = models.TextField(choices=State.choices, default=State.OPEN)
    value = models.JSONField(null=True)
    version = models.IntegerField(default=1)
    opened_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(
        public="id record field position reason text withheld state value version opened_at"
    )

    class Meta:
        db_table = "procedures_review_item"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="settled", value__isnull=False) | ~Q(state="settled"),
                name="procedures_review_item_settled",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="procedures_review_item_version"),
        ]
        indexes = [
            models.Index(fields=["record", "id"], name="procedures_review_open", condition=Q(state="open")),
            models.Index(
                fields=["field", "reason", "record"], name="procedures_review_by_field", condition=Q(state="open")
            ),
            models.Index(fields=["record", "field", "position"], name="procedures_review_of_record"),
        ]


class Settlement(models.Model):
    """What a person decided about one review item, in which words of which content; never changed.

    `value` as rules.settled describes it; `text` is the passage that was on the screen.
    """

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="settlements")
    number = models.IntegerField()
    value = models.JSONField()
    text = models.TextField()
    note = models.TextField(blank=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id item number value text note settled_by post settled_at")

    class Meta:
        db_table = "procedures_settlement"
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="procedures_settlement_once")]


class CatalogueWord(models.Model):
    """A word of some procedure's name or sector, without marks: what a misspelt word is compared with."""

    word = models.TextField(primary_key=True)
    uses = models.IntegerField()

    privacy: ClassVar[Privacy] = Privacy(public="word uses")

    class Meta:
        db_table = "procedures_word"
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="procedures_word_like")]
        constraints = [models.CheckConstraint(condition=Q(uses__gte=1), name="procedures_word_used")]
