"""VietQR: the text inside the square a bank's app reads.

EMVCo merchant-presented QR, tag-length-value with two digits each, tag 38 for NAPAS transfers. Source: the published
VietQR layout and three samples whose checksums were recomputed (mark: read).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

NAPAS = "A000000727"
VND = "704"
LONGEST_PURPOSE = 25
"""Longest transfer text banks are known to carry whole (mark: assumed)."""

_CHECKSUM_AT_END = re.compile(r"6304[0-9A-F]{4}\Z")
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}\Z")


class Service(StrEnum):
    """What the money goes to."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"
    PUSH = "QRPUSH"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer as its QR tells it: `amount` in đồng, None when the payer types it; texts are ASCII."""

    bank_bin: str
    account: str
    amount: int | None = None
    purpose: str = ""
    bill: str = ""
    service: Service = Service.ACCOUNT
    merchant: str = ""
    city: str = ""


class BadQR(ValueError):
    """The text is not a whole, unbroken VietQR."""


def crc16(text: str) -> int:
    """CRC-16/CCITT-FALSE of ASCII text: polynomial 0x1021, start 0xFFFF, nothing reflected."""
    register = 0xFFFF
    for byte in text.encode("ascii"):
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return register


def encode(transfer: Transfer) -> str:
    """The QR text of a transfer. Raises ValueError when a part does not fit the layout."""
    if not re.fullmatch(r"[0-9]{6}", transfer.bank_bin):
        raise ValueError("a bank's BIN has 6 digits")
    if not re.fullmatch(r"[0-9A-Za-z]{1,19}", transfer.account):
        raise ValueError("an account number has 1 to 19 letters and digits")
    if transfer.amount is not None and not _AMOUNT.match(str(transfer.amount)):
        raise ValueError("an amount is a positive whole number of at most 13 digits")
    bank = _field("00", transfer.bank_bin) + _field("01", transfer.account)
    additional = _field("01", transfer.bill) + _field("08", transfer.purpose)
    body = (
        _field("00", "01")
        + _field("01", "11" if transfer.amount is None else "12")
        + _field("38", _field("00", NAPAS) + _field("01", bank) + _field("02", transfer.service))
        + _field("53", VND)
        + _field("54", "" if transfer.amount is None else str(transfer.amount))
        + _field("58", "VN")
        + _field("59", transfer.merchant)
        + _field("60", transfer.city)
        + _field("62", additional)
        + "6304"
    )
    return f"{body}{crc16(body):04X}"


def decode(text: str) -> Transfer:
    """The transfer a QR text asks for. Raises BadQR; fields we do not use are passed over."""
    if not text.isascii() or not _CHECKSUM_AT_END.search(text):
        raise BadQR("no checksum at the end")
    if crc16(text[:-4]) != int(text[-4:], 16):
        raise BadQR("the checksum does not fit")
    fields = _split(text)
    if fields.get("00") != "01" or fields.get("53") != VND or fields.get("58") != "VN":
        raise BadQR("not a payment in đồng in Vietnam")
    napas = _split(fields.get("38", ""))
    if napas.get("00") != NAPAS:
        raise BadQR("not a NAPAS transfer")
    bank = _split(napas.get("01", ""))
    additional = _split(fields.get("62", ""))
    amount = fields.get("54", "")
    if amount and not _AMOUNT.match(amount):
        raise BadQR("the amount is not a whole number")
    try:
        return Transfer(
            bank_bin=bank["00"],
            account=bank["01"],
            amount=int(amount) if amount else None,
            purpose=additional.get("08", ""),
            bill=additional.get("01", ""),
            service=Service(napas.get("02", Service.ACCOUNT)),
            merchant=fields.get("59", ""),
            city=fields.get("60", ""),
        )
    except (KeyError, ValueError) as fault:
        raise BadQR("bank, account or service is missing") from fault


def _field(tag: str, value: str) -> str:
    if not value:
        return ""
    if not value.isascii() or not value.isprintable() or len(value) > 99:
        raise ValueError(f"field {tag} must be 1 to 99 printable ASCII characters")
    return f"{tag}{len(value):02d}{value}"


def _split(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise BadQR("a field has no tag and length")
        tag, value = head[:2], text[at + 4 : at + 4 + int(head[2:])]
        if len(value) != int(head[2:]) or tag in fields:
            raise BadQR(f"field {tag} is cut short or comes twice")
        fields[tag] = value
        at += 4 + len(value)
    return fields
