"""The event types of the cashier's desk. Reasons and answers are private."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("cashier.proposal.made", version=1)
@dataclass(frozen=True, slots=True)
class ProposalMade:
    kind: str
    reference: str
    amount: int


@event_type("cashier.proposal.decided", version=1)
@dataclass(frozen=True, slots=True)
class ProposalDecided:
    kind: str
    reference: str
    amount: int
    state: str
