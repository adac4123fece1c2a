"""The chart of accounts and the happenings that move money between them.

Every row of the ledger moves one amount from the account it credits to the account it debits, so the books balance by
construction. Accounts are short texts; `/` separates an owner: the agency's id or the gateway's key.
The money of a request is the sum of its rows, never a column that is edited.
"""

from dataclasses import dataclass
from enum import StrEnum

RECEIVABLE = "receivable"
"""What payers owe; read per request."""
CREDIT = "credit"
"""Money a payer paid beyond what was due: theirs, waiting for a refund decision."""
REFUNDS = "refunds"
"""Refunds decided and not yet paid out."""
UNMATCHED = "unmatched"
"""Money that came and that no request can take: unknown reference, another account."""


def cash(agency_id: int) -> str:
    """Cash at the counter of an agency."""
    return f"cash/{agency_id}"


def clearing(gateway: str) -> str:
    """Money a gateway says it holds or has sent on."""
    return f"clearing/{gateway}"


def revenue(agency_id: int) -> str:
    """Fees and charges of the agency that decides the dossier."""
    return f"revenue/{agency_id}"


def waived(agency_id: int) -> str:
    """Fees charged and then waived."""
    return f"waived/{agency_id}"


def budget(agency_id: int) -> str:
    """Money handed over to the budget (or the agency's treasury account)."""
    return f"budget/{agency_id}"


class EntryKind(StrEnum):
    CHARGE = "charge"
    PAYMENT = "payment"
    EXCESS = "excess"
    WAIVER = "waiver"
    CANCELLATION = "cancellation"
    UNMATCHED = "unmatched"
    MATCH = "match"
    UNMATCHED_RETURN = "unmatched_return"
    REFUND_OF_CREDIT = "refund_of_credit"
    REFUND_OF_FEE = "refund_of_fee"
    PAYOUT = "payout"
    HAND_OVER = "hand_over"
    REFUND_OF_CREDIT_UNDONE = "refund_of_credit_undone"
    REFUND_OF_FEE_UNDONE = "refund_of_fee_undone"
    HAND_OVER_UNDONE = "hand_over_undone"


UNDONE_BY: dict[EntryKind, EntryKind] = {
    EntryKind.REFUND_OF_CREDIT: EntryKind.REFUND_OF_CREDIT_UNDONE,
    EntryKind.REFUND_OF_FEE: EntryKind.REFUND_OF_FEE_UNDONE,
    EntryKind.HAND_OVER: EntryKind.HAND_OVER_UNDONE,
}
"""What may be put right by a row that moves the same amount back, and the kind of that row."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One row to write: `amount` đồng (above 0) to `debit`, from `credit`."""

    kind: EntryKind
    debit: str
    credit: str
    amount: int

    def __post_init__(self) -> None:
        if self.amount <= 0 or self.debit == self.credit:
            raise ValueError("a movement has two accounts and an amount above zero")


def charge(agency_id: int, amount: int) -> Movement:
    return Movement(EntryKind.CHARGE, RECEIVABLE, revenue(agency_id), amount)


def payment(holder: str, amount: int) -> Movement:
    """`holder` is where the money lies: `cash(...)` or `clearing(...)`."""
    return Movement(EntryKind.PAYMENT, holder, RECEIVABLE, amount)


def excess(amount: int) -> Movement:
    return Movement(EntryKind.EXCESS, RECEIVABLE, CREDIT, amount)


def waiver(agency_id: int, amount: int) -> Movement:
    return Movement(EntryKind.WAIVER, waived(agency_id), RECEIVABLE, amount)


def cancellation(agency_id: int, amount: int) -> Movement:
    return Movement(EntryKind.CANCELLATION, revenue(agency_id), RECEIVABLE, amount)


def unmatched(holder: str, amount: int) -> Movement:
    return Movement(EntryKind.UNMATCHED, holder, UNMATCHED, amount)


def match(amount: int) -> Movement:
    return Movement(EntryKind.MATCH, UNMATCHED, RECEIVABLE, amount)


def unmatched_return(holder: str, amount: int) -> Movement:
    return Movement(EntryKind.UNMATCHED_RETURN, UNMATCHED, holder, amount)


def refund_of_credit(amount: int) -> Movement:
    return Movement(EntryKind.REFUND_OF_CREDIT, CREDIT, REFUNDS, amount)


def refund_of_fee(agency_id: int, amount: int) -> Movement:
    return Movement(EntryKind.REFUND_OF_FEE, revenue(agency_id), REFUNDS, amount)


def payout(holder: str, amount: int) -> Movement:
    return Movement(EntryKind.PAYOUT, REFUNDS, holder, amount)


def hand_over(holder: str, agency_id: int, amount: int) -> Movement:
    return Movement(EntryKind.HAND_OVER, budget(agency_id), holder, amount)


def undo(done: Movement) -> Movement:
    """The correcting movement: the same amount the other way. Raises KeyError for what is not undone like this."""
    return Movement(UNDONE_BY[done.kind], done.credit, done.debit, done.amount)
