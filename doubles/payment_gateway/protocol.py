"""The gateway's messages, written from the reference in README.md."""

import hashlib
import hmac
import json
from typing import Any

SIGNATURE = "MaXacThuc"


class Refused(Exception):
    """A message that is not taken; `code` is the protocol's result code."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def signature(message: dict[str, Any], secret: str) -> str:
    """HMAC-SHA256, in lower-case hexadecimal, of the message without MaXacThuc: JSON in UTF-8 with keys in order and
    no spaces."""
    bare = {key: value for key, value in message.items() if key != SIGNATURE}
    text = json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def signed(message: dict[str, Any], secret: str) -> dict[str, Any]:
    return {**message, SIGNATURE: signature(message, secret)}


def seal(data: bytes, secret: str) -> str:
    """The hash of a file, sent in the header X-Ma-Xac-Thuc."""
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def check(message: Any, secret: str, partner: str) -> dict[str, Any]:
    """The message, if the partner signed it. Raises Refused."""
    if not isinstance(message, dict):
        raise Refused("99", "not an object")
    given = message.get(SIGNATURE)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), signature(message, secret).encode()):
        raise Refused("97", "sai mã xác thực")
    if message.get("MaDoiTac") != partner:
        raise Refused("03", "không có đối tác này")
    return message
