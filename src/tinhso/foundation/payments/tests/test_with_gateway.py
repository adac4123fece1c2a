"""From end to end with a gateway that is a program of its own."""

import argparse
import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection

from tinhso.core.errors import Conflict, Invalid, NotFound, TryLater
from tinhso.core.settings import current
from tinhso.core.time import business_date, clock
from tinhso.foundation.payments.actions.catch_up import catch_up
from tinhso.foundation.payments.actions.pay_online import confirm, pay_online, withdraw_order
from tinhso.foundation.payments.actions.receive_callback import Outcome
from tinhso.foundation.payments.actions.refund import pay_refund, refund
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.gateways.card import CardGateway
from tinhso.foundation.payments.gateways.configured import get_gateway
from tinhso.foundation.payments.gateways.vietqr import VietQRGateway
from tinhso.foundation.payments.management import reconcile as command
from tinhso.foundation.payments.models import (
    AttemptEnd,
    GatewayTransaction,
    PaymentAttempt,
    PaymentEntry,
    Receipt,
    Refund,
)
from tinhso.foundation.payments.queries import balance, payment_view, reconcile, standing_of, strays
from tinhso.foundation.payments.tasks import withdraw_dead_orders

from .world import CARD, GATEWAY, NOW, SECRET, make_office, make_request

pytestmark = [pytest.mark.usefixtures("fresh_database"), pytest.mark.urls("tinhso.foundation.payments.urls")]

ROOT = Path(__file__).resolve().parents[5]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None: ...


@dataclass(frozen=True)
class Outside:
    """The gateway as payers see it."""

    url: str

    def send(self, address: str, **form: str) -> str:
        """Send a form as a browser does, following the way back; the body of the last page, or its status."""
        data = urllib.parse.urlencode(form).encode()
        try:
            with urllib.request.urlopen(address, data, timeout=30) as answer:  # noqa: S310 our own double
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.code)

    def transfer(self, qr: str, manner: str = "mot-lan", **change: str) -> str:
        return self.send(f"{self.url}/ngan-hang", qr=qr, cach_bao=manner, **change)

    def told(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.url}/nhat-ky", timeout=10) as answer:  # noqa: S310 our own double
            found: list[dict[str, Any]] = json.loads(answer.read())
            return found


