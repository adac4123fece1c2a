"""Bank transfers by VietQR: the bank (or an aggregator) tells us of each credit to the collecting account."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from tinhso.core.errors import TryLater

from . import wire
from .base import BadMessage, GatewayConfig, Notice
from .day_file import parse_day_file
from .message import notice_of, read_signed

CHANNEL = "VIETQR"


class VietQRGateway:
    """Credits to a bank account, matched by the reference in the transfer text."""

    method = "transfer"

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


def expect(message: Mapping[str, object], partner: str, channel: str) -> None:
    """A result for us, over this channel: a message signed for one gateway is not taken at another's address."""
    told = (message.get("LoaiBanTin"), message.get("MaDoiTac"), message.get("MaKenhThanhToan"))
    if told != ("RESULT", partner, channel):
        raise BadMessage("not a result for this partner and channel")


def fetch_day_file(config: GatewayConfig, channel: str, day: date) -> tuple[Notice, ...]:
    fields = {"MaDoiTac": config.partner, "MaKenhThanhToan": channel, "Ngay": day.isoformat()}
    data = wire.get_file(config, "/api/doi-soat", fields)
    try:
        return parse_day_file(data)
    except BadMessage as fault:
        raise TryLater(
            _("Tệp đối soát ngày %(day)s của %(gateway)s không đọc được; chưa có gì được ghi.")
            % {"day": f"{day:%d/%m/%Y}", "gateway": _(config.name)},
            what_to_do="Thử tải lại; nếu vẫn hỏng, báo đơn vị vận hành cổng thanh toán.",
        ) from fault
