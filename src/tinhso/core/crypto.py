"""Encryption at rest with the installation key, and keyed look-up of what is encrypted.

AES-256-GCM with a key derived per purpose (HKDF-SHA256); the library is `cryptography`.
"""

import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tinhso.core import settings

_NONCE = 12


class WrongKey(Exception):
    """The bytes were not sealed with this installation's key for this purpose, or were changed."""


def seal_bytes(data: bytes, purpose: str) -> bytes:
    """`data` encrypted and authenticated: nonce, then ciphertext with its tag."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(purpose).encrypt(nonce, data, None)


def open_bytes(sealed: bytes, purpose: str) -> bytes:
    """What `seal_bytes` was given. Raises WrongKey."""
    try:
        return _cipher(purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise WrongKey(purpose) from error


def lookup(value: str, purpose: str) -> bytes:
    """A keyed digest by which an encrypted value is found again (HMAC-SHA256, 32 bytes)."""
    return hmac.new(_key(f"lookup:{purpose}"), value.encode(), hashlib.sha256).digest()


@cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(f"seal:{purpose}"))


@cache
def _key(info: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode())
    return derivation.derive(settings.current().installation_key)
