import django.db.models.deletion
from django.db import migrations, models

import tinhso.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0001_initial"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="dossier",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("procedure", models.TextField()),
                (
                    "filing",
                    models.TextField(
                        choices=[
                            ("self", "Người dân tự nộp"),
                            ("counter", "Cán bộ nhập tại quầy"),
                            ("helped", "Có người hỗ trợ nộp"),
                        ]
                    ),
                ),
                (
                    "return_by",
                    models.TextField(
                        choices=[("online", "Bản điện tử"), ("centre", "Nhận tại Trung tâm"), ("post", "Qua bưu chính")]
                    ),
                ),
                ("contact_phone", models.TextField(blank=True)),
                ("contact_email", models.TextField(blank=True)),
                ("explanation", models.JSONField(null=True)),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.place"
                    ),
                ),
            ],
            options={
                "db_table": "onestop_dossier",
                "indexes": [models.Index(fields=["procedure", "case"], name="onestop_dossier_procedure")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("filing__in", ["counter", "helped", "self"])),
                        name="onestop_dossier_filing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("return_by__in", ["centre", "online", "post"])),
                        name="onestop_dossier_return_by_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("key", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[("draft", "Dự thảo"), ("signed", "Đã ký, chờ cấp số"), ("issued", "Đã phát hành")]
                    ),
                ),
                ("content", tinhso.core.fields.EncryptedJSONField(null=True)),
                ("book", models.TextField(blank=True)),
                ("year", models.SmallIntegerField(null=True)),
                ("number", models.BigIntegerField(null=True)),
                ("notation", models.TextField(blank=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("signer_id", models.BigIntegerField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="cases.case"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.fileref"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.fileref"
                    ),
                ),
                (
                    "signed",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.fileref"
                    ),
                ),
            ],
            options={
                "db_table": "onestop_result",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "key"), name="onestop_result_once"),
                    models.UniqueConstraint(fields=("agency", "book", "year", "number"), name="onestop_result_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", True),
                            models.Q(("year__isnull", False), models.Q(("book", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="onestop_result_number_in_book",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("file__isnull", False), ("issued_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="onestop_result_issued_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "issued", "signed"])),
                        name="onestop_result_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("kind", models.TextField()),
                ("data", tinhso.core.fields.EncryptedJSONField()),
                ("issued_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slips", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "onestop_slip",
                "indexes": [models.Index(fields=["case", "kind"], name="onestop_slip_case")],
            },
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("round", models.SmallIntegerField()),
                ("wanted", tinhso.core.fields.EncryptedJSONField()),
                ("asked_at", models.DateTimeField()),
                ("close_on", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supplements", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "onestop_supplement",
                "constraints": [models.UniqueConstraint(fields=("case", "round"), name="onestop_supplement_round")],
            },
        ),
    ]
