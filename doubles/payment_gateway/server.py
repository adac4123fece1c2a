"""The gateway's doors: the partner's API and the people's pages."""

import csv
import json
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from doubles.payment_gateway import pages, vietqr
from doubles.payment_gateway.bank import CARD, FAILURE, SUCCESS, TRANSFER, Bank, Over, Transaction
from doubles.payment_gateway.callbacks import Caller, Manner
from doubles.payment_gateway.protocol import Refused, check, seal, signed

_LARGEST = 256 * 1024


class Server(ThreadingHTTPServer):
    """One gateway on one port."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, at: tuple[str, int], bank: Bank, caller: Caller, secret: str, public_url: str = "") -> None:
        super().__init__(at, Handler)
        self.bank, self.caller, self.secret = bank, caller, secret
        self.url = public_url.rstrip("/") or f"http://{at[0]}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Routes by the first part of the path."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        routes: dict[str, Callable[[], None]] = {
            "/": lambda: self._html(200, pages.home_page()),
            "/api/giao-dich": lambda: self._api(self._query),
            "/api/doi-soat": lambda: self._api(self._day_file),
            "/ngan-hang": self._bank_page,
            "/nhat-ky": self._log,
        }
        if path.startswith("/the/"):
            self._card_page(path.removeprefix("/the/"))
        else:
            routes.get(path, self._not_found)()

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        routes: dict[str, Callable[[], None]] = {
            "/api/khoi-tao": lambda: self._api(self._open),
            "/api/huy": lambda: self._api(self._call_off),
            "/api/hoan-tien": lambda: self._api(self._refund),
            "/ngan-hang": self._transfer,
            "/bao-lai": self._tell_again,
        }
        if path.startswith("/the/"):
            self._pay_card(path.removeprefix("/the/"))
        else:
            routes.get(path, self._not_found)()

    # The partner's API

    def _api(self, answer: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
        """Check the partner's signature, answer signed; None means the answer has been sent."""
        try:
            told: Any = json.loads(self._body()) if self.command == "POST" else self._fields()
            result = answer(check(told, self.server.secret, self.server.bank.partner))
        except Refused as refused:
            result = {"MaKetQua": refused.code, "MoTa": str(refused)}
        except (ValueError, KeyError, TypeError) as fault:
            result = {"MaKetQua": "99", "MoTa": str(fault)}
        if result is not None:
            body = json.dumps(signed(result, self.server.secret), ensure_ascii=False).encode()
            self._send(200, "application/json", body)

    def _open(self, told: dict[str, Any]) -> dict[str, Any]:
        amount, reference = told["SoTien"], told["MaThamChieu"]
        if told["LoaiBanTin"] != "INIT" or not isinstance(amount, int) or amount <= 0 or not reference:
            raise Refused("99", "bản tin INIT thiếu trường")
        order = self.server.bank.open_order(str(reference), amount, told)
        return {
            "MaKetQua": "00",
            "MaThamChieu": order.reference,
            "UrlThanhToan": f"{self.server.url}/the/{order.token}",
        }

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        found = self.server.bank.outcome(told["MaKenhThanhToan"], told["MaThamChieu"])
        return {"MaKetQua": "00", "GiaoDich": found.fields() if found else None}

    def _call_off(self, told: dict[str, Any]) -> dict[str, Any]:
        if told["LoaiBanTin"] != "CANCEL" or not told["MaThamChieu"]:
            raise Refused("99", "bản tin CANCEL thiếu trường")
        paid = self.server.bank.call_off(str(told["MaThamChieu"]))
        return {"MaKetQua": "00", "GiaoDich": paid.fields() if paid else None}

    def _refund(self, told: dict[str, Any]) -> dict[str, Any]:
        amount = told["SoTien"]
        if told["LoaiBanTin"] != "REFUND" or not isinstance(amount, int) or amount <= 0:
            raise Refused("99", "bản tin REFUND thiếu trường")
        sent = self.server.bank.refund(str(told["MaThamChieu"]), str(told["MaGiaoDichGoc"]), amount)
        fields = sent.fields()
        fields.pop("TKThuHuong", None)
        return {"MaKetQua": "00", **fields}

    def _day_file(self, told: dict[str, Any]) -> None:
        rows = self.server.bank.of_day(told["MaKenhThanhToan"], date.fromisoformat(told["Ngay"]))
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["MaGiaoDich", "MaThamChieu", "SoTien", "ThoiGianGD"])
        writer.writerows([t.id, t.reference, t.amount, t.at.strftime("%Y%m%d%H%M%S")] for t in rows)
        writer.writerow(["TONG", len(rows), sum(t.amount for t in rows), ""])
        data = text.getvalue().encode()
        self._send(200, "text/csv; charset=utf-8", data, {"X-Ma-Xac-Thuc": seal(data, self.server.secret)})

    # People

    def _card_page(self, token: str) -> None:
        order = self.server.bank.orders.get(token)
        if order is None:
            self._not_found()
            return
        done = self.server.bank.outcome(CARD, order.reference)
        if done is not None and done.status == SUCCESS:
            self._html(200, pages.paid_already_page(done, order.back_url))
        elif self.server.bank.is_over(order):
            self._html(410, pages.over_page(order))
        else:
            self._html(200, pages.card_page(order))

    def _pay_card(self, token: str) -> None:
        order = self.server.bank.orders.get(token)
        if order is None:
            self._not_found()
            return
        form = self._form()
        act, manner = form.get("viec", ""), _manner(form)
        if act == "bo-ngang":
            self._back(order.back_url, "24")
        elif act in {"thanh-cong", "that-bai"}:
            try:
                moved, new = self.server.bank.close_order(order, SUCCESS if act == "thanh-cong" else FAILURE)
            except Over:
                self._html(410, pages.over_page(order))
                return
            if new:
                self.server.caller.tell(self.server.bank.partner, moved, manner)
            self._back(order.back_url, moved.status)
        else:
            self._html(400, pages.error_page("Chọn một trong ba nút."))

    def _back(self, url: str, code: str) -> None:
        """The browser goes back with a result code that proves nothing."""
        if not url:
            self._html(200, pages.page("Đã xong", "<p>Bạn có thể đóng trang này.</p>"))
            return
        joint = "&" if urlsplit(url).query else "?"
        self._send(303, "text/plain", b"", {"Location": f"{url}{joint}{urlencode({'MaKetQua': code})}"})

    def _bank_page(self) -> None:
        text = self._fields().get("qr", "").strip()
        if not text:
            self._html(200, pages.bank_page())
            return
        try:
            self._html(200, pages.bank_page(text, vietqr.read(text)))
        except ValueError as fault:
            self._html(200, pages.bank_page(text, fault=str(fault)))

    def _transfer(self) -> None:
        form = self._form()
        try:
            asked = vietqr.read(form["qr"]) if form.get("qr") else None
            account = form.get("tai_khoan") or (asked.account if asked else "")
            amount = int(form.get("so_tien") or (asked.amount if asked and asked.amount else 0))
            content = form.get("noi_dung") or (asked.content if asked else "")
        except ValueError as fault:
            self._html(400, pages.bank_page(fault=str(fault)))
            return
        if not account or amount <= 0 or not content:
            self._html(400, pages.bank_page(fault="Nhập đủ tài khoản, số tiền và nội dung."))
            return
        moved = self.server.bank.transfer(account, amount, content)
        self.server.caller.tell(self.server.bank.partner, moved, _manner(form))
        self._html(200, pages.transfer_done_page(moved))

    def _tell_again(self) -> None:
        form = self._form()
        moved: Transaction | None = self.server.bank.find(form.get("ma", ""))
        if moved is None:
            self._not_found()
            return
        self.server.caller.tell(self.server.bank.partner, moved, _manner(form))
        self._html(200, pages.transfer_done_page(moved) if moved.channel == TRANSFER else pages.home_page())

    def _log(self) -> None:
        told = [vars(line) for line in self.server.caller.log]
        self._send(200, "application/json", json.dumps(told).encode())

    # Plumbing

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 <= length <= _LARGEST:
            self.close_connection = True
            raise Refused("99", "bản tin quá dài")
        return self.rfile.read(length)

    def _form(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self._body().decode("utf-8", "replace")).items()}

    def _fields(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))

    def _html(self, status: int, text: str) -> None:
        self._send(status, "text/html; charset=utf-8", text.encode())

    def _not_found(self) -> None:
        self._body()
        self._html(404, pages.error_page("Không có trang này."))

    def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what matters is in /nhat-ky."""


def _manner(form: dict[str, str]) -> Manner:
    try:
        return Manner(form.get("cach_bao", Manner.ONCE.value))
    except ValueError:
        return Manner.ONCE
