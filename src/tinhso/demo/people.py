"""The invented citizens and businesses of the demo province, and the arithmetic of their numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from tinhso.demo.officers import Sex
from tinhso.demo.reading import read_csv, read_date

BusinessKind = Literal["company", "cooperative", "household_business"]
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class Citizen:
    """An invented person. `detail` is the part of the address below the commune; `note` says what the person is for."""

    key: str
    name: str
    sex: Sex
    born: date
    personal_number: str
    commune_key: str
    detail: str
    phone: str
    email: str
    """Empty where the person has none, which pages must bear."""
    spouse: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Business:
    """An invented business; that of a household uses its representative's personal number as tax code."""

    key: str
    name: str
    kind: BusinessKind
    tax_code: str
    representative: str
    commune_key: str
    detail: str
    founded: date
    phone: str
    email: str


def load_citizens() -> tuple[Citizen, ...]:
    return tuple(
        Citizen(
            key=row["key"],
            name=row["name"],
            sex=cast(Sex, row["sex"]),
            born=_known(row["born"]),
            personal_number=row["personal_number"],
            commune_key=row["commune_code"],
            detail=row["detail"],
            phone=row["phone"],
            email=row["email"],
            spouse=row["spouse"] or None,
            note=row["note"],
        )
        for row in read_csv("citizens.csv")
    )


def load_businesses() -> tuple[Business, ...]:
    return tuple(
        Business(
            key=row["key"],
            name=row["name"],
            kind=cast(BusinessKind, row["kind"]),
            tax_code=row["tax_code"],
            representative=row["representative"],
            commune_key=row["commune_code"],
            detail=row["detail"],
            founded=_known(row["founded"]),
            phone=row["phone"],
            email=row["email"],
        )
        for row in read_csv("businesses.csv")
    )


def _known(value: str) -> date:
    day = read_date(value)
    if day is None:
        raise ValueError("a person's or business's date is missing")
    return day


def personal_number_fits(number: str, sex: Sex, born: date) -> bool:
    """Whether twelve digits agree with sex and year of birth: digit 4 is century and sex, 5-6 the year
    (137/2015/NĐ-CP Đ13, 59/2021/TT-BCA; secondary). There is no check digit."""
    century = (born.year // 100 - 19) * 2 + (sex == "female")
    return len(number) == 12 and number.isdecimal() and number[3:6] == f"{century}{born.year % 100:02}"


def tax_code_is_whole(code: str) -> bool:
    """Whether ten digits carry the right check digit (practice, as in public validators)."""
    if len(code) != 10 or not code.isdecimal() or code[2:9] == "0000000":
        return False
    total = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, code, strict=False))
    return 10 - total % 11 == int(code[9])
