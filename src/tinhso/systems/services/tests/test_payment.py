"""The payer's page says what came, what is missing, what is too much, and gives the receipt."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from tinhso.core.context import Context
from tinhso.core.settings import current
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.payments.actions.receive_callback import record_notice
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.foundation.payments.gateways.base import GatewayConfig, Notice
from tinhso.foundation.payments.gateways.vietqr import VietQRGateway
from tinhso.foundation.payments.models import PaymentAttempt
from tinhso.foundation.payments.queries import requests_of_case, standing_of
from tinhso.systems.onestop.actions.withdraw import withdraw
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db
DUE = 24_000
ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture
def case() -> Case:
    return desk.submitted(copies=3)


@pytest.fixture
def mother() -> Client:
    return desk.citizen()


def pay(case: Case, amount: int, number: str = "A1", account: str = "") -> None:
    """A transfer that names the case's request, as its bank tells us of it."""
    gateway = VietQRGateway(GatewayConfig("vietqr", "Ngân hàng", "TINHSO", "secret", "http://vidu.example"))
    notice = Notice(number, f"CK {requests_of_case(case.pk)[0].reference}", amount, clock(), account=account)
    record_notice(Context(now=clock()), gateway, notice, f'{{"n": "{number}"}}')


def page(client: Client, case: Case, query: str = "") -> str:
    return client.get(f"/tra-cuu/{case.code}/thanh-toan{query}").content.decode().replace("\xa0", " ")


def test_the_bank_is_named_beside_the_account(mother: Client, case: Case) -> None:
    said = page(mother, case)
    assert "SAIGONBANK" in said
    assert "970400" in said


def test_too_little_says_what_came_and_asks_only_for_the_rest(mother: Client, case: Case) -> None:
    pay(case, 10_000)
    said = page(mother, case)
    assert "Đã nhận 10.000 đồng, còn thiếu 14.000 đồng" in said
    assert "Còn thiếu phí, lệ phí" in said
    assert "Mười bốn nghìn đồng" in said
    pay(case, 14_000, "A2")
    assert "Đã nộp xong" in page(mother, case)


def test_the_page_stops_waiting_once_any_money_came(mother: Client, case: Case) -> None:
    address = page(mother, case).split("?cho=1&amp;con=")[1].split('"')[0]
    query = f"?cho=1&con={address}"
    assert "Đang chờ tin của ngân hàng" in page(mother, case, query)
    pay(case, 10_000)
    assert "Đang chờ tin của ngân hàng" not in page(mother, case, query)


def test_money_being_looked_at_is_not_waited_for(mother: Client, case: Case) -> None:
    pay(case, DUE, account="999")
    assert "Đang chờ tin của ngân hàng" not in page(mother, case, "?cho=1")


def test_the_receipt_names_each_way_and_its_sum(mother: Client, case: Case) -> None:
    pay(case, 10_000)
    take_cash(desk.acting(case), requests_of_case(case.pk)[0].public_id, 14_000)
    said = page(mother, case)
    assert "Chuyển khoản: 10.000 đồng" in said
    assert "Tiền mặt: 14.000 đồng" in said


def test_an_english_page_writes_no_vietnamese_words_of_an_amount(mother: Client, case: Case) -> None:
    mother.cookies["ngon_ngu"] = "en"
    assert "nghìn" not in page(mother, case)
    pay(case, DUE)
    assert "nghìn" not in page(mother, case)


def test_too_much_says_how_much_waits_to_be_given_back(mother: Client, case: Case) -> None:
    pay(case, 10_000)
    pay(case, DUE, "A2")
    said = page(mother, case)
    assert "Nộp thừa, chờ quyết định hoàn" in said
    assert "10.000 đồng" in said
    assert "34.000 đồng" in said


def test_money_into_another_account_is_said_to_be_looked_at(mother: Client, case: Case) -> None:
    pay(case, DUE, account="999")
    said = page(mother, case)
    assert "Có khoản tiền đang được đối chiếu" in said
    assert "Nhận 24.000 đồng lúc" in said


def test_a_withdrawn_dossier_paid_in_part_owes_nothing_and_gives_it_back(mother: Client, case: Case) -> None:
    pay(case, 10_000)
    account = case.filed_by_id
    withdraw(Context(now=clock(), account_id=account), case.pk, desk.fresh(case).version, "đổi ý")
    standing = standing_of(requests_of_case(case.pk)[0])
    assert (standing.due, standing.credit) == (0, 10_000)
    assert "Nộp thừa, chờ quyết định hoàn" in page(mother, case)