@pytest.fixture
def our_url(fresh_database: str) -> Iterator[str]:
    """This installation, listening."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(WSGIHandler())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def outside(our_url: str, tmp_path: Path) -> Iterator[Outside]:
    """The double, started as a program and configured in our settings."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    program = [sys.executable, "-m", "doubles.payment_gateway", "--secret-file", str(secret), "--late-seconds", "0.3"]
    address = f"{our_url}/thanh-toan/goi-lai/{{kenh}}"
    running = subprocess.Popen([*program, "--callback", address], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    url = json.loads(running.stdout.readline())["url"]
    given = {"TINHSO_GATEWAY_URL": url, "TINHSO_GATEWAY_SECRET": SECRET}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    current.cache_clear()
    yield Outside(url)
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    current.cache_clear()
    running.terminate()
    running.wait(timeout=10)


@pytest.fixture
def card(outside: Outside) -> CardGateway:
    gateway = get_gateway("the")
    assert isinstance(gateway, CardGateway)
    return gateway


@pytest.fixture
def vietqr(outside: Outside) -> VietQRGateway:
    gateway = get_gateway("vietqr")
    assert isinstance(gateway, VietQRGateway)
    return gateway


def test_our_code_is_read_by_the_bank_and_told_twice_pays_once(outside: Outside) -> None:
    request = make_request(make_office())
    page = outside.transfer(payment_view(request.public_id).qr_text, "hai-lan")
    assert request.reference in page
    assert [told["code"] for told in outside.told()] == ["00", "00"]
    assert standing_of(request).received == 20_000
    assert Receipt.objects.count() == 1


def test_a_payer_who_changes_the_amount_pays_the_rest_with_the_next_code(outside: Outside) -> None:
    request = make_request(make_office())
    outside.transfer(payment_view(request.public_id).qr_text, so_tien="7000")
    assert (standing_of(request).received, standing_of(request).due) == (7_000, 13_000)
    outside.transfer(payment_view(request.public_id).qr_text)
    assert standing_of(request).due == 0


def test_a_forged_call_back_is_refused_and_a_gateway_s_slip_about_the_amount_is_taken_as_it_was_told(
    outside: Outside,
) -> None:
    request = make_request(make_office())
    qr = payment_view(request.public_id).qr_text
    outside.transfer(qr, "sai-chu-ky")
    assert outside.told()[-1]["code"] == "97"
    assert not GatewayTransaction.objects.exists()
    outside.transfer(qr, "sai-tien")
    assert standing_of(request).due == 10_000
    assert list(strays()) == []


def test_cash_first_then_a_late_call_back_is_credit_and_one_receipt(outside: Outside) -> None:
    office = make_office()
    request = make_request(office)
    qr = payment_view(request.public_id).qr_text
    outside.transfer(qr, "cham")
    take_cash(office.counter, request.public_id, 20_000)
    _wait_for(lambda: standing_of(request).credit == 20_000)
    assert Receipt.objects.get().method == "cash"


def test_a_card_pays_and_the_browser_comes_back(outside: Outside, our_url: str, card: CardGateway) -> None:
    request = make_request(make_office())
    page = pay_online(GATEWAY, request.public_id, card, back_url=f"{our_url}/thanh-toan/goi-lai/{{attempt}}")
    assert page.startswith(f"{outside.url}/the/")
    assert outside.send(page, viec="thanh-cong") == "405"  # it came back to a page of ours that only takes posts
    assert standing_of(request).received == 20_000
    assert Receipt.objects.get().method == "card"
    with pytest.raises(Conflict):
        pay_online(GATEWAY, request.public_id, card, back_url=our_url)


def test_coming_back_proves_nothing_and_the_gateway_s_own_word_does(outside: Outside, card: CardGateway) -> None:
    request = make_request(make_office())
    page = pay_online(GATEWAY, request.public_id, card, back_url=f"{outside.url}/?MaKetQua=00")
    attempt = PaymentAttempt.objects.get()
    assert confirm(GATEWAY, attempt.public_id, card, case_id=request.case_id) is None
    outside.send(page, viec="bo-ngang")
    assert confirm(GATEWAY, attempt.public_id, card, case_id=request.case_id) is None
    outside.send(page, viec="that-bai", cach_bao="khong")
    assert confirm(GATEWAY, attempt.public_id, card, case_id=request.case_id) is Outcome.FAILED
    assert standing_of(request).due == 20_000
    outside.send(page, viec="thanh-cong", cach_bao="khong")
    assert confirm(GATEWAY, attempt.public_id, card, case_id=request.case_id) is Outcome.RECEIVED
    assert confirm(GATEWAY, attempt.public_id, card, case_id=request.case_id) is Outcome.KNOWN
    assert standing_of(request).due == 0


def test_a_try_to_pay_another_case_is_not_asked_about(outside: Outside, card: CardGateway) -> None:
    office = make_office()
    request, other = make_request(office), make_request(office)
    pay_online(GATEWAY, request.public_id, card, back_url=outside.url)
    with pytest.raises(NotFound):
        confirm(GATEWAY, PaymentAttempt.objects.get().public_id, card, case_id=other.case_id)


def test_an_order_is_withdrawn_once_the_fee_is_paid_another_way(outside: Outside, card: CardGateway) -> None:
    office = make_office()
    request = make_request(office)
    page = pay_online(GATEWAY, request.public_id, card, back_url=outside.url)
    assert withdraw_dead_orders(NOW) == 0
    take_cash(office.counter, request.public_id, 20_000)
    assert withdraw_dead_orders(NOW) == 1
    assert outside.send(page, viec="thanh-cong") == "410"
    assert withdraw_dead_orders(NOW) == 0
    assert AttemptEnd.objects.get().outcome == AttemptEnd.Outcome.WITHDRAWN
    assert standing_of(request).received == 20_000


def test_an_order_past_its_time_or_of_another_amount_is_withdrawn(outside: Outside, card: CardGateway) -> None:
    late, less = make_request(make_office()), make_request(make_office())
    pay_online(GATEWAY.at(NOW - timedelta(minutes=31)), late.public_id, card, back_url=outside.url)
    pay_online(GATEWAY, less.public_id, card, back_url=outside.url)
    outside.transfer(payment_view(less.public_id).qr_text, so_tien="5000")
    assert withdraw_dead_orders(NOW) == 2


def test_money_taken_for_an_order_while_it_is_withdrawn_is_credit(outside: Outside, card: CardGateway) -> None:
    office = make_office()
    request = make_request(office)
    page = pay_online(GATEWAY, request.public_id, card, back_url=outside.url)
    take_cash(office.counter, request.public_id, 20_000)
    outside.send(page, viec="thanh-cong", cach_bao="khong")
    assert withdraw_dead_orders(NOW) == 1
    assert AttemptEnd.objects.get().outcome == AttemptEnd.Outcome.PAID
    assert (standing_of(request).credit, standing_of(request).kept) == (20_000, 20_000)
    assert Receipt.objects.count() == 1


def test_one_fee_is_never_payable_on_two_pages(outside: Outside, card: CardGateway) -> None:
    request = make_request(make_office())
    first, second = (pay_online(GATEWAY, request.public_id, card, back_url=f"{outside.url}/") for _ in range(2))
    assert outside.send(first, viec="thanh-cong") == "410"
    outside.send(second, viec="thanh-cong", cach_bao="khong")
    with pytest.raises(Conflict):
        pay_online(GATEWAY, request.public_id, card, back_url=outside.url)
    assert standing_of(request).kept == 20_000


def test_what_no_call_back_told_is_caught_up_from_the_day_s_file(outside: Outside, vietqr: VietQRGateway) -> None:
    office = make_office()
    told, untold = make_request(office), make_request(office)
    outside.transfer(payment_view(told.public_id).qr_text)
    outside.transfer(payment_view(untold.public_id).qr_text, "khong")
    day = business_date(GatewayTransaction.objects.get().paid_at)
    found = catch_up(GATEWAY, vietqr, day)
    assert (len(found.matched), len(found.missing_here), found.missing_there) == (1, 1, ())
    assert standing_of(untold).due == 0
    assert catch_up(GATEWAY, vietqr, day).clean
    assert Receipt.objects.count() == 2


def test_the_command_reconciles_a_day_and_says_what_it_took(
    outside: Outside, capsys: pytest.CaptureFixture[str]
) -> None:
    request = make_request(make_office())
    outside.transfer(payment_view(request.public_id).qr_text, "khong")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    day = business_date(clock()).isoformat()
    assert command.run(parser.parse_args(["vietqr", day])) == 0
    assert "đã ghi bổ sung" in capsys.readouterr().out
    assert command.run(parser.parse_args(["vietqr", day, "--json"])) == 0
    assert json.loads(capsys.readouterr().out)["matched"] == 1


def test_a_call_back_after_the_file_is_known(outside: Outside, vietqr: VietQRGateway) -> None:
    request = make_request(make_office())
    outside.transfer(payment_view(request.public_id).qr_text, "cham")
    day = business_date(clock())
    catch_up(GATEWAY, vietqr, day)
    _wait_for(lambda: bool(outside.told()))
    assert outside.told()[-1]["code"] == "00"
    assert standing_of(request).received == 20_000


def test_a_refund_by_gateway_is_sent_once_however_many_ask(outside: Outside, card: CardGateway) -> None:
    office = make_office()
    request = make_request(office)
    outside.send(pay_online(GATEWAY, request.public_id, card, back_url=f"{outside.url}/"), viec="thanh-cong")
    decision = refund(office.leader, request.public_id, 20_000, way=Refund.Way.GATEWAY, reason="rút hồ sơ")
    with pytest.raises(Invalid):
        pay_refund(office.counter, decision.public_id)

    def pay(_: int) -> object:
        try:
            return pay_refund(office.counter, decision.public_id, gateway=card)
        except Conflict as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(pay, range(6)))
    assert sum(isinstance(result, PaymentEntry) for result in results) == 1
    assert standing_of(request).refunded == 20_000
    assert balance("clearing/the") == 0
    day = business_date(GatewayTransaction.objects.latest("pk").paid_at)
    assert reconcile("the", day, card.day_file(day)).clean


def test_while_the_gateway_is_away_nothing_is_lost_and_people_are_told() -> None:
    request = make_request(make_office())
    with pytest.raises(TryLater):
        pay_online(GATEWAY, request.public_id, CARD, back_url="http://127.0.0.1:1/")
    assert PaymentAttempt.objects.count() == 1
    with pytest.raises(TryLater):
        withdraw_order(GATEWAY, PaymentAttempt.objects.get(), CARD)
    assert not AttemptEnd.objects.exists()
    with pytest.raises(TryLater):
        CARD.day_file(NOW.date())
    assert standing_of(request).due == 20_000


def test_a_gateway_with_another_secret_is_not_believed(outside: Outside, card: CardGateway) -> None:
    request = make_request(make_office())
    stranger = CardGateway(replace(card.config, secret="khác"))
    with pytest.raises(TryLater):
        pay_online(GATEWAY, request.public_id, stranger, back_url="http://127.0.0.1:1/")
    with pytest.raises(TryLater):
        stranger.day_file(NOW.date() - timedelta(days=1))


def _wait_for(done: Any) -> None:
    pause = threading.Event()
    for _ in range(200):
        if done():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen within 10 seconds")
