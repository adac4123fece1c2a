from django.db import migrations, models

import tinhso.core.fields
from tinhso.core.database.partitions import CreatePartitionedModel


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "events_cursor",
            },
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                ("event_id", models.UUIDField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "events_pending",
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "events_position",
            },
        ),
        migrations.CreateModel(
            name="PrivatePart",
            fields=[
                ("event_id", models.UUIDField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
                ("body", tinhso.core.fields.EncryptedJSONField(null=True)),
            ],
            options={
                "db_table": "events_private",
            },
        ),
        CreatePartitionedModel(
            by="recorded_at",
            name="Event",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "recorded_at", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.UUIDField()),
                ("type", models.TextField()),
                ("schema_version", models.SmallIntegerField()),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("post_id", models.BigIntegerField(null=True)),
                ("agency_id", models.BigIntegerField(null=True)),
                ("subject_kind", models.TextField()),
                ("subject_id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField(null=True)),
                ("payload", models.TextField()),
                ("commitment", models.BinaryField()),
            ],
            options={
                "db_table": "events_event",
                "indexes": [
                    models.Index(fields=["case_id", "recorded_at"], name="events_event_case"),
                    models.Index(fields=["subject_kind", "subject_id", "recorded_at"], name="events_event_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scope", models.TextField()),
                ("key", models.TextField()),
                ("fingerprint", models.BinaryField()),
                ("status", models.SmallIntegerField(null=True)),
                ("location", models.TextField(default="")),
                ("body", models.JSONField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "events_request_key",
                "indexes": [models.Index(fields=["created_at"], name="events_request_key_age")],
            },
        ),
    ]
