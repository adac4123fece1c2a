"""Whom a look-up is counted for: one line, one hall; never everybody behind our own server."""

import pytest

from tinhso.systems.services.views.visitors import visitor


@pytest.mark.parametrize(
    ("nearest", "passed_on", "counted"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "", ""),
        ("10.0.0.1", "unknown", ""),
        ("2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", None, "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("", None, ""),
    ],
)
def test_a_visitor_is_told_by_what_cannot_be_made_up(nearest: str, passed_on: str | None, counted: str) -> None:
    assert visitor(nearest, passed_on) == counted
