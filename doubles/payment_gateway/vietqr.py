"""Reading a VietQR text as a bank's app does: tag, length, value; the checksum must fit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What the code asks the payer to do; `amount` None lets the payer choose."""

    bank_bin: str
    account: str
    amount: int | None
    content: str


def read(text: str) -> Asked:
    """Raises ValueError in words for the payer."""
    if len(text) < 8 or text[-8:-4] != "6304" or f"{_crc(text[:-4]):04X}" != text[-4:]:
        raise ValueError("Mã QR bị hỏng hoặc thiếu (tổng kiểm tra không khớp).")
    top = _fields(text)
    transfer = _fields(top.get("38", ""))
    if transfer.get("00") != "A000000727" or top.get("53") != "704":
        raise ValueError("Đây không phải mã chuyển tiền VietQR.")
    where = _fields(transfer.get("01", ""))
    more = _fields(top.get("62", ""))
    amount = top.get("54", "")
    if not where.get("00") or not where.get("01") or (amount and not amount.isdigit()):
        raise ValueError("Mã QR thiếu tài khoản nhận.")
    return Asked(where["00"], where["01"], int(amount) if amount else None, more.get("08") or more.get("05", ""))


def _fields(text: str) -> dict[str, str]:
    fields, rest = {}, text
    while rest:
        if len(rest) < 4 or not rest[:4].isdigit() or len(rest) < 4 + int(rest[2:4]):
            raise ValueError("Mã QR bị hỏng (thiếu một phần).")
        length = int(rest[2:4])
        fields[rest[:2]] = rest[4 : 4 + length]
        rest = rest[4 + length :]
    return fields


def _crc(text: str) -> int:
    value = 0xFFFF
    for byte in text.encode("ascii", "replace"):
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value
