"""What a payment gateway is to us: a Protocol, and the plain values that cross it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class GatewayConfig:
    """How to reach one gateway. `key` names it in our ledger and call-back address; `partner` is our code at theirs."""

    key: str
    name: str
    partner: str
    secret: str = field(repr=False)
    base_url: str
    timeout_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Notice:
    """What a gateway says about one transaction: `amount` in đồng, below 0 for a refund it sent.

    `reference` is its text as it came, perhaps with other words around ours; `account` the account credited, if told.
    """

    external_id: str
    reference: str
    amount: int
    paid_at: datetime
    succeeded: bool = True
    account: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What we ask a gateway's page to collect; `back_url` is where the payer's browser returns to.

    From `expires_at` on the gateway takes nothing for it.
    """

    reference: str
    amount: int
    description: str
    payer_name: str
    account: str
    lines: tuple[Mapping[str, object], ...]
    dossier_code: str
    collector_name: str
    back_url: str
    made_at: datetime
    expires_at: datetime


class BadMessage(Exception):
    """A message that cannot be read."""


class BadSignature(BadMessage):
    """A message that the gateway did not sign."""


class Gateway(Protocol):
    """Any gateway: it calls back, and it gives a file of each day."""

    @property
    def key(self) -> str: ...

    @property
    def method(self) -> str:
        """How the payer paid, as receipts say it: `transfer` or `card`."""
        ...

    def read_callback(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """The notice a call-back brings. Raises BadSignature or BadMessage."""
        ...

    def day_file(self, day: date) -> tuple[Notice, ...]:
        """Every successful transaction of `day`. Raises TryLater when the gateway does not answer rightly."""
        ...


@runtime_checkable
class PageGateway(Gateway, Protocol):
    """A gateway with a page of its own, to which the payer is sent; it can be asked and can send money back."""

    def start(self, order: Order) -> str:
        """The address of the page. Raises TryLater."""
        ...

    def find_notice(self, reference: str) -> Notice | None:
        """What the gateway itself says of an attempt; None while nothing is decided. Raises TryLater."""
        ...

    def call_off(self, reference: str, now: datetime) -> Notice | None:
        """Make an order unpayable; the payment when it was paid before, else None. Asking again changes nothing.

        An order that the gateway never heard of is called off too. Raises TryLater.
        """
        ...

    def send_back(self, reference: str, external_id: str, amount: int, now: datetime) -> Notice:
        """Refund `amount` of a transaction under our own `reference`, once however often asked. Raises TryLater."""
        ...
