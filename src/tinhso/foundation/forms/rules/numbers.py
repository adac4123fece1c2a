"""Numbers people carry: personal identity number, tax code, phone.

Personal number: Decree 137/2015 art. 13, Circular 59/2021/TT-BCA (secondary): 3 digits of the place of birth
registration, 1 of century and sex, 2 of birth year, 6 random; no checksum; 12 digits by Law 26/2023 art. 12.
Tax code: Law on Tax Administration art. 30, 35 (read); the check digit as in public validators (secondary).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Sex = Literal["nam", "nu"]
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True)
class PersonalNumber:
    """What the digits say: 4th digit 0/1 is a man/woman born 19xx, 2/3 20xx, up to 8/9 for 23xx."""

    digits: str

    @property
    def prefix(self) -> str:
        return self.digits[:3]

    @property
    def sex(self) -> Sex:
        return "nam" if int(self.digits[3]) % 2 == 0 else "nu"

    @property
    def birth_year(self) -> int:
        return 1900 + int(self.digits[3]) // 2 * 100 + int(self.digits[4:6])


def personal_number_fault(text: str, prefixes: Collection[str], this_year: int) -> str:
    """The fault's code, or "". Nine digits are told apart: the old identity card, not for new dossiers."""
    if re.fullmatch(r"[0-9]{9}", text):
        return "old_identity_card"
    if not re.fullmatch(r"[0-9]+", text):
        return "personal_number_form"
    if len(text) != 12:
        return "personal_number_length"
    if prefixes and text[:3] not in prefixes:
        return "personal_number_prefix"
    if PersonalNumber(text).birth_year > this_year:
        return "personal_number_future"
    return ""


def tax_code_fault(text: str) -> str:
    """10 digits with a check digit, 13 as `10-NNN`, or the 12 digits of a person (from 1 July 2025)."""
    if re.fullmatch(r"[0-9]{12}", text):
        return ""
    if not (found := re.fullmatch(r"([0-9]{10})(?:-([0-9]{3}))?", text)):
        return "tax_code_length"
    code, branch = found.groups()
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code, strict=False))
    if 10 - total % 11 != int(code[9]) or code[2:9] == "0000000" or branch == "000":
        return "tax_code_check"
    return ""


def tidy_tax_code(text: str) -> str:
    """Spaces away; 13 digits in a row get their hyphen."""
    bare = re.sub(r"[\s.]", "", text)
    return f"{bare[:10]}-{bare[10:]}" if re.fullmatch(r"[0-9]{13}", bare) else bare


def tidy_phone(text: str) -> str:
    """Digits with a leading 0 for Vietnam (+84 and 84 too), `+` and digits for abroad."""
    bare = re.sub(r"[\s.()-]", "", text)
    return re.sub(r"^(\+84|0084|84(?=[0-9]{9}$))0?", "0", bare)


def is_phone(text: str) -> bool:
    """A Vietnamese mobile (10 digits) or landline (11), or any number abroad of E.164 length."""
    return bool(re.fullmatch(r"0[35789][0-9]{8}|02[0-9]{9}|\+[1-9][0-9]{7,14}", text))
