from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.TextField(choices=[("person", "Người có thẩm quyền"), ("agency", "Cơ quan, tổ chức")]),
                ),
                ("account_id", models.BigIntegerField(null=True)),
                ("agency_id", models.BigIntegerField(null=True)),
                ("serial", models.TextField(unique=True)),
                ("subject", models.TextField()),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("p12", models.BinaryField()),
                (
                    "status",
                    models.TextField(
                        choices=[("active", "Đang dùng"), ("replaced", "Đã thay"), ("revoked", "Đã thu hồi")],
                        default="active",
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "signing_key",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account_id__isnull", False), ("agency_id__isnull", True), ("owner", "person")),
                            models.Q(("account_id__isnull", True), ("agency_id__isnull", False), ("owner", "agency")),
                            _connector="OR",
                        ),
                        name="signing_key_has_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("not_after__gt", models.F("not_before"))), name="signing_key_life"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner", "person"), ("status", "active")),
                        fields=("account_id",),
                        name="signing_key_one_active_of_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner", "agency"), ("status", "active")),
                        fields=("agency_id",),
                        name="signing_key_one_active_of_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner__in", ["agency", "person"])), name="signing_key_owner_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "replaced", "revoked"])),
                        name="signing_key_status_known",
                    ),
                ],
            },
        ),
    ]
