"""The book and the sign under which receipts (biên lai) are numbered.

Decree 123/2020/NĐ-CP with Decree 70/2025/NĐ-CP rules receipts' form numbers and signs; their texts were not read, so
what is printed here is marked assumed until the province enters what its tax office registered.
"""

from dataclasses import dataclass

from .law import Basis, Mark


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """`form` is the form number (mẫu số); `sign` the sign (ký hiệu) of a year, `{yy}` standing for its two digits."""

    form: str
    sign: str
    basis: Basis

    def sign_in(self, year: int) -> str:
        return self.sign.format(yy=f"{year % 100:02d}")


RECEIPT_FORM = ReceiptForm("BL-ĐT", "BL{yy}E", Basis("Nghị định 123/2020/NĐ-CP, Nghị định 70/2025/NĐ-CP", Mark.ASSUMED))


def book_key(agency_id: int) -> str:
    """Each collecting agency numbers its own receipts, from 1 each year."""
    return f"bien-lai/{agency_id}"


def printed_number(number: int) -> str:
    """`123` as `0000123`."""
    return f"{number:07d}"
