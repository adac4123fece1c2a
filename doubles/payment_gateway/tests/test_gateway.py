"""The double by itself: started as a program, spoken to as a stranger would."""

import hashlib
import hmac
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SECRET = "bí mật dùng chung"
QR = (
    "00020101021238530010A0000007270123000697041601092245284790208QRIBFTTA53037045405100005802VN62340107NPS6869"
    "0819TRANSFER TO SOMEONE6304AC13"
)
ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Agency:
    """Stands where the partner's call-back address is."""

    url: str = ""
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@pytest.fixture
def agency() -> Iterator[Agency]:
    known = Agency()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known.heard.append((self.path, body))
            status = known.answers.pop() if known.answers else 200
            answer = b'{"MaKetQua": "00"}' if status == 200 else b"{}"
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def gateway(agency: Agency, tmp_path: Path) -> Iterator[str]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    program = [sys.executable, "-m", "doubles.payment_gateway", "--secret-file", str(secret), "--late-seconds", "0.3"]
    running = subprocess.Popen(
        [*program, "--callback", f"{agency.url}/goi-lai/{{kenh}}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    yield json.loads(running.stdout.readline())["url"]
    running.terminate()
    assert running.wait(timeout=10) == 0


def sign(message: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {**message, "MaXacThuc": hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()}


def is_signed(message: dict[str, Any]) -> bool:
    bare = {key: value for key, value in message.items() if key != "MaXacThuc"}
    return sign(bare) == message


def fetch(url: str, form: dict[str, str] | None = None) -> str:
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    with urllib.request.urlopen(url, data, timeout=10) as response:  # noqa: S310
        return str(response.read().decode())


def ask(url: str, message: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(url, json.dumps(message).encode())  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        answer: dict[str, Any] = json.loads(response.read())
    assert is_signed(answer)
    return answer


def get(url: str, fields: dict[str, str]) -> str:
    return fetch(f"{url}?{urllib.parse.urlencode(sign(fields))}")


def order(gateway: str, back: str, reference: str = "ABC123", **more: str) -> str:
    message = {
        "LoaiBanTin": "INIT",
        "MaDoiTac": "TINHSO",
        "MaThamChieu": reference,
        "SoTien": 20000,
        "ThongTinGiaoDich": "Lệ phí <b>",
        "UrlQuayLai": back,
        **more,
    }
    return str(ask(f"{gateway}/api/khoi-tao", sign(message))["UrlThanhToan"])


def test_a_card_is_paid_and_the_agency_is_told_before_the_browser_goes_back(gateway: str, agency: Agency) -> None:
    page = order(gateway, f"{gateway}/?ho-so=1")
    assert "Lệ phí &lt;b&gt;" in fetch(page)
    assert "Cổng thanh toán thử nghiệm" in fetch(page, {"viec": "thanh-cong"})
    ((path, told),) = agency.heard
    assert path == "/goi-lai/the"
    assert is_signed(told)
    assert (told["MaThamChieu"], told["SoTien"], told["TrangThai"]) == ("ABC123", 20000, "00")


def test_a_card_is_charged_once_however_often_the_form_is_sent(gateway: str, agency: Agency) -> None:
    page = order(gateway, "")
    fetch(page, {"viec": "thanh-cong"})
    fetch(page, {"viec": "thanh-cong"})
    assert len(agency.heard) == 1
    assert "Giao dịch đã hoàn thành" in fetch(page)


def test_a_failed_try_is_told_and_a_left_page_is_not(gateway: str, agency: Agency) -> None:
    page = order(gateway, "")
    fetch(page, {"viec": "bo-ngang"})
    assert agency.heard == []
    fetch(page, {"viec": "that-bai"})
    assert agency.heard[0][1]["TrangThai"] == "01"


def call_off(gateway: str, reference: str = "ABC123") -> Any:
    message = {"LoaiBanTin": "CANCEL", "MaDoiTac": "TINHSO", "MaKenhThanhToan": "THE", "MaThamChieu": reference}
    return ask(f"{gateway}/api/huy", sign(message))["GiaoDich"]


def refused_to_pay(page: str) -> bool:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        fetch(page, {"viec": "thanh-cong"})
    return refusal.value.code == 410


def test_an_order_called_off_takes_no_money_and_says_so(gateway: str, agency: Agency) -> None:
    page = order(gateway, f"{gateway}/?ho-so=1")
    assert call_off(gateway) is None
    assert call_off(gateway) is None
    assert refused_to_pay(page)
    with pytest.raises(urllib.error.HTTPError) as shown:
        fetch(page)
    assert "không còn thanh toán được" in shown.value.read().decode()
    assert agency.heard == []


def test_an_order_that_was_paid_before_it_was_called_off_stays_paid(gateway: str, agency: Agency) -> None:
    fetch(order(gateway, ""), {"viec": "thanh-cong"})
    assert call_off(gateway)["TrangThai"] == "00"


def test_an_order_lives_as_long_as_the_partner_says_whatever_the_partner_s_clock_shows(gateway: str) -> None:
    opened = {"ThoiGianGD": "20200101080000"}
    assert "Thanh toán thẻ" in fetch(order(gateway, "", "SONG1", **opened, HanThanhToan="20200101083000"))
    assert refused_to_pay(order(gateway, "", "HET1", **opened, HanThanhToan="20200101080000"))


def test_the_bank_reads_the_code_and_pays_it(gateway: str, agency: Agency) -> None:
    assert 'value="224528479"' in fetch(f"{gateway}/ngan-hang?{urllib.parse.urlencode({'qr': QR})}")
    assert "bị hỏng" in fetch(f"{gateway}/ngan-hang?{urllib.parse.urlencode({'qr': QR[:-1] + '0'})}")
    fetch(f"{gateway}/ngan-hang", {"qr": QR})
    ((path, told),) = agency.heard
    assert path == "/goi-lai/vietqr"
    assert (told["MaThamChieu"], told["SoTien"], told["TKThuHuong"]) == ("TRANSFER TO SOMEONE", 10000, "224528479")


def test_it_tells_twice_late_wrongly_and_unsigned_when_asked(gateway: str, agency: Agency) -> None:
    fetch(f"{gateway}/ngan-hang", {"qr": QR, "cach_bao": "hai-lan"})
    assert agency.heard[0] == agency.heard[1]
    transaction = agency.heard[0][1]["MaGiaoDich"]
    agency.heard.clear()
    fetch(f"{gateway}/bao-lai", {"ma": transaction, "cach_bao": "sai-tien"})
    fetch(f"{gateway}/bao-lai", {"ma": transaction, "cach_bao": "sai-chu-ky"})
    assert [(told["SoTien"], is_signed(told)) for _, told in agency.heard] == [(5000, True), (10000, False)]
    agency.heard.clear()
    fetch(f"{gateway}/bao-lai", {"ma": transaction, "cach_bao": "cham"})
    assert agency.heard == []
    _wait_for(lambda: len(agency.heard) == 1)


def test_it_tells_again_when_the_agency_was_away(gateway: str, agency: Agency) -> None:
    agency.answers = [503]
    fetch(f"{gateway}/ngan-hang", {"qr": QR})
    _wait_for(lambda: len(agency.heard) == 2)


def test_it_answers_queries_refunds_once_and_gives_a_sealed_file(gateway: str, agency: Agency) -> None:
    page = order(gateway, "")
    query = {"MaDoiTac": "TINHSO", "MaKenhThanhToan": "THE", "MaThamChieu": "ABC123"}
    assert json.loads(get(f"{gateway}/api/giao-dich", query))["GiaoDich"] is None
    fetch(page, {"viec": "thanh-cong", "cach_bao": "khong"})
    assert agency.heard == []
    paid = json.loads(get(f"{gateway}/api/giao-dich", query))["GiaoDich"]
    refund = {"LoaiBanTin": "REFUND", "MaDoiTac": "TINHSO", "MaThamChieu": "R1", "SoTien": 15000}
    refund["MaGiaoDichGoc"] = paid["MaGiaoDich"]
    first, second = (ask(f"{gateway}/api/hoan-tien", sign(refund)) for _ in range(2))
    assert first["SoTien"] == -15000
    assert first == second
    too_much = ask(f"{gateway}/api/hoan-tien", sign({**refund, "MaThamChieu": "R2"}))
    assert too_much["MaKetQua"] == "99"
    day = f"{paid['ThoiGianGD'][:4]}-{paid['ThoiGianGD'][4:6]}-{paid['ThoiGianGD'][6:8]}"
    file = get(f"{gateway}/api/doi-soat", {"MaDoiTac": "TINHSO", "MaKenhThanhToan": "THE", "Ngay": day})
    assert file.splitlines()[1].startswith(f"{paid['MaGiaoDich']},ABC123,20000,")
    assert file.splitlines()[-1] == "TONG,2,5000,"


def test_strangers_are_refused(gateway: str) -> None:
    unsigned = {"MaDoiTac": "TINHSO", "MaXacThuc": "0" * 64}
    assert ask(f"{gateway}/api/khoi-tao", unsigned)["MaKetQua"] == "97"
    assert ask(f"{gateway}/api/khoi-tao", sign({"MaDoiTac": "KHAC"}))["MaKetQua"] == "03"
    with pytest.raises(urllib.error.HTTPError) as missing:
        fetch(f"{gateway}/the/khong-co")
    assert missing.value.code == 404


def _wait_for(done: Any) -> None:
    pause = threading.Event()
    for _ in range(200):
        if done():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen within 10 seconds")
