"""What the gateway knows: orders opened by the partner, and money that moved. In memory, behind one lock."""

import secrets
import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

VIETNAM = timezone(timedelta(hours=7))
CARD, TRANSFER = "THE", "VIETQR"
SUCCESS, FAILURE = "00", "01"


def now() -> datetime:
    return datetime.now(tz=VIETNAM)


@dataclass(frozen=True)
class Transaction:
    """`amount` in đồng, below 0 for a refund; `status` "00" when the money moved."""

    id: str
    channel: str
    reference: str
    amount: int
    at: datetime
    status: str
    account: str = ""

    def fields(self) -> dict[str, Any]:
        """As the protocol tells it."""
        told: dict[str, Any] = {
            "MaGiaoDich": self.id,
            "MaThamChieu": self.reference,
            "SoTien": self.amount,
            "MaTienTe": "VND",
            "ThoiGianGD": self.at.strftime("%Y%m%d%H%M%S"),
            "TrangThai": self.status,
        }
        if self.account:
            told["TKThuHuong"] = self.account
        return told


@dataclass(frozen=True)
class Order:
    """An order the partner opened; `token` is its page's unguessable name."""

    token: str
    reference: str
    amount: int
    description: str
    back_url: str
    account: str
    collector: str
    until: datetime | None = None


class Over(Exception):
    """An order that can no longer be paid: called off, or past its time."""


@dataclass
class Bank:
    """All of it. Every public method is one step under the lock."""

    partner: str
    orders: dict[str, Order] = field(default_factory=dict)
    called_off: set[str] = field(default_factory=set)
    transactions: list[Transaction] = field(default_factory=list)
    refunds: dict[str, Transaction] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def open_order(self, reference: str, amount: int, told: dict[str, Any]) -> Order:
        """The order of `reference`; the same one when it was opened before. Raises ValueError on another amount."""
        receipt = told.get("ThongTinBienLai") or {}
        with self.lock:
            known = next((order for order in self.orders.values() if order.reference == reference), None)
            if known is not None:
                if known.amount != amount:
                    raise ValueError("MaThamChieu was used with another SoTien")
                return known
            order = Order(
                token=secrets.token_urlsafe(16),
                reference=reference,
                amount=amount,
                description=str(told.get("ThongTinGiaoDich", "")),
                back_url=str(told.get("UrlQuayLai", "")),
                account=str(receipt.get("TKThuHuong", "")),
                collector=str(receipt.get("TenDonVi", "")),
                until=_until(told),
            )
            self.orders[order.token] = order
            return order

    def close_order(self, order: Order, status: str) -> tuple[Transaction, bool]:
        """Pay or fail an order, one paid once stays paid; and whether this call did it. Raises Over."""
        with self.lock:
            if known := self._paid(order.reference):
                return known, False
            if self.is_over(order):
                raise Over(order.reference)
            return self._add(CARD, order.reference, order.amount, status, order.account), True

    def call_off(self, reference: str) -> Transaction | None:
        """Take nothing for `reference` from now on; the payment when there was one before."""
        with self.lock:
            paid = self._paid(reference)
            if paid is None:
                self.called_off.add(reference)
            return paid

    def is_over(self, order: Order) -> bool:
        return order.reference in self.called_off or (order.until is not None and order.until <= now())

    def transfer(self, account: str, amount: int, content: str) -> Transaction:
        """A transfer into `account`: nobody checks whether it was asked for, nor whether it is the second one."""
        with self.lock:
            return self._add(TRANSFER, content, amount, SUCCESS, account)

    def refund(self, reference: str, original: str, amount: int) -> Transaction:
        """Send money back once per `reference`. Raises ValueError when more goes back than came."""
        with self.lock:
            if reference in self.refunds:
                return self.refunds[reference]
            came = next((t for t in self.transactions if t.id == original and t.status == SUCCESS), None)
            back = sum(t.amount for t in self.refunds.values() if t.account == original)
            if came is None or came.amount + back < amount:
                raise ValueError("no such money to send back")
            sent = self._add(came.channel, reference, -amount, SUCCESS, original)
            self.refunds[reference] = sent
            return sent

    def find(self, transaction_id: str) -> Transaction | None:
        with self.lock:
            return next((t for t in self.transactions if t.id == transaction_id), None)

    def outcome(self, channel: str, reference: str) -> Transaction | None:
        """What became of a reference: its success if there is one, else its last failure."""
        with self.lock:
            found = [t for t in self.transactions if t.reference == reference and t.channel == channel]
        paid = [t for t in found if t.status == SUCCESS]
        return next(reversed(paid or found), None)

    def of_day(self, channel: str, day: date) -> list[Transaction]:
        with self.lock:
            return [t for t in self.transactions if t.channel == channel and t.at.date() == day and t.status == SUCCESS]

    def _paid(self, reference: str) -> Transaction | None:
        of_card = (t for t in self.transactions if t.channel == CARD and t.status == SUCCESS)
        return next((t for t in of_card if t.reference == reference), None)

    def _add(self, channel: str, reference: str, amount: int, status: str, account: str) -> Transaction:
        moment = now()
        identifier = f"GD{moment:%Y%m%d}{secrets.token_hex(6).upper()}"
        added = Transaction(identifier, channel, reference, amount, moment, status, account)
        self.transactions.append(added)
        return added


def _until(told: dict[str, Any]) -> datetime | None:
    """How long the partner lets an order live, counted from here on: two machines' clocks need not agree."""
    if "HanThanhToan" not in told:
        return None
    opened, ends = (_moment(str(told[name])) for name in ("ThoiGianGD", "HanThanhToan"))
    return now() + (ends - opened)


def _moment(written: str) -> datetime:
    return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
