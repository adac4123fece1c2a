import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tinhso.core.fields
from tinhso.core.database.partitions import CreatePartitionedModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("files", "0001_initial"),
        ("identity", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcedureRelease",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("procedure", models.TextField()),
                ("content_hash", models.TextField(unique=True)),
                ("document", models.TextField()),
                ("templates", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_release",
            },
        ),
        migrations.CreateModel(
            name="StepNote",
            fields=[
                ("record_id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", tinhso.core.fields.EncryptedTextField()),
            ],
            options={
                "db_table": "cases_step_note",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("code", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("case_key", models.TextField(blank=True)),
                (
                    "channel",
                    models.TextField(
                        choices=[("in_person", "Trực tiếp"), ("post", "Bưu chính công ích"), ("online", "Trực tuyến")]
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                (
                    "business",
                    models.TextField(
                        choices=[
                            ("submitted", "Mới nộp, chờ tiếp nhận"),
                            ("accepted", "Đã tiếp nhận"),
                            ("in_process", "Đang giải quyết"),
                            ("supplement", "Chờ bổ sung"),
                            ("withdraw_requested", "Yêu cầu rút"),
                            ("rejected", "Không được tiếp nhận"),
                            ("refused", "Không giải quyết"),
                            ("stopped", "Đã dừng"),
                            ("closed", "Đã đóng"),
                            ("resolved", "Đã có kết quả"),
                            ("returned", "Đã trả kết quả"),
                        ]
                    ),
                ),
                (
                    "money",
                    models.TextField(
                        choices=[
                            ("none", "Không thu"),
                            ("undecided", "Chờ mức thu"),
                            ("due", "Chưa nộp"),
                            ("paid", "Đã nộp"),
                            ("refunded", "Đã hoàn"),
                        ],
                        default="none",
                    ),
                ),
                (
                    "custody",
                    models.TextField(
                        choices=[
                            ("none", "Không có bản giấy"),
                            ("with_applicant", "Người nộp giữ"),
                            ("at_centre", "Tại Trung tâm"),
                            ("at_agency", "Tại cơ quan giải quyết"),
                            ("returned", "Đã trả"),
                        ],
                        default="none",
                    ),
                ),
                (
                    "sync",
                    models.TextField(
                        choices=[
                            ("none", "Không đồng bộ"),
                            ("pending", "Chờ đồng bộ"),
                            ("sent", "Đã đồng bộ"),
                            ("failed", "Lỗi đồng bộ"),
                        ],
                        default="none",
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "applicant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="identity.party",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "helped_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.procedurerelease",
                    ),
                ),
            ],
            options={
                "db_table": "cases_case",
            },
        ),
        migrations.CreateModel(
            name="ReleasePublication",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("procedure", models.TextField()),
                ("effective", models.DateField()),
                ("withdrawn", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="cases.procedurerelease",
                    ),
                ),
            ],
            options={
                "db_table": "cases_release_publication",
            },
        ),
        CreatePartitionedModel(
            by="recorded_at",
            name="StepRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "recorded_at", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("case_id", models.BigIntegerField()),
                ("case_version", models.IntegerField()),
                ("step", models.TextField()),
                ("act", models.TextField()),
                ("from_state", models.TextField()),
                ("to_state", models.TextField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("post_id", models.BigIntegerField(null=True)),
                ("agency_id", models.BigIntegerField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "cases_step_record",
                "indexes": [models.Index(fields=["case_id", "recorded_at"], name="cases_step_record_case")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("step", models.TextField(blank=True)),
                ("procedure", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="cases.case"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="cases.task"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="agencies.post"
                    ),
                ),
            ],
            options={
                "db_table": "cases_task",
            },
        ),
        migrations.CreateModel(
            name="CaseAgency",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("part", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agencies", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "cases_case_agency",
                "constraints": [models.UniqueConstraint(fields=("case", "part"), name="cases_case_agency_part")],
            },
        ),
        migrations.CreateModel(
            name="CaseAnswers",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.SmallIntegerField()),
                ("answers", tinhso.core.fields.EncryptedJSONField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "cases_case_answers",
                "constraints": [models.UniqueConstraint(fields=("case", "version"), name="cases_case_answers_version")],
            },
        ),
        migrations.CreateModel(
            name="CasePaper",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("round", models.SmallIntegerField(default=0)),
                ("originals", models.SmallIntegerField(default=0)),
                ("copies", models.SmallIntegerField(default=0)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="cases.case"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.fileref"
                    ),
                ),
            ],
            options={
                "db_table": "cases_case_paper",
                "indexes": [models.Index(fields=["case", "round"], name="cases_case_paper_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("file__isnull", False), ("originals__gt", 0), ("copies__gt", 0), _connector="OR"
                        ),
                        name="cases_case_paper_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.SmallIntegerField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("start", "Bắt đầu"),
                            ("pause", "Tạm dừng"),
                            ("resume", "Chạy tiếp"),
                            ("restart", "Tính lại từ đầu"),
                            ("extend", "Gia hạn"),
                            ("shorten", "Rút ngắn"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField()),
                ("amount", models.IntegerField(null=True)),
                ("unit", models.TextField(blank=True)),
                ("ground", models.TextField()),
                ("calendar_version_id", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clock", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "cases_clock_entry",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "seq"), name="cases_clock_entry_order"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["extend", "pause", "restart", "resume", "shorten", "start"])),
                        name="cases_clock_entry_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotOffered",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("procedure", models.TextField()),
                ("reason", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("mark", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "instead",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "db_table": "cases_not_offered",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("procedure", "agency", "valid_from"), name="cases_not_offered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="cases_not_offered_dates",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["applicant", "-id"], name="cases_case_applicant"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["received_by", "-id"], name="cases_case_received"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["decided_by", "-id"], name="cases_case_decided"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("business__in", ("submitted", "accepted", "in_process", "supplement", "withdraw_requested"))
                ),
                fields=["business", "due_at"],
                name="cases_case_open",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["submitted_at"], name="cases_case_submitted_at"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["resolved_at"], name="cases_case_resolved_at"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("business__in", ("accepted", "in_process", "supplement", "refused", "resolved", "returned")),
                        _negated=True,
                    ),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="cases_case_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("business__in", ("refused", "resolved", "returned")), _negated=True),
                    ("resolved_at__isnull", False),
                    _connector="OR",
                ),
                name="cases_case_resolved",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("business", "returned"), _negated=True), ("returned_at__isnull", False), _connector="OR"
                ),
                name="cases_case_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="cases_case_version"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["in_person", "online", "post"])), name="cases_case_channel_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "business__in",
                        [
                            "accepted",
                            "closed",
                            "in_process",
                            "refused",
                            "rejected",
                            "resolved",
                            "returned",
                            "stopped",
                            "submitted",
                            "supplement",
                            "withdraw_requested",
                        ],
                    )
                ),
                name="cases_case_business_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("money__in", ["due", "none", "paid", "refunded", "undecided"])),
                name="cases_case_money_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("custody__in", ["at_agency", "at_centre", "none", "returned", "with_applicant"])),
                name="cases_case_custody_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("sync__in", ["failed", "none", "pending", "sent"])), name="cases_case_sync_known"
            ),
        ),
        migrations.AddIndex(
            model_name="releasepublication",
            index=models.Index(fields=["procedure", "effective", "id"], name="cases_publication_day"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["post", "due_at", "id"], name="cases_task_inbox"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("case", "step", "post"), name="cases_task_once"),
        ),
    ]
