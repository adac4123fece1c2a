"""Accounts in realms that never mix, the parties that apply, and who holds which post."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.fields import EncryptedTextField
from tinhso.core.privacy import Privacy
from tinhso.foundation.agencies.models import Place, Post


class Realm(models.TextChoices):
    CITIZEN = "citizen", "Người dân, doanh nghiệp"
    OFFICER = "officer", "Cán bộ, công chức, viên chức"
    SYSTEM = "system", "Hệ thống"


@checks_choices
class Party(models.Model):
    """A person or organisation that may apply.

    Numbers (personal identity number, tax code) are sealed and found by keyed digest.
    """

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "Công dân"
        HOUSEHOLD_BUSINESS = "household_business", "Hộ kinh doanh"
        BUSINESS = "business", "Doanh nghiệp"
        ORGANISATION = "organisation", "Tổ chức"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    kind = models.TextField(choices=Kind.choices)
    name = models.TextField()
    search_key = models.TextField()
    number = EncryptedTextField(null=True)
    number_lookup = models.BinaryField(null=True, unique=True)
    birth_date = models.DateField(null=True)
    sex = models.TextField(blank=True, choices=[("male", "Nam"), ("female", "Nữ")])
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.TextField(blank=True)
    created_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id kind created_at",
        personal="name search_key birth_date sex phone email place address",
        sensitive="number number_lookup",
    )

    class Meta:
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="identity_party_search")]

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


@checks_choices
class Account(AbstractBaseUser):
    """One account in one realm, for ever. A person who is both citizen and officer has two."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    realm = models.TextField(choices=Realm.choices)
    username = models.TextField(unique=True)
    full_name = models.TextField()
    email = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    party = models.OneToOneField(Party, null=True, on_delete=models.PROTECT, related_name="account")
    assurance = models.SmallIntegerField(default=1)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    sort_key = models.TextField(db_collation="C")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id realm assurance active created_at last_login",
        personal="username full_name email phone party sort_key",
        sensitive="password",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "realm"], name="identity_account_realm"),
            models.CheckConstraint(
                condition=Q(realm=Realm.CITIZEN, party__isnull=False)
                | (~Q(realm=Realm.CITIZEN) & Q(party__isnull=True)),
                name="identity_account_party_of_citizen",
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.active

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.pk and not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)


class Appointment(models.Model):
    """An officer holds a post, from a date, perhaps until one.

    The database refuses an account of another realm: (account, realm) is one foreign key, and the realm is checked.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    account_realm = models.TextField(default=Realm.OFFICER)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar[Privacy] = Privacy(internal="id account account_realm post valid_from valid_to")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(account_realm=Realm.OFFICER), name="identity_appointment_officer"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="identity_appointment_dates",
            ),
            ExclusionConstraint(
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                name="identity_appointment_once",
            ),
        ]


class Delegation(models.Model):
    """From a date to a date, an officer stands in for another in one post (làm thay), who still holds it.

    `valid_to` is the first day it no longer holds, always known; of one ended early, the day it ended.
    """

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations_given")
    deputy = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations_taken")
    valid_from = models.DateField()
    valid_to = models.DateField()
    ground = models.TextField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(internal="id post holder deputy valid_from valid_to ground given_by given_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="identity_delegation_dates"),
            models.CheckConstraint(condition=~Q(holder=F("deputy")), name="identity_delegation_to_another"),
            ExclusionConstraint(
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                name="identity_delegation_one_deputy",
            ),
        ]
        indexes = [models.Index(fields=["deputy", "valid_to"], name="identity_delegation_deputy")]

    @property
    def last_day(self) -> date:
        return self.valid_to - timedelta(days=1)


class Attempt(models.Model):
    """How often a secret was tried wrongly of late. `key`: keyed digest of the secret's kind and whose it is."""

    key = models.BinaryField(primary_key=True)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    privacy: ClassVar[Privacy] = Privacy(internal="began_at count", personal="key")
