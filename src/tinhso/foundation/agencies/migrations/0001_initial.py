import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CodeEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("list", models.TextField()),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("demo", models.BooleanField(default=False)),
                ("basis", models.TextField()),
                ("mark", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("list", "code", "valid_from"), name="agencies_code_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="agencies_code_entry_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                (
                    "level",
                    models.TextField(
                        choices=[("province", "cấp tỉnh"), ("district", "cấp huyện"), ("commune", "cấp xã")]
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("search_key", models.TextField()),
                ("sort_key", models.TextField(db_collation="C")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agencies.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField(unique=True)),
                ("kind", models.TextField()),
                (
                    "level",
                    models.TextField(
                        choices=[("province", "cấp tỉnh"), ("district", "cấp huyện"), ("commune", "cấp xã")]
                    ),
                ),
                ("name", models.TextField()),
                ("short_name", models.TextField()),
                ("line", models.TextField(blank=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("search_key", models.TextField()),
                ("sort_key", models.TextField(db_collation="C")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agencies.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agencies",
                        to="agencies.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceSuccession",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("effective", models.DateField()),
                ("partial", models.BooleanField()),
                ("basis", models.TextField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions", to="agencies.place"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="agencies.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField(unique=True)),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("counter", "Tiếp nhận và trả kết quả"),
                            ("specialist", "Chuyên viên"),
                            ("leader", "Lãnh đạo"),
                            ("clerk", "Văn thư"),
                            ("head", "Phụ trách Trung tâm"),
                            ("operator", "Cán bộ hệ thống ngành"),
                            ("publisher", "Kiểm soát thủ tục hành chính"),
                            ("admin", "Quản trị"),
                        ]
                    ),
                ),
                ("title", models.TextField()),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="agencies.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceArea",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("mark", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="areas", to="agencies.agency"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="served_by", to="agencies.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencyClosure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("depth", models.SmallIntegerField()),
                (
                    "ancestor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "descendant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ancestor", "descendant"), name="agencies_closure_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "scheme",
                    models.TextField(choices=[("qd20", "QĐ 20/2020/QĐ-TTg"), ("qcvn102", "QCVN 102:2016/BTTTT")]),
                ),
                ("code", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("invented", models.BooleanField(default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("scheme", "="),
                            ("code", "="),
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
                        name="agencies_code_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9A-Z.]{2,35}$")), name="agencies_code_alphabet"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="agencies_code_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scheme__in", ["qcvn102", "qd20"])), name="agencies_agencycode_scheme_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencySuccession",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("effective", models.DateField()),
                ("basis", models.TextField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions", to="agencies.agency"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="agencies_succession_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="agencies_place_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("level", "code", "valid_from"), name="agencies_place_code"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="agencies_place_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["commune", "district", "province"])),
                name="agencies_place_level_known",
            ),
        ),
        migrations.AddIndex(
            model_name="agency",
            index=models.Index(fields=["kind", "place"], name="agencies_agency_kind"),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="agencies_agency_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["commune", "district", "province"])),
                name="agencies_agency_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="placesuccession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor"), name="agencies_place_succession_once"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["agency", "role"], name="agencies_post_role"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="agencies_post_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["admin", "clerk", "counter", "head", "leader", "operator", "publisher", "specialist"])
                ),
                name="agencies_post_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicearea",
            constraint=models.UniqueConstraint(fields=("agency", "place", "valid_from"), name="agencies_area_once"),
        ),
    ]
