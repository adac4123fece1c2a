"""What the cashier's tests share: a dossier that owes 24.000 đồng, money that comes in, officers who press buttons."""

import uuid
from datetime import datetime
from typing import Any

from django.test import Client

from tinhso.core.context import Context
from tinhso.core.time import clock
from tinhso.foundation.identity.models import Account
from tinhso.foundation.payments.actions.receive_callback import record_notice
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.gateways.base import GatewayConfig, Notice
from tinhso.foundation.payments.gateways.vietqr import VietQRGateway
from tinhso.foundation.payments.models import PaymentEntry, PaymentRequest
from tinhso.foundation.payments.queries import standing_of
from tinhso.foundation.payments.rules.standing import Standing
from tinhso.systems.onestop.money import payment_of
from tinhso.systems.onestop.tests import desk

COUNTER, LEADER, CLERK, SPECIALIST = desk.COUNTER, desk.LEADER, desk.CLERK, desk.SPECIALIST
HEAD, PROVINCE = "giamdoc.viettri", "giamdoc.tthcc"
OTHER_COUNTER, OTHER_LEADER, OTHER_HEAD = "tiepnhan.vinhyen", "chutich.vinhyen", "giamdoc.vinhyen"
DESK = "/can-bo/thu-phi"
DUE = 24_000

officer = desk.officer


def owing() -> PaymentRequest:
    """The request of a birth filed online with three copies: 24.000 đồng, nothing paid."""
    request = payment_of(desk.submitted(copies=3).pk)
    assert request is not None
    return request


def come_in(text: str, amount: int, number: str = "A1", *, account: str = "") -> None:
    """A transfer with this text, as the bank tells us of it."""
    gateway = VietQRGateway(GatewayConfig("vietqr", "Ngân hàng", "TINHSO", "secret", "http://vidu.example"))
    notice = Notice(number, text, amount, clock(), account=account)
    record_notice(Context(now=clock()), gateway, notice, f'{{"n": "{number}"}}')


def stray(text: str = "KHONG RO", amount: int = 10_000, number: str = "S1", *, account: str = "") -> PaymentEntry:
    """Money that no request could take."""
    come_in(text, amount, number, account=account)
    return PaymentEntry.objects.filter(kind="unmatched").latest("pk")


def acting(username: str, now: datetime | None = None) -> Context:
    """An officer in the first post they hold."""
    account = Account.objects.get(username=username)
    held = account.appointments.select_related("post").order_by("pk")[0]
    return Context(now or clock(), account.pk, held.post_id, held.post.agency_id, "test")


def pay_cash(request: PaymentRequest, username: str = COUNTER) -> None:
    take_cash(acting(username), request.public_id, standing_of(request).due)


def now_of(request: PaymentRequest) -> Standing:
    return standing_of(request)


def press(client: Client, address: str, **typed: Any) -> Any:
    """Post a form of the desk as its page does; `key` for its once key."""
    return client.post(f"{DESK}{address}", {"_once": typed.pop("key", uuid.uuid4().hex), **typed})


def page(client: Client, address: str = "", status: int = 200) -> str:
    response = client.get(f"{DESK}{address}")
    assert response.status_code == status, response.content.decode()[:500]
    return str(response.content.decode()).replace("\xa0", " ")
