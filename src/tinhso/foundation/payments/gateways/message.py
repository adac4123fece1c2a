"""The signed messages of a gateway: JSON objects with a hash over all fields.

The field names follow the messages seen in practice between provinces and the national portal's payment platform;
no official specification was read, nor the exact hash: HMAC-SHA256 over the canonical JSON is our profile
(mark: assumed). A real gateway's own rule goes here and nowhere else.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinhso.core.canonical import canonical
from tinhso.core.time import VN_ZONE, local

from .base import BadMessage, BadSignature, Notice

VERSION = "1.0.6"
SIGNATURE = "MaXacThuc"
SUCCESS = "00"
_LARGEST = 64 * 1024


def sign(message: Mapping[str, Any], secret: str) -> dict[str, Any]:
    """The message with its hash."""
    return {**message, SIGNATURE: _hash(message, secret)}


def read_signed(body: bytes, secret: str) -> dict[str, Any]:
    """The message in `body`, once its hash is proven. Raises BadMessage or BadSignature."""
    if len(body) > _LARGEST:
        raise BadMessage("too long")
    try:
        message = json.loads(body.decode(), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as fault:
        raise BadMessage("not JSON in UTF-8") from fault
    if not isinstance(message, dict):
        raise BadMessage("not an object")
    given = message.pop(SIGNATURE, None)
    try:
        expected = _hash(message, secret)
    except (TypeError, UnicodeEncodeError, RecursionError) as fault:
        raise BadMessage("not canonical") from fault
    if not isinstance(given, str) or not hmac.compare_digest(given.lower().encode(), expected.encode()):
        raise BadSignature("the hash does not fit")
    return message


def seal_of(data: bytes, secret: str) -> str:
    """The hash of a whole file."""
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def notice_of(message: Mapping[str, Any]) -> Notice:
    """The notice in a transaction's fields. Raises BadMessage."""
    amount = message.get("SoTien")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < abs(amount) < 10**15:
        raise BadMessage("SoTien is no amount")
    if message.get("MaTienTe", "VND") != "VND":
        raise BadMessage("MaTienTe is not VND")
    return Notice(
        external_id=text(message, "MaGiaoDich", 64),
        reference=text(message, "MaThamChieu", 300),
        amount=amount,
        paid_at=parse_time(text(message, "ThoiGianGD", 14)),
        succeeded=message.get("TrangThai") == SUCCESS,
        account=text(message, "TKThuHuong", 34) if message.get("TKThuHuong") else "",
    )


def text(message: Mapping[str, Any], name: str, longest: int) -> str:
    """A text field of 1 to `longest` characters. Raises BadMessage."""
    value = message.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or "\x00" in value:
        raise BadMessage(f"{name} is missing or too long")
    return value


def write_time(moment: datetime) -> str:
    """`20261120143005`, in Vietnam's time."""
    return local(moment).strftime("%Y%m%d%H%M%S")


def parse_time(written: str) -> datetime:
    """Raises BadMessage."""
    try:
        return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=VN_ZONE)
    except ValueError as fault:
        raise BadMessage("ThoiGianGD is no time") from fault


def _hash(message: Mapping[str, Any], secret: str) -> str:
    return hmac.new(secret.encode(), canonical(dict(message)), hashlib.sha256).hexdigest()


def _no_float(literal: str) -> float:
    raise BadMessage(f"{literal} is not a whole number")
