import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tinhso.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("answers", tinhso.core.fields.EncryptedJSONField()),
                ("choices", tinhso.core.fields.EncryptedJSONField()),
                ("begun_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="draft", to="cases.case"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.procedurerelease"
                    ),
                ),
            ],
            options={
                "db_table": "services_draft",
            },
        ),
        migrations.CreateModel(
            name="DraftPaper",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("added_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="services.draft"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.fileref"
                    ),
                ),
            ],
            options={
                "db_table": "services_draft_paper",
            },
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["account", "-changed_at"], name="services_draft_owner"),
        ),
    ]
