"""What an officer adds to a result is held against what the dossier says."""

import pytest

from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.asks import ASKED
from tinhso.systems.onestop.models import Result
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db


def number_of(username: str) -> str:
    party = Account.objects.select_related("party").get(username=username).party
    assert party is not None
    return party.number or ""


def draft(case: Case, number: str) -> str:
    """The page after drafting with a number for the child; nothing was drawn up when it is a refusal."""
    answer = desk.act(desk.officer(desk.SPECIALIST), case, "du-thao", {"giay-khai-sinh.so_dinh_danh": number})
    assert answer.status_code in (302, 422)
    assert Result.objects.filter(case=case).exists() == (answer.status_code == 302)
    return str(answer.content.decode())


@pytest.mark.parametrize("whose", [desk.MOTHER, desk.FATHER])
def test_a_number_that_stands_in_the_dossier_is_not_the_childs(whose: str) -> None:
    page = draft(desk.accepted(), number_of(whose))
    assert "“Số định danh cá nhân của bé” và “Số định danh cá nhân" in page
    assert "không thể giống nhau." in page


def test_a_boys_number_is_not_for_a_girl() -> None:
    assert "mà “Giới tính" in draft(desk.accepted(), "025226000123")


def test_the_year_in_the_number_is_the_year_of_birth() -> None:
    page = draft(desk.accepted(), "025325000123")
    assert "của người sinh năm 2025" in page
    assert "ghi năm 2026" in page


def test_the_childs_own_number_is_taken() -> None:
    draft(desk.accepted(), "025326000123")


def test_what_is_declared_of_asks_names_questions_of_the_release() -> None:
    release = release_of(desk.submitted())
    result = release.result("giay-khai-sinh")
    asked, keys = ASKED[result.code], {question.key for question in result.asks}
    assert set(asked.new) <= keys
    for check in asked.checks:
        first, *others = check.uses()
        assert first in keys
        assert all(release.form.has(key) for key in others)
