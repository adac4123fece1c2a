"""The checks of the demo province find what is wrong: a check that cannot fail is no check."""

from dataclasses import replace

from tinhso.demo.faults import find_faults
from tinhso.demo.province import load_province

PROVINCE = load_province()


def test_the_province_as_shipped_is_whole() -> None:
    assert find_faults(PROVINCE) == []


def test_a_centre_without_a_counter_is_found() -> None:
    posts = tuple(post for post in PROVINCE.posts if post.key != "ttpvhcc-07900/tiep-nhan")
    assert "centre ttpvhcc-07900 has no counter" in find_faults(replace(PROVINCE, posts=posts))


def test_a_step_that_nobody_can_do_is_found() -> None:
    posts = tuple(post for post in PROVINCE.posts if post.key != "ubnd-07900/tu-phap")
    faults = find_faults(replace(PROVINCE, posts=posts))
    assert "procedure 1.001193: ubnd-07900 has no specialist for ho-tich" in faults


def test_a_unit_that_ended_without_a_successor_is_found() -> None:
    links = tuple(link for link in PROVINCE.units.successions if link.old_key != "07900:2025-06-30")
    faults = find_faults(replace(PROVINCE, units=replace(PROVINCE.units, successions=links)))
    assert "unit 07900:2025-06-30 ended without a successor" in faults


def test_an_identifier_given_twice_is_found() -> None:
    first, second, *rest = PROVINCE.agencies
    agencies = (first, replace(second, code=first.code), *rest)
    assert "agency identifier H44 occurs 2 times" in find_faults(replace(PROVINCE, agencies=agencies))


def test_a_personal_number_of_a_real_province_is_found() -> None:
    first, *rest = PROVINCE.citizens
    real = replace(first, personal_number="025" + first.personal_number[3:])
    faults = find_faults(replace(PROVINCE, citizens=(real, *rest)))
    assert f"citizen {first.key}: the personal number is outside the demo's range" in faults


def test_a_mail_address_that_could_be_real_is_found() -> None:
    first, *rest = PROVINCE.citizens
    real = replace(first, email="lan@thu.vn")
    faults = find_faults(replace(PROVINCE, citizens=(real, *rest)))
    assert f"{first.key}: the mail address could be real" in faults
