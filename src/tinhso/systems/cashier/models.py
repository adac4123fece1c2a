"""What officers ask those who decide about money for: to let a payer off, to give money back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tinhso.core.database.choices import checks_choices
from tinhso.core.privacy import Privacy
from tinhso.foundation.payments.models import PaymentRequest, Refund


@checks_choices
class Proposal(models.Model):
    """One proposal (đề nghị) about one payment request, answered once by who decides.

    `amount` in đồng. `basis` is the legal ground of a waiver, empty for a refund; `way` how a refund is to be paid,
    empty for a waiver. The decision itself stands in the ledger of payments.
    """

    class Kind(models.TextChoices):
        WAIVER = "waiver", "Miễn, giảm"
        REFUND = "refund", "Hoàn phí"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ quyết định"
        APPROVED = "approved", "Đã đồng ý"
        DECLINED = "declined", "Không đồng ý"

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    kind = models.TextField(choices=Kind.choices)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    basis = models.TextField(blank=True)
    way = models.TextField(choices=Refund.Way.choices, blank=True)
    reason = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    asked_by = models.BigIntegerField()
    asked_agency = models.BigIntegerField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(
        internal="id public_id kind request amount basis way state asked_agency asked_at decided_at",
        personal="reason asked_by answer decided_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cashier_proposal_amount"),
            models.CheckConstraint(
                condition=Q(kind="waiver", way="") & ~Q(basis="") | Q(kind="refund", basis="") & ~Q(way=""),
                name="cashier_proposal_says_how",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="cashier_proposal_decided",
            ),
            models.UniqueConstraint(
                fields=["request", "kind"], condition=Q(state="waiting"), name="cashier_proposal_one_waiting"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="cashier_proposal_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} / {self.request_id}"
