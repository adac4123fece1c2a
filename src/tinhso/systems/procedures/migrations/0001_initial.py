import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField(unique=True)),
                ("fingerprint", models.TextField()),
                ("revision", models.IntegerField()),
                ("parser_version", models.IntegerField()),
                ("parsed", models.JSONField()),
                ("document", models.JSONField()),
                ("imported_at", models.DateTimeField()),
                ("name", models.TextField()),
                ("sector", models.TextField(blank=True)),
                ("sector_key", models.TextField(blank=True)),
                (
                    "levels",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("search_key", models.TextField()),
                ("squash_key", models.TextField()),
                ("sort_key", models.TextField(db_collation="C")),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector("search_key", config="simple"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "db_table": "procedures_record",
                "indexes": [
                    models.Index(fields=["sort_key", "code"], name="procedures_record_order"),
                    models.Index(fields=["sector_key", "sort_key", "code"], name="procedures_record_sector"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="procedures_record_words"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["squash_key"], name="procedures_record_squash", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CatalogueWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("uses", models.IntegerField()),
            ],
            options={
                "db_table": "procedures_word",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="procedures_word_like", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("uses__gte", 1)), name="procedures_word_used")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("field", models.TextField()),
                ("position", models.IntegerField(null=True)),
                ("reason", models.TextField()),
                ("text", models.TextField()),
                ("withheld", models.BooleanField()),
                (
                    "state",
                    models.TextField(
                        choices=[("open", "Cần xem"), ("settled", "Đã xác nhận"), ("gone", "Không còn")], default="open"
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("version", models.IntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="procedures.cataloguerecord",
                    ),
                ),
            ],
            options={
                "db_table": "procedures_review_item",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("value", models.JSONField()),
                ("text", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="procedures.reviewitem",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "procedures_settlement",
            },
        ),
        migrations.CreateModel(
            name="CatalogueRevision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("fingerprint", models.TextField()),
                ("raw", models.JSONField()),
                ("imported_at", models.DateTimeField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="procedures.cataloguerecord",
                    ),
                ),
            ],
            options={
                "db_table": "procedures_revision",
                "constraints": [models.UniqueConstraint(fields=("record", "number"), name="procedures_revision_once")],
            },
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["record", "id"], name="procedures_review_open"
            ),
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["field", "reason", "record"],
                name="procedures_review_by_field",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(fields=["record", "field", "position"], name="procedures_review_of_record"),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "settled"), ("value__isnull", False)),
                    models.Q(("state", "settled"), _negated=True),
                    _connector="OR",
                ),
                name="procedures_review_item_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="procedures_review_item_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["gone", "open", "settled"])),
                name="procedures_review_item_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="procedures_settlement_once"),
        ),
    ]
