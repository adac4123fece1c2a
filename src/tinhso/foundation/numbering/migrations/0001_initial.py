from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Taken",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "year", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.TextField()),
                ("year", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "db_table": "numbering_taken",
            },
        ),
        migrations.CreateModel(
            name="Book",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "year", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.TextField()),
                ("year", models.SmallIntegerField()),
                ("last", models.BigIntegerField()),
            ],
            options={
                "db_table": "numbering_book",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("last__gt", 0)), name="numbering_book_positive")
                ],
            },
        ),
    ]
