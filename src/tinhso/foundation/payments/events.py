"""The event types of payments. Names and addresses of payers are never in a public payload."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("payments.request.made", version=1)
@dataclass(frozen=True, slots=True)
class RequestMade:
    reference: str
    payment_round: int
    amount: int


@event_type("payments.request.cancelled", version=1)
@dataclass(frozen=True, slots=True)
class RequestCancelled:
    reference: str
    amount: int


@event_type("payments.request.waived", version=1)
@dataclass(frozen=True, slots=True)
class RequestWaived:
    """`left` is what is still due."""

    reference: str
    amount: int
    left: int
    basis: str


@event_type("payments.payment.received", version=1)
@dataclass(frozen=True, slots=True)
class PaymentReceived:
    """`left` is what is still due, `excess` what was too much; `receipt` the sign and number, empty while none is."""

    reference: str
    amount: int
    method: str
    gateway: str
    left: int
    excess: int
    receipt: str


@event_type("payments.payment.unmatched", version=1)
@dataclass(frozen=True, slots=True)
class PaymentUnmatched:
    gateway: str
    amount: int
    reason: str


@event_type("payments.payment.failed", version=1)
@dataclass(frozen=True, slots=True)
class PaymentFailed:
    gateway: str
    reference: str
    amount: int


@event_type("payments.payment.contradicted", version=1)
@dataclass(frozen=True, slots=True)
class PaymentContradicted:
    """A gateway told a known transaction again with another amount; the first one stands until people have looked."""

    gateway: str
    external_id: str
    known: int
    told: int


@event_type("payments.payment.returned", version=1)
@dataclass(frozen=True, slots=True)
class UnmatchedReturned:
    amount: int
    account: str


@event_type("payments.refund.ordered", version=1)
@dataclass(frozen=True, slots=True)
class RefundOrdered:
    reference: str
    amount: int


@event_type("payments.refund.paid", version=1)
@dataclass(frozen=True, slots=True)
class RefundPaid:
    reference: str
    amount: int
    account: str


@event_type("payments.budget.paid", version=1)
@dataclass(frozen=True, slots=True)
class HandedOver:
    account: str
    amount: int
    document: str


@event_type("payments.budget.corrected", version=1)
@dataclass(frozen=True, slots=True)
class HandOverUndone:
    account: str
    amount: int
    document: str


@event_type("payments.refund.withdrawn", version=1)
@dataclass(frozen=True, slots=True)
class RefundWithdrawn:
    """A decision to give back was taken back before it was paid; `replaced` by another one in the same act."""

    reference: str
    amount: int
    replaced: bool


@event_type("payments.fee.questioned", version=1)
@dataclass(frozen=True, slots=True)
class FeeQuestioned:
    """A dossier ended undecided though its fee was paid."""

    reference: str
    amount: int


@event_type("payments.fee.kept", version=1)
@dataclass(frozen=True, slots=True)
class FeeWasKept:
    reference: str
    amount: int
    basis: str
