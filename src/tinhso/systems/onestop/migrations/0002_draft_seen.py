import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("onestop", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftSeen",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField()),
                ("seen_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.fileref"
                    ),
                ),
            ],
            options={
                "db_table": "onestop_draft_seen",
                "constraints": [models.UniqueConstraint(fields=("file", "account_id"), name="onestop_draft_seen_once")],
            },
        ),
    ]
