"""What was asked, what moved, what was given in hand for it. Everything about money is only ever added."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.privacy import Privacy
from tinhso.foundation.payments.rules.chart import UNDONE_BY, EntryKind
from tinhso.foundation.payments.rules.law import Mark

_DATED = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
_ACCOUNT = r"^(receivable|credit|refunds|unmatched|(cash|revenue|waived|budget)/[0-9]+|clearing/[a-z][a-z0-9-]*)$"
_OF_CREDIT = [
    EntryKind.EXCESS.value,
    EntryKind.REFUND_OF_CREDIT.value,
    EntryKind.REFUND_OF_CREDIT_UNDONE.value,
]
_OF_NO_REQUEST = [
    EntryKind.UNMATCHED.value,
    EntryKind.UNMATCHED_RETURN.value,
    EntryKind.HAND_OVER.value,
    EntryKind.HAND_OVER_UNDONE.value,
]
_ABOUT_ANOTHER = [
    EntryKind.MATCH.value,
    EntryKind.UNMATCHED_RETURN.value,
    *(kind.value for kind in UNDONE_BY.values()),
]


class Method(models.TextChoices):
    """How a payer paid."""

    CASH = "cash", "Tiền mặt"
    TRANSFER = "transfer", "Chuyển khoản"
    CARD = "card", "Thẻ, ví điện tử"


@checks_choices
class CouncilRate(models.Model):
    """A fee the provincial People's Council set, in đồng, from a day until another (`valid_to`: first day it no longer
    holds). Loaded from the province's table; a request keeps the amount of its own day."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField()
    amount = models.BigIntegerField()
    basis = models.TextField()
    mark = models.TextField(choices=[(mark.value, mark.value) for mark in Mark])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar[Privacy] = Privacy(public="id key amount basis mark valid_from valid_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="payments_rate_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payments_rate_amount"),
            models.CheckConstraint(condition=_DATED, name="payments_rate_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount} ({self.basis})"


class WaiverWindow(models.Model):
    """A benefit over many fees for a time, declared as `rules.declared.parse_benefit` reads it."""

    key = models.TextField(primary_key=True)
    declared = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar[Privacy] = Privacy(public="key declared valid_from valid_to")

    class Meta:
        constraints = [models.CheckConstraint(condition=_DATED, name="payments_window_dates")]

    def __str__(self) -> str:
        return self.key


class PaymentRequest(models.Model):
    """Money asked for a dossier, once per round; amount and lines as they were on the day of asking.

    Its state is the sum of its ledger rows (`queries.standing_of`). `case_id`, `made_by` and `agency_id` (the agency
    whose fee it is) are plain ids. The bank account is empty where only the counter takes money.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    case_id = models.BigIntegerField()
    dossier_code = models.TextField()
    payment_round = models.SmallIntegerField()
    reference = models.TextField(unique=True)
    amount = models.BigIntegerField()
    lines = models.JSONField()
    payer_name = models.TextField()
    payer_address = models.TextField(blank=True)
    payer_tax_code = models.TextField(blank=True)
    agency_id = models.BigIntegerField()
    collector_name = models.TextField()
    collector_tax_code = models.TextField(blank=True)
    bank_bin = models.TextField(blank=True)
    bank_account = models.TextField(blank=True)
    bank_holder = models.TextField(blank=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        public="id public_id agency_id collector_name collector_tax_code bank_bin bank_account bank_holder",
        internal="case_id dossier_code payment_round reference amount lines made_at",
        personal="payer_name payer_address payer_tax_code made_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "payment_round"], name="payments_request_once_a_round"),
            models.CheckConstraint(condition=Q(amount__gt=0, payment_round__gt=0), name="payments_request_amount"),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[0-9A-Z]{6,25}$"), name="payments_request_reference"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PaymentAttempt(models.Model):
    """One try to pay a request through a gateway's own page; its public id is what the gateway calls it by.

    `amount` in đồng and `expires_at` are what the order asks for and until when; the oldest rows have neither.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="attempts")
    gateway = models.TextField()
    amount = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id public_id request gateway amount made_at expires_at")

    class Meta:
        indexes = [models.Index(fields=["gateway", "made_at"], name="payments_attempt_recent")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """One word of capital letters and digits, as gateways take it."""
        return self.public_id.hex.upper()


@checks_choices
class AttemptEnd(models.Model):
    """An order that can no longer be paid at the gateway: it was paid, or we had it withdrawn there."""

    class Outcome(models.TextChoices):
        PAID = "paid", "Đã thanh toán"
        WITHDRAWN = "withdrawn", "Đã hủy ở cổng thanh toán"

    id = models.BigAutoField(primary_key=True)
    attempt = models.OneToOneField(PaymentAttempt, on_delete=models.PROTECT, related_name="end")
    outcome = models.TextField(choices=Outcome.choices)
    ended_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id attempt outcome ended_at")

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.outcome}"


@checks_choices
class GatewayTransaction(models.Model):
    """Money that a gateway says moved, once per its own id: the key that makes a second call-back harmless.

    `amount` in đồng is above 0 for money in and below 0 for a refund sent out.
    """

    id = models.BigAutoField(primary_key=True)
    gateway = models.TextField()
    external_id = models.TextField()
    method = models.TextField(choices=Method.choices)
    amount = models.BigIntegerField()
    reference = models.TextField(blank=True)
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        internal="id gateway external_id method amount paid_at recorded_at", personal="reference"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "external_id"], name="payments_transaction_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="payments_transaction_amount"),
        ]
        indexes = [models.Index(fields=["gateway", "paid_at"], name="payments_transaction_day")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.external_id}"


