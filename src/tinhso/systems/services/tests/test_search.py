"""Finding a procedure by what people type."""

import pytest

from tinhso.systems.services.releases import loading
from tinhso.systems.services.rules.search import Searchable, rank

RELEASES = [loading.load_release(code) for code in loading.release_codes()]
THINGS = [Searchable(r.code, r.short_name or r.name, (r.name, *r.keywords, r.sector_name)) for r in RELEASES]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khai sinh", "1.001193"),
        ("khaisinh", "1.001193"),
        ("Đăng ký khai sinh", "1.001193"),
        ("dang ky thuong tru", "1.004222"),
        ("đăng ký thường trú", "1.004222"),
        ("nhap khau", "1.004222"),
        ("ho khau", "1.004222"),
        ("dang ki thuong tru", "1.004222"),
        ("ly lich tu phap", "3.000333"),
        ("giấy phép xây dưng", "1.013225"),
        ("giay doc than", "1.004873"),
        ("sao y", "2.000815"),
        ("1.012784", "1.012784"),
        ("ho kinh doanh", "1.001612"),
    ],
)
def test_the_first_found_is_what_was_meant(typed: str, code: str) -> None:
    assert rank(THINGS, typed)[0] == code


def test_a_mild_slip_of_the_finger_still_finds() -> None:
    assert "1.001193" in rank(THINGS, "khai sihn")


def test_nonsense_and_nothing_find_nothing() -> None:
    assert rank(THINGS, "xyzzy qwert") == []
    assert rank(THINGS, "  ") == []
