"""Cards and wallets on a gateway's own page: we open an order, the payer pays there, the gateway tells us.

The browser that comes back proves nothing: money is taken only on the gateway's signed word, by call-back or query.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from tinhso.core.errors import TryLater

from . import wire
from .base import BadMessage, GatewayConfig, Notice, Order
from .message import VERSION, notice_of, read_signed, write_time
from .vietqr import expect, fetch_day_file

CHANNEL = "THE"


class CardGateway:
    """A gateway with a page."""

    method = "card"

    def __init__(self, config: GatewayConfig) -> None:
        self.config = config

    @property
    def key(self) -> str:
        return self.config.key

    def read_callback(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        message = read_signed(body, self.config.secret)
        expect(message, self.config.partner, CHANNEL)
        return notice_of(message)

    def day_file(self, day: date) -> tuple[Notice, ...]:
        return fetch_day_file(self.config, CHANNEL, day)

    def start(self, order: Order) -> str:
        url = wire.post(self.config, "/api/khoi-tao", self._opening(order)).get("UrlThanhToan")
        if not isinstance(url, str) or not url.startswith(f"{self.config.base_url}/"):
            raise self._strange()
        return url

    def find_notice(self, reference: str) -> Notice | None:
        fields = {"MaDoiTac": self.config.partner, "MaKenhThanhToan": CHANNEL, "MaThamChieu": reference}
        return self._told(wire.get(self.config, "/api/giao-dich", fields).get("GiaoDich"))

    def call_off(self, reference: str, now: datetime) -> Notice | None:
        """The message CANCEL is our profile (mark: assumed)."""
        message = {
            "LoaiBanTin": "CANCEL",
            "PhienBan": VERSION,
            "MaDoiTac": self.config.partner,
            "MaThamChieu": reference,
            "MaKenhThanhToan": CHANNEL,
            "ThoiGianGD": write_time(now),
        }
        return self._told(wire.post(self.config, "/api/huy", message).get("GiaoDich"))

    def send_back(self, reference: str, external_id: str, amount: int, now: datetime) -> Notice:
        answer = wire.post(
            self.config,
            "/api/hoan-tien",
            {
                **self._head("REFUND", reference, amount, now),
                "MaGiaoDichGoc": external_id,
            },
        )
        try:
            notice = notice_of(answer)
        except BadMessage as fault:
            raise self._strange() from fault
        if notice.amount != -amount or not notice.succeeded:
            raise self._strange()
        return notice

    def _told(self, said: object) -> Notice | None:
        """A transaction as the gateway answers it; None where it knows of none."""
        if said is None:
            return None
        if not isinstance(said, dict):
            raise self._strange()
        try:
            return notice_of(said)
        except BadMessage as fault:
            raise self._strange() from fault

    def _opening(self, order: Order) -> dict[str, object]:
        return {
            **self._head("INIT", order.reference, order.amount, order.made_at),
            "LoaiHinhThanhToan": "PAY",
            "NgonNgu": "vi-VN",
            "ThongTinGiaoDich": order.description,
            "UrlQuayLai": order.back_url,
            "HanThanhToan": write_time(order.expires_at),
            "ThongTinBienLai": {
                "MaDichVu": "2",
                "MaHoSo": order.dossier_code,
                "TenDonVi": order.collector_name,
                "TKThuHuong": order.account,
                "HoTenNguoiNop": order.payer_name,
                "NoiDungThanhToan": order.description,
                "PhiLePhi": [
                    {
                        "LoaiPhiLePhi": line["kind"],
                        "MaPhiLePhi": line["code"],
                        "TenPhiLePhi": line["name"],
                        "SoTien": line["amount"],
                    }
                    for line in order.lines
                ],
            },
        }

    def _head(self, kind: str, reference: str, amount: int, now: datetime) -> dict[str, object]:
        return {
            "LoaiBanTin": kind,
            "PhienBan": VERSION,
            "MaDoiTac": self.config.partner,
            "MaThamChieu": reference,
            "SoTien": amount,
            "MaKenhThanhToan": CHANNEL,
            "MaTienTe": "VND",
            "ThoiGianGD": write_time(now),
        }

    def _strange(self) -> TryLater:
        return TryLater(
            _("%(gateway)s trả lời không đúng quy ước. Chưa có khoản tiền nào được ghi nhận.")
            % {"gateway": _(self.config.name)},
            what_to_do="Thử lại sau ít phút hoặc chọn cách thanh toán khác.",
        )
