"""Encryption at rest with the installation key, and keyed look-up of what is encrypted.

AES-256-GCM with a key derived per purpose (HKDF-SHA256); the library is `cryptography`. What is sealed begins with one
byte that names its format and key, so that a later key can stand beside this one.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tinhso.core import settings

_VERSION = b"\x01"
_NONCE = 12


class WrongKey(Exception):
    """Sealed bytes do not open here: another key, purpose, place or version, or they were changed. Says which."""


def seal_bytes(data: bytes, purpose: str, place: str = "") -> bytes:
    """`data` encrypted and authenticated: version, nonce, then ciphertext with its tag.

    `place` says where the bytes will lie (a table's column): they open there and nowhere else.
    """
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + _cipher(purpose).encrypt(nonce, data, _VERSION + place.encode())


def open_bytes(sealed: bytes, purpose: str, place: str = "") -> bytes:
    """What `seal_bytes` was given. Raises WrongKey, in words for operators."""
    version, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    where = f"{purpose} {place}".strip()
    if version != _VERSION:
        raise WrongKey(
            f"Dữ liệu niêm phong ({where}) mang phiên bản {version.hex() or 'trống'}, bản này chỉ mở được phiên bản"
            f" {_VERSION.hex()}: dữ liệu đã hỏng, hoặc do một bản TỉnhSố mới hơn ghi. Chạy đúng bản đã ghi rồi thử lại."
        )
    try:
        return _cipher(purpose).decrypt(nonce, body, version + place.encode())
    except (InvalidTag, ValueError) as error:
        raise WrongKey(
            f"Dữ liệu niêm phong ({where}) không mở được bằng khoá của bản cài đặt này: khoá đã đổi, hoặc dữ liệu"
            " đã bị sửa hay chép từ chỗ khác sang. Dùng lại khoá cũ hoặc khôi phục từ bản sao lưu."
        ) from error


def lookup(value: str, purpose: str) -> bytes:
    """A keyed digest by which an encrypted value is found again (HMAC-SHA256, 32 bytes)."""
    return hmac.new(_key(f"lookup:{purpose}"), value.encode(), hashlib.sha256).digest()


@lru_cache(maxsize=256)
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(f"seal:{purpose}"))


@lru_cache(maxsize=256)
def _key(info: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode())
    return derivation.derive(settings.current().installation_key)