def test_the_receipt_is_a_paper_for_its_owner_alone(mother: Client, case: Case) -> None:
    pay(case, DUE)
    address = page(mother, case).split(f'href="/tra-cuu/{case.code}/bien-lai/')[1].split('"')[0]
    url = f"/tra-cuu/{case.code}/bien-lai/{address}"
    response = mother.get(url)
    assert response["Content-Type"] == "application/pdf"
    assert response.content == mother.get(url).content
    assert response.content.startswith(b"%PDF")
    assert desk.citizen(desk.FATHER).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_a_receipt_is_not_given_out_under_another_dossier_s_code(mother: Client, case: Case) -> None:
    other = desk.submitted(copies=1)
    pay(case, DUE)
    receipt = requests_of_case(case.pk)[0].receipt.public_id
    assert mother.get(f"/tra-cuu/{other.code}/bien-lai/{receipt}").status_code == 404


def test_a_card_that_failed_is_said_to_have_failed_and_what_to_do(mother: Client, case: Case, gateway: str) -> None:
    address = mother.post(f"/tra-cuu/{case.code}/thanh-toan/the", {"_once": "a" * 32})["Location"]
    attempt = PaymentAttempt.objects.get()
    back = f"?lan={attempt.public_id}"
    assert "Chưa nhận được tiền từ cổng thanh toán" in page(mother, case, back)
    press(address, "that-bai")
    said = page(mother, case, back)
    assert "Thanh toán thẻ không thành công" in said
    assert "gọi" in said
    press(address, "thanh-cong")
    assert "Đã nộp xong" in page(mother, case, back)


def test_another_dossier_s_card_order_says_nothing_here(mother: Client, case: Case, gateway: str) -> None:
    other = desk.submitted(copies=1)
    address = mother.post(f"/tra-cuu/{other.code}/thanh-toan/the", {"_once": "a" * 32})["Location"]
    press(address, "thanh-cong")
    back = f"?lan={PaymentAttempt.objects.get().public_id}"
    page(mother, case, back)
    assert standing_of(requests_of_case(other.pk)[0]).due > 0
    assert "Đã nộp xong" in page(mother, other, back)


def test_only_who_tries_the_system_out_is_led_to_the_trial_bank(
    mother: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ngân hàng thử nghiệm" not in page(mother, case)
    monkeypatch.setenv("TINHSO_TRIAL_BANK_URL", "http://127.0.0.1:9/ngan-hang")
    current.cache_clear()
    assert 'href="http://127.0.0.1:9/ngan-hang?qr=000201' in page(mother, case)
    monkeypatch.undo()
    current.cache_clear()


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The card gateway's double, a program of its own; it tells us nothing unless asked."""
    secret = tmp_path / "secret"
    secret.write_text("chung", encoding="utf-8")
    words = ["--secret-file", str(secret), "--callback", "http://127.0.0.1:9/{kenh}"]
    program = [sys.executable, "-m", "doubles.payment_gateway", *words]
    running = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    url = json.loads(running.stdout.readline())["url"]
    monkeypatch.setenv("TINHSO_GATEWAY_URL", url)
    monkeypatch.setenv("TINHSO_GATEWAY_SECRET", "chung")
    current.cache_clear()
    yield url
    monkeypatch.undo()
    current.cache_clear()
    running.terminate()
    running.wait(timeout=10)


def press(address: str, button: str) -> None:
    """A button of the gateway's page; the way back is not followed, nor is anybody told."""
    there = urlsplit(address)
    connection = HTTPConnection(there.hostname or "", there.port, timeout=30)
    form = urlencode({"viec": button, "cach_bao": "khong"})
    connection.request("POST", there.path, form, {"Content-Type": "application/x-www-form-urlencoded"})
    assert connection.getresponse().status == 303
    connection.close()


def test_the_dossier_s_page_tells_of_part_payments_and_of_what_comes_back(mother: Client, case: Case) -> None:
    def tracked() -> str:
        return mother.get(f"/tra-cuu/{case.code}").content.decode().replace("\xa0", " ")

    pay(case, 10_000)
    assert "Đã nhận 10.000 đồng." in tracked()
    assert "Còn 14.000 đồng." in tracked()
    pay(case, 20_000, "A2")
    assert "6.000 đồng đang được giữ riêng để hoàn" in tracked()
    assert "Xem khoản đã nộp, biên lai" in tracked()
