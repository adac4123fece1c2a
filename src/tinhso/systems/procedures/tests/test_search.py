from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.systems.procedures.actions.confirm_free import confirm_free
from tinhso.systems.procedures.public import find_catalogue_record, search_catalogue, sectors
from tinhso.systems.procedures.rules.drawn import nearest, slips

from .sample import record
from .world import context_of, take_in


@pytest.fixture
def _catalogue(db: None, tmp_path: Path) -> None:
    take_in(tmp_path)


def codes(words: str = "", **narrowed: Any) -> list[str]:
    return [entry.code[-1] for entry in search_catalogue(words, **narrowed).entries]


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    "typed",
    ["khai sinh", "khaisinh", "KHAI SINH", "Khai sinh", "làm giấy khai sinh", "khai sihn", "kahi sinh", "khai sin"],
)
def test_birth_is_found_however_it_is_typed(typed: str) -> None:
    assert codes(typed) == ["2"]


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("typed", ["đăng ký thường trú", "dang ky thuong tru", "dangkythuongtru", "thuong tru dang ky"])
def test_residence_is_found_and_the_plain_name_comes_first(typed: str) -> None:
    assert codes(typed) == ["3", "4"]


@pytest.mark.usefixtures("_catalogue")
def test_misspelt_words_say_how_they_were_read() -> None:
    assert search_catalogue("khai sihn").read_as == "khai sinh"
    assert search_catalogue("khai sinh").read_as == ""
    assert search_catalogue("khaisihn").entries[0].code == "9.000002"


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("typed", ["zzzz", "%", "' OR 1=1", "&|!:*", "(", "\u0000", "😀" * 400, "_" * 9, "a" * 5000])
def test_nothing_is_found_and_nothing_breaks_for_other_text(typed: str) -> None:
    search_catalogue(typed.replace("\u0000", " "))
    assert search_catalogue(typed, after="x|y").read_as is not None


@pytest.mark.usefixtures("_catalogue")
def test_it_narrows_by_sector_level_and_code() -> None:
    assert codes(sector="cu-tru") == ["3", "4"]
    assert codes("xóa", sector="cu-tru") == ["4"]
    assert codes(level="commune") == codes()
    assert codes(level="ministry") == []
    assert codes("9.000005") == ["5"]
    assert [(one.key, one.procedures) for one in sectors()][:2] == [("cu-tru", 2), ("ho-tich", 1)]


@pytest.mark.django_db
def test_pages_hold_every_procedure_once_in_the_order_of_names(tmp_path: Path) -> None:
    names = ["Đo", "Do", "Đò", "Dò", "An", "Ăn", "Ân", "Án"]
    take_in(tmp_path, [record(ma_thu_tuc=f"9.00010{n}", ten_thu_tuc=name) for n, name in enumerate(names)])
    for words in ("", "thư viện"):
        seen: list[str] = []
        after = ""
        while True:
            found = search_catalogue(words, limit=3, after=after)
            seen += [entry.name for entry in found.entries]
            if not (after := found.after):
                break
        assert sorted(seen) == sorted(names)
        if not words:
            assert seen == ["An", "Án", "Ăn", "Ân", "Do", "Dò", "Đo", "Đò"]


@pytest.mark.usefixtures("_catalogue")
def test_a_search_takes_at_most_three_queries(django_assert_max_num_queries: Any) -> None:
    for typed in ("khai sinh", "khaisinh", "khai sihn", "zzzz", ""):
        with django_assert_max_num_queries(3):
            search_catalogue(typed)


@pytest.mark.usefixtures("_catalogue")
def test_facts_say_what_is_sure_and_what_is_not() -> None:
    birth, residence = find_catalogue_record("9.000002"), find_catalogue_record("9.000003")
    assert birth is not None
    assert residence is not None
    assert (birth.entry.time, birth.ways[0].limit_unit) == ("Chưa xác nhận", "")
    assert residence.entry.time == "3 ngày làm việc"
    assert residence.entry.cost == "Miễn phí theo danh mục quốc gia, tỉnh chưa xác nhận"
    assert not residence.ways[0].fee_certain
    confirm_free(context_of("publisher"), "cu-tru", ["9.000003"], newest=10**9, note="")
    after = find_catalogue_record("9.000003")
    assert after is not None
    assert (after.entry.cost, after.ways[0].fee, after.ways[0].fee_certain) == ("Miễn phí", 0, True)
    assert find_catalogue_record("9.999999") is None


def test_a_slip_is_a_letter_more_less_other_or_swapped() -> None:
    pairs = [("sinh", "sihn"), ("sinh", "sin"), ("sinh", "sinhh"), ("sinh", "sink")]
    assert [slips(*pair) for pair in pairs] == [1, 1, 1, 1]
    assert nearest("sihn", ["sinh", "sink", "khai"]) == ["sinh"]
    assert nearest("xyzt", ["sinh"]) == []


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_slips_are_even_handed_and_nought_only_for_the_same(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert slips(one, other) <= max(len(one), len(other))
