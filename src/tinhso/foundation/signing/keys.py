"""Keys that sign: one small interface and the soft back end behind it.

Tokens, HSMs, remote signing and phones will be further back ends of the same interface.
"""

import hashlib
import os
from collections import OrderedDict
from threading import Lock
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from tinhso.core.errors import Invalid

_KEPT = 256
_PEPPER = os.urandom(32)


class Signer(Protocol):
    """Something that signs in the name of one certificate. Certificates are DER bytes."""

    @property
    def certificate(self) -> bytes: ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates between `certificate` and the root, the root left out."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature of SHA-256(data): DER for ECDSA, PKCS#1 v1.5 for RSA. May take minutes (a phone)."""
        ...


class SoftSigner:
    """A signer whose key lies in memory: for the demo, tests and small agencies' servers.

    Decree 30/2020 art. 32 leaves the agency's key with the clerk on a device; a soft key only stands in for it.
    """

    def __init__(
        self,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: bytes,
        chain: tuple[bytes, ...],
    ) -> None:
        self._key = key
        self.certificate = certificate
        self.chain = chain

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), SHA256())
        return self._key.sign(data, ec.ECDSA(SHA256()))


_loaded: OrderedDict[bytes, SoftSigner] = OrderedDict()
_lock = Lock()


def load_soft_signer(p12: bytes, password: str) -> SoftSigner:
    """The signer kept in an encrypted PKCS#12 file.

    Opening one costs tens of milliseconds by design, so the last 256 stay open in this process.
    Raises Invalid when the password is wrong or the file holds no usable key.
    """
    # Neither file nor password stays in memory as the cache's key.
    name = hashlib.blake2b(len(p12).to_bytes(8, "big") + p12 + password.encode(), key=_PEPPER).digest()
    with _lock:
        if name in _loaded:
            _loaded.move_to_end(name)
            return _loaded[name]
    signer = _open(p12, password)
    with _lock:
        _loaded[name] = signer
        if len(_loaded) > _KEPT:
            _loaded.popitem(last=False)
    return signer


def _open(p12: bytes, password: str) -> SoftSigner:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(p12, password.encode())
    except ValueError as error:
        raise Invalid(
            "Không mở được khóa ký: mã PIN không đúng hoặc tệp khóa bị hỏng.",
            what_to_do="Nhập lại mã PIN; nếu vẫn không được, liên hệ bộ phận cấp chứng thư số.",
            fields={"pin": "Mã PIN không đúng"},
        ) from error
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Invalid("Tệp khóa không có khóa RSA hoặc ECDSA kèm chứng thư số.")
    chain = tuple(other.public_bytes(Encoding.DER) for other in others if other.subject != other.issuer)
    return SoftSigner(key, certificate.public_bytes(Encoding.DER), chain)
