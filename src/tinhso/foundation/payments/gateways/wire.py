"""HTTP to a gateway: one request, one answer, a time limit; every failure is TryLater."""

import json
import logging
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from tinhso.core.errors import TryLater

from .base import BadMessage, GatewayConfig
from .message import SUCCESS, read_signed, seal_of, sign

_log = logging.getLogger("tinhso.payments.wire")
_LARGEST_FILE = 64 * 1024 * 1024
SEAL_HEADER = "X-Ma-Xac-Thuc"


def post(config: GatewayConfig, path: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Send a signed message; the signed answer, which says success. Raises TryLater."""
    body = json.dumps(sign(message, config.secret), ensure_ascii=False).encode()
    answer = _exchange(config, "POST", path, body)[0]
    return _checked(config, answer)


def get(config: GatewayConfig, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Ask with signed query fields; the signed answer, which says success. Raises TryLater."""
    answer = _exchange(config, "GET", f"{path}?{urlencode(sign(fields, config.secret))}")[0]
    return _checked(config, answer)


def get_file(config: GatewayConfig, path: str, fields: Mapping[str, str]) -> bytes:
    """A whole file, its seal proven. Raises TryLater."""
    data, seal = _exchange(config, "GET", f"{path}?{urlencode(sign(fields, config.secret))}")
    if seal != seal_of(data, config.secret):
        raise _unusable(config, "the file's seal does not fit")
    return data


def _checked(config: GatewayConfig, body: bytes) -> dict[str, Any]:
    try:
        answer = read_signed(body, config.secret)
    except BadMessage as fault:
        raise _unusable(config, str(fault)) from fault
    if answer.get("MaKetQua") != SUCCESS:
        raise _unusable(config, f"answered {answer.get('MaKetQua')!r}")
    return answer


def _exchange(config: GatewayConfig, verb: str, path: str, body: bytes | None = None) -> tuple[bytes, str]:
    base = urlsplit(config.base_url)
    kind = HTTPSConnection if base.scheme == "https" else HTTPConnection
    connection = kind(base.hostname or "", base.port, timeout=config.timeout_seconds)
    try:
        connection.request(verb, base.path.rstrip("/") + path, body, {"Content-Type": "application/json"})
        return _read(config, connection.getresponse())
    except (OSError, HTTPException) as fault:
        raise _unusable(config, type(fault).__name__) from fault
    finally:
        connection.close()


def _read(config: GatewayConfig, response: HTTPResponse) -> tuple[bytes, str]:
    data = response.read(_LARGEST_FILE + 1)
    if response.status != 200 or len(data) > _LARGEST_FILE:
        raise _unusable(config, f"status {response.status}, {len(data)} bytes")
    return data, response.getheader(SEAL_HEADER, "")


def _unusable(config: GatewayConfig, why: str) -> TryLater:
    _log.warning("gateway %s: %s", config.key, why)
    return TryLater(
        _("%(gateway)s chưa trả lời. Hồ sơ và các khoản đã nộp vẫn được giữ nguyên.") % {"gateway": _(config.name)},
        what_to_do="Chờ vài phút rồi thử lại, hoặc chọn cách thanh toán khác.",
    )
