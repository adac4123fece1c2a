"""The unit lists: counts, codes, successions, positions."""

from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from tinhso.demo import derive_units
from tinhso.demo.province import load_province
from tinhso.demo.reading import DATA

UNITS = load_province().units


def test_the_province_has_133_communes_and_15_wards() -> None:
    assert Counter(unit.kind for unit in UNITS.communes) == {"xã": 133, "phường": 15}


def test_it_was_made_of_3_provinces_32_districts_and_479_communes() -> None:
    assert Counter(unit.level for unit in UNITS.closed) == {"province": 3, "district": 32, "commune": 479}


def test_every_closed_unit_has_a_successor_that_exists_today() -> None:
    today = {unit.key for unit in UNITS.current}
    for unit in UNITS.closed:
        assert set(UNITS.successors[unit.key]) <= today
        assert UNITS.successors[unit.key]


def test_every_commune_of_today_was_made_of_something() -> None:
    assert all(UNITS.predecessors[commune.key] for commune in UNITS.communes)


def test_three_old_communes_were_split_and_each_part_but_one_is_not_the_main_one() -> None:
    parts = [link for link in UNITS.successions if link.split and UNITS.by_key[link.old_key].level == "commune"]
    assert {UNITS.by_key[link.old_key].name for link in parts} == {"Vầy Nưa", "Cao Sơn", "Đồng Tân"}
    mains = Counter(link.old_key for link in parts if link.main)
    assert mains == dict.fromkeys({link.old_key for link in parts}, 1)


def test_codes_are_strings_of_two_three_and_five_digits() -> None:
    lengths = {"province": 2, "district": 3, "commune": 5}
    assert all(len(unit.code) == lengths[unit.level] for unit in (*UNITS.current, *UNITS.closed))


def test_the_same_code_means_another_unit_before_and_after() -> None:
    assert UNITS.by_key["07900"].full_name == "Phường Việt Trì"
    assert UNITS.by_key["07900:2025-06-30"].full_name == "Phường Gia Cẩm"


def test_a_district_went_to_the_communes_that_its_communes_went_to() -> None:
    lam_thao = {UNITS.by_key[key].name for key in UNITS.successors["237:2025-06-30"]}
    assert {"Lâm Thao", "Xuân Lũng", "Phùng Nguyên", "Bản Nguyên"} <= lam_thao


def test_luong_son_and_son_luong_lie_where_they_are_and_not_where_the_other_is() -> None:
    assert UNITS.by_key["04924"].lat < 21 < UNITS.by_key["08296"].lat


def test_every_unit_lies_within_the_province() -> None:
    for unit in (*UNITS.current, *UNITS.closed):
        assert 20.2 < unit.lat < 21.8, unit
        assert 104.7 < unit.lon < 106.0, unit


@pytest.mark.skipif(find_spec(derive_units.PACKAGE) is None, reason="the source package is a development dependency")
def test_the_committed_lists_are_what_the_script_derives(tmp_path: Path) -> None:
    derive_units.derive(derive_units.package_folder(), tmp_path)
    for derived in tmp_path.iterdir():
        assert derived.read_bytes() == (DATA / "units" / derived.name).read_bytes(), derived.name
