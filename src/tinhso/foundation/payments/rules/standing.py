"""Where a request stands: worked out from its ledger rows, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .chart import EntryKind


class RequestState(StrEnum):
    WAITING = "waiting"
    PART_PAID = "part_paid"
    PAID = "paid"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums of one request in đồng.

    `received` is all money taken in for it, `credit` what was too much and awaits a refund decision, `to_refund` what
    is decided and not paid out, `kept` what stays with the State, `due` what the payer still owes.
    """

    charged: int
    received: int
    waived: int
    cancelled: int
    credit: int
    to_refund: int
    refunded: int
    kept: int
    due: int

    @property
    def state(self) -> RequestState:
        if self.due > 0:
            return RequestState.PART_PAID if self.kept > 0 else RequestState.WAITING
        if self.received == 0:
            return RequestState.WAIVED if self.waived > 0 else RequestState.CANCELLED
        if self.kept > 0:
            return RequestState.PAID
        return RequestState.REFUND_DUE if self.credit + self.to_refund > 0 else RequestState.REFUNDED

    @property
    def refundable(self) -> int:
        """The most a refund decision may still give back."""
        return self.credit + self.kept


def standing(sums: Mapping[EntryKind, int]) -> Standing:
    """The standing from the sums of a request's rows by kind."""

    def of(kind: EntryKind) -> int:
        return sums.get(kind, 0)

    received = of(EntryKind.PAYMENT) + of(EntryKind.MATCH)
    excess = of(EntryKind.EXCESS)
    from_credit = of(EntryKind.REFUND_OF_CREDIT) - of(EntryKind.REFUND_OF_CREDIT_UNDONE)
    from_fee = of(EntryKind.REFUND_OF_FEE) - of(EntryKind.REFUND_OF_FEE_UNDONE)
    return Standing(
        charged=of(EntryKind.CHARGE),
        received=received,
        waived=of(EntryKind.WAIVER),
        cancelled=of(EntryKind.CANCELLATION),
        credit=excess - from_credit,
        to_refund=from_credit + from_fee - of(EntryKind.PAYOUT),
        refunded=of(EntryKind.PAYOUT),
        kept=received - excess - from_fee,
        due=of(EntryKind.CHARGE) + excess - received - of(EntryKind.WAIVER) - of(EntryKind.CANCELLATION),
    )


class Reason(StrEnum):
    """Why money that came was not taken for a request.

    `TOO_LITTLE` stands on rows written before less than due was taken as a part of it; no new row has it.
    """

    UNKNOWN_REFERENCE = "unknown_reference"
    TOO_LITTLE = "too_little"
    OTHER_ACCOUNT = "other_account"


def why_not_taken(*, account_asked: str, account_paid: str) -> Reason | None:
    """Why money that names a request cannot be taken for it, or None when it can.

    Any amount is taken: less than due lowers what is still asked, more than due becomes the payer's credit.
    """
    return Reason.OTHER_ACCOUNT if account_paid and account_paid != account_asked else None
