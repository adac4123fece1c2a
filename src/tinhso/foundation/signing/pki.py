"""A certificate authority for the demo and for tests: root, intermediate, certificates of persons and agencies.

It stands in for the State's authority (Decree 68/2024/NĐ-CP); nothing it signs has legal value, and every name says
so. Subject fields of the State's own profile could not be read (assumed): a person has name, title and agency; an
agency its name twice; both carry the agency's identifier (organizationIdentifier, 2.5.4.97).
Personal identity numbers are left out: a certificate travels with every paper.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

DEMO = "TỉnhSố - chỉ để dùng thử"
_YEAR = timedelta(days=365)
_KDF_ROUNDS = 20_000
_NAME_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names. An agency's own certificate has no `person`."""

    agency: str
    agency_code: str
    person: str = ""
    title: str = ""

    @property
    def name(self) -> x509.Name:
        parts = {
            NameOID.COUNTRY_NAME: "VN",
            NameOID.ORGANIZATION_NAME: self.agency,
            NameOID.ORGANIZATION_IDENTIFIER: self.agency_code,
            NameOID.TITLE: self.title,
            NameOID.COMMON_NAME: self.person or self.agency,
        }
        return x509.Name([_attribute(kind, text) for kind, text in parts.items() if text])


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh certificate with its key: `p12` is an encrypted PKCS#12 file with the chain inside."""

    p12: bytes
    certificate: bytes
    serial: str
    subject: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Authority:
    """A demo authority that issues from its intermediate; the root's key is thrown away after making it."""

    root: x509.Certificate
    intermediate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(
        self, holder: Holder, password: str, *, now: datetime, rsa_bits: int = 0, rounds: int = _KDF_ROUNDS
    ) -> Issued:
        """A certificate valid for three years, P-256 unless `rsa_bits` asks for RSA.

        `rounds` make guessing the password slow; where the file is sealed again at once, few will do.
        """
        key: Key = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else _new_key()
        certificate = (
            _builder(holder.name, self.intermediate.subject, key, now, 3 * _YEAR)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(digital_signature=True, content_commitment=True), critical=True)
            .add_extension(_authority_key(self.key), critical=False)
            .sign(self.key, SHA256())
        )
        encryption = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(rounds)
            .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
            .hmac_hash(SHA256())
            .build(password.encode())
        )
        name = holder.name.rfc4514_string()
        p12 = pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, [self.intermediate], encryption)
        return Issued(
            p12=p12,
            certificate=certificate.public_bytes(Encoding.DER),
            serial=f"{certificate.serial_number:x}",
            subject=name,
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
        )

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def kept(self, password: str) -> bytes:
        """The authority as an encrypted PKCS#12 file."""
        return pkcs12.serialize_key_and_certificates(
            DEMO.encode(), self.key, self.intermediate, [self.root], BestAvailableEncryption(password.encode())
        )


def new_authority(*, now: datetime, name: str = DEMO) -> Authority:
    """A fresh demo authority: a root for ten years, an intermediate for six."""
    root_key, key = _new_key(), _new_key()
    root_name, intermediate_name = _authority_name(f"CA gốc {name}"), _authority_name(f"CA {name}")
    root = (
        _builder(root_name, root_name, root_key, now, 10 * _YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(root_key, SHA256())
    )
    intermediate = (
        _builder(intermediate_name, root_name, key, now, 6 * _YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(_authority_key(root_key), critical=False)
        .sign(root_key, SHA256())
    )
    return Authority(root, intermediate, key)


def load_authority(kept: bytes, password: str) -> Authority:
    """The authority `Authority.kept` wrote. Raises ValueError when the password is wrong."""
    key, intermediate, others = pkcs12.load_key_and_certificates(kept, password.encode())
    if not isinstance(key, ec.EllipticCurvePrivateKey) or intermediate is None or len(others) != 1:
        raise ValueError("not a demo authority")
    return Authority(others[0], intermediate, key)


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _authority_name(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]
    )


def _attribute(kind: x509.ObjectIdentifier, text: str) -> x509.NameAttribute[str]:
    """X.520 allows 64 characters; the library lets a common name have 64 bytes, so a long one is cut."""
    if kind == NameOID.COMMON_NAME:
        text = text.encode()[:_NAME_LENGTH].decode(errors="ignore").strip()
    return x509.NameAttribute(kind, text[:_NAME_LENGTH])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _authority_key(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _key_usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
