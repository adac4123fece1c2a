"""The gateways of this installation, from its settings."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop

from tinhso.core.errors import NotFound
from tinhso.core.settings import Settings, current

from .base import Gateway, GatewayConfig
from .card import CardGateway
from .vietqr import VietQRGateway


def gateways(settings: Settings | None = None) -> Mapping[str, Gateway]:
    """Every gateway by its key; none when no gateway address is set."""
    site = settings or current()
    if not site.gateway_url:
        return {}

    def config(key: str, name: str) -> GatewayConfig:
        return GatewayConfig(key, name, site.gateway_partner, site.gateway_secret, site.gateway_url)

    return {
        "vietqr": VietQRGateway(config("vietqr", gettext_noop("Ngân hàng thu hộ"))),
        "the": CardGateway(config("the", gettext_noop("Cổng thanh toán thẻ"))),
    }


def get_gateway(key: str) -> Gateway:
    """Raises NotFound."""
    try:
        return gateways()[key]
    except KeyError:
        raise NotFound(
            "Không có cổng thanh toán này.", what_to_do="Kiểm tra lại địa chỉ hoặc cấu hình cổng thanh toán."
        ) from None
