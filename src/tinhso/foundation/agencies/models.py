"""Places, agencies and posts, each dated; what closed stays, linked to what came after."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.privacy import Privacy

_DATED = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
_LIFE = Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField())


@checks_choices
class Place(models.Model):
    """An administrative unit (đơn vị hành chính) for the time its code meant it.

    The same code may mean another place before and after 1 July 2025: a place is code and dates together.
    `valid_to` is the first day it is no more. Position in WGS84 degrees, approximate.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", "cấp tỉnh"
        DISTRICT = "district", "cấp huyện"
        COMMUNE = "commune", "cấp xã"

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    level = models.TextField(choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    search_key = models.TextField()
    sort_key = models.TextField(db_collation="C")

    privacy: ClassVar[Privacy] = Privacy(
        public="id code name kind level parent valid_from valid_to latitude longitude search_key sort_key"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="agencies_place_code"),
            models.CheckConstraint(condition=_DATED, name="agencies_place_dates"),
        ]
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="agencies_place_search")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class PlaceSuccession(models.Model):
    """What a closed place became; a split one has several rows (`partial`)."""

    id = models.BigAutoField(primary_key=True)
    predecessor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="origins")
    effective = models.DateField()
    partial = models.BooleanField()
    basis = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id predecessor successor effective partial basis")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="agencies_place_succession_once")
        ]


@checks_choices
class Agency(models.Model):
    """An organisation that acts: a committee, a department, a centre, a police office.

    `line` is the ministry's code for agencies of a ministry's line (G01 police, G12 tax and insurance), else empty.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(unique=True)
    kind = models.TextField()
    level = models.TextField(choices=Place.Level.choices)
    name = models.TextField()
    short_name = models.TextField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="agencies")
    line = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    search_key = models.TextField()
    sort_key = models.TextField(db_collation="C")

    privacy: ClassVar[Privacy] = Privacy(
        public="id key kind level name short_name parent place line valid_from valid_to search_key sort_key"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=_DATED, name="agencies_agency_dates")]
        indexes = [models.Index(fields=["kind", "place"], name="agencies_agency_kind")]

    def __str__(self) -> str:
        return self.name


@checks_choices
class AgencyCode(models.Model):
    """An identifier of an agency in one generation, dated (Decision 20/2020/QĐ-TTg; QCVN 102:2016/BTTTT).

    `invented`: the code is not published; it serves this installation's demo and says so wherever it is shown.
    """

    class Scheme(models.TextChoices):
        QD20 = "qd20", "QĐ 20/2020/QĐ-TTg"
        QCVN102 = "qcvn102", "QCVN 102:2016/BTTTT"

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="codes")
    scheme = models.TextField(choices=Scheme.choices)
    code = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    invented = models.BooleanField(default=False)

    privacy: ClassVar[Privacy] = Privacy(public="id agency scheme code valid_from valid_to invented")

    class Meta:
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (_LIFE, RangeOperators.OVERLAPS),
                ],
                name="agencies_code_of_one",
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9A-Z.]{2,35}$"), name="agencies_code_alphabet"),
            models.CheckConstraint(condition=_DATED, name="agencies_code_dates"),
        ]


class AgencySuccession(models.Model):
    """Which agency took over from a closed one."""

    id = models.BigAutoField(primary_key=True)
    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="origins")
    effective = models.DateField()
    basis = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id predecessor successor effective basis")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="agencies_succession_once")]


class AgencyClosure(models.Model):
    """Every ancestor of every agency in today's tree, itself included at depth 0."""

    id = models.BigAutoField(primary_key=True)
    ancestor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    depth = models.SmallIntegerField()

    privacy: ClassVar[Privacy] = Privacy(public="id ancestor descendant depth")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="agencies_closure_once")]


class ServiceArea(models.Model):
    """The communes that a branch serves (land registration, tax, insurance), dated."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="areas")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="served_by")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    mark = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id agency place valid_from valid_to mark")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "place", "valid_from"], name="agencies_area_once")]


@checks_choices
class Post(models.Model):
    """A post (vị trí): work of one role in one agency, held by one or more officers.

    `sectors` narrows a specialist's post to fields of work; empty means all of them. `stood_in_for` is no column:
    `identity.queries.held_posts` says there whose post it is that an officer acts from in their stead.
    """

    class Role(models.TextChoices):
        COUNTER = "counter", "Tiếp nhận và trả kết quả"
        SPECIALIST = "specialist", "Chuyên viên"
        LEADER = "leader", "Lãnh đạo"
        CLERK = "clerk", "Văn thư"
        HEAD = "head", "Phụ trách Trung tâm"
        OPERATOR = "operator", "Cán bộ hệ thống ngành"
        PUBLISHER = "publisher", "Kiểm soát thủ tục hành chính"
        ADMIN = "admin", "Quản trị"

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.TextField(choices=Role.choices)
    title = models.TextField()
    sectors = ArrayField(models.TextField(), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    stood_in_for: int | None = None

    privacy: ClassVar[Privacy] = Privacy(public="id key agency role title sectors valid_from valid_to")

    class Meta:
        constraints = [models.CheckConstraint(condition=_DATED, name="agencies_post_dates")]
        indexes = [models.Index(fields=["agency", "role"], name="agencies_post_role")]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency}"


class CodeEntry(models.Model):
    """One entry of a dated code list (prefixes of personal numbers, ethnic groups, …).

    `demo`: it exists only in a demo's list and says so wherever it is shown.
    """

    id = models.BigAutoField(primary_key=True)
    list = models.TextField()
    code = models.TextField()
    name = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    demo = models.BooleanField(default=False)
    basis = models.TextField()
    mark = models.TextField()

    privacy: ClassVar[Privacy] = Privacy(public="id list code name valid_from valid_to demo basis mark")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "valid_from"], name="agencies_code_entry_once"),
            models.CheckConstraint(condition=_DATED, name="agencies_code_entry_dates"),
        ]
