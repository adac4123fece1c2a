"""Citizens and businesses of the demo province are invented, and visibly so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.demo.people import personal_number_fits, tax_code_is_whole
from tinhso.demo.province import load_province

PROVINCE = load_province()


def test_there_are_forty_citizens_and_six_businesses_two_of_them_households() -> None:
    assert len(PROVINCE.citizens) == 40
    assert len(PROVINCE.businesses) == 6
    assert sum(business.kind == "household_business" for business in PROVINCE.businesses) == 2


def test_no_personal_number_begins_like_that_of_a_real_province() -> None:
    real = {f"{number:03}" for number in range(1, 97)}
    assert not real & {citizen.personal_number[:3] for citizen in PROVINCE.citizens}
    assert not real & {entry.code for entry in PROVINCE.code_entries}


def test_every_personal_number_fits_the_sex_and_the_year_of_birth() -> None:
    for citizen in PROVINCE.citizens:
        assert personal_number_fits(citizen.personal_number, citizen.sex, citizen.born), citizen.key


@pytest.mark.parametrize(
    ("number", "sex", "born"),
    [
        ("099196624698", "female", date(1996, 3, 14)),
        ("099012000001", "male", date(1912, 1, 1)),
        ("099212000001", "male", date(2012, 1, 1)),
        ("099312000001", "female", date(2012, 1, 1)),
    ],
)
def test_digit_four_tells_century_and_sex(number: str, sex: str, born: date) -> None:
    assert personal_number_fits(number, "female" if sex == "female" else "male", born)
    assert not personal_number_fits(number, "male" if sex == "female" else "female", born)


@pytest.mark.parametrize("code", ["0100233488", "0100109106", "0101243150"])
def test_published_tax_codes_of_companies_pass_the_check(code: str) -> None:
    assert tax_code_is_whole(code)


@given(st.integers(min_value=0, max_value=9), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_in_a_tax_code_is_found(place: int, by: int) -> None:
    code = "9900001027"
    wrong = str((int(code[place]) + by) % 10)
    assert not tax_code_is_whole(code[:place] + wrong + code[place + 1 :])


def test_tax_codes_are_of_the_demo_series_or_their_owners_number() -> None:
    owners = {citizen.key: citizen.personal_number for citizen in PROVINCE.citizens}
    for business in PROVINCE.businesses:
        if business.kind == "household_business":
            assert business.tax_code == owners[business.representative]
        else:
            assert business.tax_code.startswith("990000")


def test_telephones_and_mail_addresses_cannot_be_anybodys() -> None:
    for one in PROVINCE.citizens:
        assert one.phone.startswith("0900000")
        assert one.email in ("", f"{one.key}@vidu.example")
    assert all(officer.email.endswith(".vidu.example") for officer in PROVINCE.officers)


def test_the_demo_entries_of_code_lists_are_dated_and_flagged() -> None:
    assert {entry.code_list for entry in PROVINCE.code_entries} == {
        "personal_number_prefix",
        "tax_code_prefix",
        "telephone_prefix",
    }
    assert all(entry.demo and entry.from_date for entry in PROVINCE.code_entries)
