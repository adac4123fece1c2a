"""What a dossier's papers say of people and places."""

import pytest

from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.models import Dossier, Result, Slip
from tinhso.systems.onestop.results import result_data
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db


def test_the_slip_names_the_phone_declared_for_this_dossier() -> None:
    case = desk.submitted()
    Dossier.objects.filter(case=case).update(contact_phone="0387654321")
    accept(desk.acting(case), case.pk, case.version)
    assert Slip.objects.get(case=case, kind="acceptance").data["phone"] == "0387654321"


def test_a_place_on_a_result_carries_its_province() -> None:
    case = desk.drafted()
    leader = Account.objects.get(username=desk.LEADER)
    data = result_data(desk.acting(case), case, release_of(case), Result.objects.get(case=case), leader)
    assert data["said"]["me.noi_cu_tru"] == "Số 12, phố Hùng Vương, Phường Việt Trì, tỉnh Phú Thọ"
    assert data["said"]["noi_dang_ky"] == "Phường Việt Trì, tỉnh Phú Thọ"