@checks_choices
class GatewayMessage(models.Model):
    """A message a gateway signed, whole, once per content; also of failed payments and of ones that contradict.

    What is not signed by the gateway is logged and not stored.
    """

    class Outcome(models.TextChoices):
        RECEIVED = "received", "Đã ghi thu"
        UNMATCHED = "unmatched", "Chưa xác định được hồ sơ"
        KNOWN = "known", "Đã biết"
        DIFFERS = "differs", "Khác số tiền đã báo trước đó"
        FAILED = "failed", "Giao dịch không thành công"

    id = models.BigAutoField(primary_key=True)
    gateway = models.TextField()
    digest = models.BinaryField()
    body = models.TextField()
    outcome = models.TextField(choices=Outcome.choices)
    external_id = models.TextField()
    received_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id gateway digest outcome external_id received_at", personal="body")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "digest"], name="payments_message_once")]
        indexes = [models.Index(fields=["id"], condition=Q(outcome="differs"), name="payments_message_differs")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.external_id} {self.outcome}"


@checks_choices
class Refund(models.Model):
    """A decision to give money back, and which way. It is paid once a payout row in the ledger names it, and withdrawn
    once rows undo the ones it made. `source` is the payment that a gateway is to send back (the oldest rows have none).
    """

    class Way(models.TextChoices):
        CASH = "cash", "Tiền mặt tại quầy"
        TRANSFER = "transfer", "Chuyển khoản của cơ quan"
        GATEWAY = "gateway", "Qua cổng thanh toán đã thu"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    way = models.TextField(choices=Way.choices)
    source = models.ForeignKey(GatewayTransaction, null=True, on_delete=models.PROTECT, related_name="refunds")
    reason = models.TextField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id request amount way source decided_at", personal="reason decided_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_amount"),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | Q(way="gateway"), name="payments_refund_source_of_gateway"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} / {self.request_id}"

    @property
    def reference(self) -> str:
        return self.public_id.hex.upper()


