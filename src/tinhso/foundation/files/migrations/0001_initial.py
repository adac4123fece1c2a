import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("sha256", models.TextField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("media_type", models.TextField()),
                ("stored_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FileRef",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("name", models.TextField()),
                ("owner_kind", models.TextField()),
                ("owner_id", models.BigIntegerField()),
                (
                    "privacy_class",
                    models.TextField(
                        choices=[
                            ("public", "public"),
                            ("internal", "internal"),
                            ("personal", "personal"),
                            ("sensitive", "sensitive"),
                        ]
                    ),
                ),
                ("keep_until", models.DateField(null=True)),
                ("created_by_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="references", to="files.blob"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner_kind", "owner_id"], name="files_ref_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("privacy_class__in", ["internal", "personal", "public", "sensitive"])),
                        name="files_fileref_privacy_class_known",
                    )
                ],
            },
        ),
    ]
