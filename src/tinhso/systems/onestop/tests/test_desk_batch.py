"""Signing and sealing many at a time: each by itself, nothing of another's."""

import pytest
from django.test import Client

from tinhso.foundation.cases.models import Case
from tinhso.systems.onestop.actions.handle import send_back
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db

SIGN, SEAL = "/can-bo/cho-ky", "/can-bo/cho-so"


def chosen(*cases: Case) -> list[str]:
    return [f"{case.pk}:{case.version}" for case in cases]


@pytest.mark.parametrize("address", [SIGN, SEAL])
def test_strangers_and_citizens_are_sent_to_sign_in(address: str) -> None:
    for client in (Client(), desk.citizen()):
        assert client.get(address)["Location"].startswith("/can-bo/dang-nhap")
        assert client.post(address, {"pin": "123456"})["Location"].startswith("/can-bo/dang-nhap")


def test_the_leader_signs_all_that_is_ticked_with_one_pin() -> None:
    first, second = desk.proposed(), desk.proposed()
    client = desk.officer(desk.LEADER)
    said = client.get(SIGN).content.decode()
    assert first.code in said
    assert second.code in said
    assert "/tep/" in said
    response = client.post(SIGN, {"ho-so": chosen(first, second), "pin": "123456"})
    assert response.status_code == 200
    assert "Không có hồ sơ nào chờ ký" in response.content.decode()
    sealed = desk.officer(desk.CLERK).post(SEAL, {"ho-so": chosen(desk.fresh(first)), "pin": "123456"})
    assert first.code in sealed.content.decode()
    assert [desk.fresh(case).business for case in (first, second)] == ["resolved", "in_process"]


def test_a_wrong_pin_signs_none() -> None:
    case = desk.proposed()
    response = desk.officer(desk.LEADER).post(SIGN, {"ho-so": chosen(case), "pin": "1"})
    assert response.status_code == 422
    assert desk.fresh(case).version == case.version


def test_one_that_moved_on_holds_up_none_of_the_others() -> None:
    stale, good = desk.proposed(), desk.proposed()
    before = chosen(stale, good)
    Case.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    said = desk.officer(desk.LEADER).post(SIGN, {"ho-so": before, "pin": "123456"}).content.decode()
    assert "vừa được người khác xử lý" in said
    assert desk.fresh(good).version > good.version
    assert desk.fresh(stale).version == stale.version + 1


def test_what_was_sent_back_is_no_longer_there_to_sign() -> None:
    case = desk.proposed()
    ticked = chosen(case)
    send_back(desk.acting(case), case.pk, case.version, "Sai tên đệm của bé")
    response = desk.officer(desk.LEADER).post(SIGN, {"ho-so": ticked, "pin": "123456"})
    assert response.status_code == 422
    assert "Chưa chọn hồ sơ nào" in response.content.decode()


def test_another_units_leader_sees_and_signs_nothing_of_ours() -> None:
    case = desk.proposed()
    client = desk.officer("chutich.vinhyen")
    assert case.code not in client.get(SIGN).content.decode()
    client.post(SIGN, {"ho-so": chosen(case), "pin": "123456"})
    assert desk.fresh(case).version == case.version