@checks_choices
class PaymentEntry(models.Model):
    """One row of the ledger: `amount` đồng from account `credit` to account `debit` (see rules.chart).

    Balanced by construction, never changed. `occurred_at` is when the money moved, `recorded_at` when we wrote it.
    `about` names the unmatched row that a match or a return moves on, or the row that a correcting row undoes.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in EntryKind])
    debit = models.TextField()
    credit = models.TextField()
    amount = models.BigIntegerField()
    request = models.ForeignKey(PaymentRequest, null=True, on_delete=models.PROTECT, related_name="entries")
    transaction = models.ForeignKey(GatewayTransaction, null=True, on_delete=models.PROTECT, related_name="entries")
    refund = models.ForeignKey(Refund, null=True, on_delete=models.PROTECT, related_name="entries")
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    reason = models.TextField(blank=True)
    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        internal="id kind debit credit amount request transaction refund about post_id occurred_at recorded_at",
        personal="account_id reason",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(debit=F("credit")), name="payments_entry_moves"),
            models.CheckConstraint(
                condition=Q(debit__regex=_ACCOUNT, credit__regex=_ACCOUNT), name="payments_entry_accounts"
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(kind__in=_OF_NO_REQUEST), name="payments_entry_has_request"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind=EntryKind.CHARGE.value), name="payments_entry_one_charge"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(kind=EntryKind.CANCELLATION.value),
                name="payments_entry_one_cancellation",
            ),
            models.UniqueConstraint(
                fields=["transaction"],
                condition=Q(kind__in=[EntryKind.PAYMENT.value, EntryKind.UNMATCHED.value]),
                name="payments_entry_one_arrival",
            ),
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(kind__in=_ABOUT_ANOTHER),
                name="payments_entry_one_destiny",
            ),
            models.UniqueConstraint(
                fields=["refund"], condition=Q(kind=EntryKind.PAYOUT.value), name="payments_entry_one_payout"
            ),
            models.CheckConstraint(
                condition=(Q(kind=EntryKind.PAYOUT.value, refund__isnull=False) | ~Q(kind=EntryKind.PAYOUT.value))
                & (Q(kind__in=_ABOUT_ANOTHER, about__isnull=False) | ~Q(kind__in=_ABOUT_ANOTHER)),
                name="payments_entry_names_its_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["request", "kind"], name="payments_entry_request"),
            models.Index(fields=["id"], condition=Q(kind=EntryKind.UNMATCHED.value), name="payments_entry_unmatched"),
            models.Index(fields=["request"], condition=Q(kind__in=_OF_CREDIT), name="payments_entry_excess"),
            models.Index(fields=["debit", "occurred_at"], name="payments_entry_debit"),
            models.Index(fields=["credit", "occurred_at"], name="payments_entry_credit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}: {self.credit} -> {self.debit}"


class DepositSlip(models.Model):
    """The number of the slip by which collected money was handed over to the budget of an agency: once per agency.

    `key` is the number as compared (capital letters, single spaces). A hand-over entered wrongly is undone by the row
    `undone`; its number is then free for the right one.
    """

    id = models.BigAutoField(primary_key=True)
    agency_id = models.BigIntegerField()
    number = models.TextField()
    key = models.TextField()
    entry = models.OneToOneField(PaymentEntry, on_delete=models.PROTECT, related_name="slip")
    undone = models.OneToOneField(PaymentEntry, null=True, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[Privacy] = Privacy(internal="id agency_id number key entry undone")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "key"], condition=Q(undone__isnull=True), name="payments_slip_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="payments_slip_number"),
        ]

    def __str__(self) -> str:
        return self.number


class FeeQuestion(models.Model):
    """A fee paid in full for a dossier that then ended undecided: whether it goes back waits for a decision.

    It is answered by a refund of what is left, or by a `FeeKept`.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.OneToOneField(PaymentRequest, on_delete=models.PROTECT, related_name="question")
    reason = models.TextField()
    asked_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id request asked_at", personal="reason")

    def __str__(self) -> str:
        return f"fee of {self.request_id}"


class FeeKept(models.Model):
    """The decision that such a fee is not given back: on which legal `basis`, and why, in words the payer reads."""

    id = models.BigAutoField(primary_key=True)
    question = models.OneToOneField(FeeQuestion, on_delete=models.PROTECT, related_name="kept")
    amount = models.BigIntegerField()
    basis = models.TextField()
    reason = models.TextField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(internal="id question amount basis decided_at", personal="reason decided_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_kept_amount"),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(reason=""), name="payments_kept_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} / {self.question_id}"


@checks_choices
class Receipt(models.Model):
    """A receipt (biên lai): at most one per request, numbered without gap in the collector's book of the year."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    request = models.OneToOneField(PaymentRequest, on_delete=models.PROTECT, related_name="receipt")
    book = models.TextField()
    year = models.SmallIntegerField()
    number = models.BigIntegerField()
    form = models.TextField()
    sign = models.TextField()
    amount = models.BigIntegerField()
    method = models.TextField(choices=Method.choices)
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()

    insert_only: ClassVar[bool] = True
    privacy: ClassVar[Privacy] = Privacy(
        public="id public_id book year number form sign amount method issued_at",
        internal="request",
        personal="issued_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="payments_receipt_number"),
            models.CheckConstraint(condition=Q(amount__gt=0, number__gt=0), name="payments_receipt_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.number}"
