import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField(unique=True)),
                ("name", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9-]{2,60}$")), name="calendars_calendar_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarAssignment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("agency_id", models.BigIntegerField()),
                ("procedure", models.TextField(blank=True)),
                ("valid_from", models.DateField()),
                ("decision", models.TextField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="calendars.calendar"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency_id", "procedure", "valid_from"), name="calendars_assignment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("document", models.JSONField()),
                ("content_hash", models.BinaryField()),
                ("in_force_from", models.DateField()),
                ("decision", models.TextField()),
                ("published_at", models.DateTimeField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="calendars.calendar"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("calendar", "number"), name="calendars_version_number"),
                    models.UniqueConstraint(
                        fields=("calendar", "in_force_from", "content_hash"), name="calendars_version_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="calendars_version_from_one"),
                ],
            },
        ),
    ]
