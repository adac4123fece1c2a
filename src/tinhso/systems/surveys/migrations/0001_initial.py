import django.db.models.deletion
from django.db import migrations, models

import tinhso.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("time", models.SmallIntegerField()),
                ("information", models.SmallIntegerField()),
                ("attitude", models.SmallIntegerField()),
                ("result", models.SmallIntegerField()),
                ("overall", models.SmallIntegerField()),
                ("comment", tinhso.core.fields.EncryptedTextField(null=True)),
                ("given_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rating", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "surveys_rating",
                "indexes": [models.Index(fields=["given_at"], name="surveys_rating_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("time__range", (1, 5)),
                            ("information__range", (1, 5)),
                            ("attitude__range", (1, 5)),
                            ("result__range", (1, 5)),
                            ("overall__range", (1, 5)),
                        ),
                        name="surveys_rating_points",
                    )
                ],
            },
        ),
    ]
