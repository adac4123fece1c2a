from django.db import migrations, models

import tinhso.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("case_id", models.BigIntegerField(null=True)),
                ("party_id", models.BigIntegerField(null=True)),
                ("template", models.TextField()),
                ("template_version", models.TextField()),
                ("subject", models.TextField()),
                ("body", tinhso.core.fields.EncryptedTextField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "db_table": "notices_letter",
                "indexes": [models.Index(fields=["case_id"], name="notices_letter_case")],
            },
        ),
    ]
