"""What one acceptance asks of the database, and for how long it keeps the next one waiting for its number."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.systems.onestop.tests import desk
from tinhso.systems.onestop.tests.test_desk_counter import form_page, typed

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 45
MOST_AFTER_THE_NUMBER = 10


def received(more: dict[str, Any]) -> list[str]:
    """The statements of one press of “Tiếp nhận”, the whole request long."""
    client = desk.officer(desk.COUNTER)
    client.post(form_page(), typed(accept="1", _once="khoa-lam-nong"))
    address, body = form_page(), typed(more, accept="1")
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address, body).status_code == 302
    return [query["sql"] for query in queries]


def after_the_number(statements: list[str]) -> list[str]:
    """What is asked while the book of codes is locked: everything after the number is taken."""
    taken = max(at for at, said in enumerate(statements) if "numbering_book" in said)
    return statements[taken + 1 :]


def test_a_dossier_is_taken_in_with_few_statements() -> None:
    statements = received({})
    assert len(statements) <= MOST_STATEMENTS, "\n".join(said[:160] for said in statements)


def test_the_book_of_codes_is_locked_only_while_what_bears_the_code_is_written() -> None:
    locked = after_the_number(received({}))
    assert len(locked) <= MOST_AFTER_THE_NUMBER, "\n".join(said[:160] for said in locked)
