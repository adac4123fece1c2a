from django.db import migrations, models

import tinhso.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("carrier", models.TextField()),
                ("dedupe_key", models.TextField(unique=True)),
                ("case_id", models.BigIntegerField(null=True)),
                ("payload", tinhso.core.fields.EncryptedJSONField()),
                (
                    "state",
                    models.TextField(
                        choices=[("waiting", "Chờ gửi"), ("sent", "Đã gửi"), ("given_up", "Không gửi được")],
                        default="waiting",
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "outbox_message",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_try_at"], name="outbox_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["given_up", "sent", "waiting"])),
                        name="outbox_message_state_known",
                    )
                ],
            },
        ),
    ]
