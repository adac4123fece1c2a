import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tinhso.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("citizen", "Công dân"),
                            ("household_business", "Hộ kinh doanh"),
                            ("business", "Doanh nghiệp"),
                            ("organisation", "Tổ chức"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
                ("search_key", models.TextField()),
                ("number", tinhso.core.fields.EncryptedTextField(null=True)),
                ("number_lookup", models.BinaryField(null=True, unique=True)),
                ("birth_date", models.DateField(null=True)),
                ("sex", models.TextField(blank=True, choices=[("male", "Nam"), ("female", "Nữ")])),
                ("phone", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                ("address", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                (
                    "realm",
                    models.TextField(
                        choices=[
                            ("citizen", "Người dân, doanh nghiệp"),
                            ("officer", "Cán bộ, công chức, viên chức"),
                            ("system", "Hệ thống"),
                        ]
                    ),
                ),
                ("username", models.TextField(unique=True)),
                ("full_name", models.TextField()),
                ("email", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("assurance", models.SmallIntegerField(default=1)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("sort_key", models.TextField(db_collation="C")),
                (
                    "party",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="identity.party",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_realm", models.TextField(default="officer")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="agencies.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("account_realm", "officer")), name="identity_appointment_officer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="identity_appointment_dates",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("account", "="),
                            ("post", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="identity_appointment_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="party",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="identity_party_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["business", "citizen", "household_business", "organisation"])),
                name="identity_party_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["", "female", "male"])), name="identity_party_sex_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("id", "realm"), name="identity_account_realm"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("party__isnull", False), ("realm", "citizen")),
                    models.Q(models.Q(("realm", "citizen"), _negated=True), ("party__isnull", True)),
                    _connector="OR",
                ),
                name="identity_account_party_of_citizen",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("realm__in", ["citizen", "officer", "system"])), name="identity_account_realm_known"
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE identity_appointment ADD CONSTRAINT identity_appointment_account_in_realm"
            " FOREIGN KEY (account_id, account_realm) REFERENCES identity_account (id, realm)",
            "ALTER TABLE identity_appointment DROP CONSTRAINT identity_appointment_account_in_realm",
        ),
    ]
