"""Whoever has a code learns where a dossier is; who holds its slip learns more; nobody walks from code to code."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhso.core.crypto import lookup
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.events.models import Event
from tinhso.foundation.identity.models import Attempt
from tinhso.foundation.notices.models import Letter
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.public import tracking_address, tracking_key
from tinhso.systems.services.actions.count_lookup import BY_DAY_AND_UNIT, forget_lookups
from tinhso.systems.services.models import Lookup
from tinhso.systems.services.queries import get_release_row
from tinhso.systems.services.views.dossier import tidy_code

from . import world

pytestmark = pytest.mark.django_db


def stranger(address: str = "203.0.113.7") -> Client:
    return Client(headers={"accept-language": "vi"}, REMOTE_ADDR=address)


def slip_address(case: Case) -> str:
    """Where the QR code of the slip leads."""
    return "/" + tracking_address(case.code).split("/", 3)[3]


def kept_private(case: Case) -> None:
    """The same dossier under a release whose dossiers are nobody else's business."""
    row = get_release_row("3.000333", world.today())
    release = read_release(row)
    assert release.discretion
    Case.objects.filter(pk=case.pk).update(release=row, case_key=release.cases[-1].key)


def test_a_code_alone_opens_state_unit_and_date_but_no_name_and_no_matter() -> None:
    case = world.accepted(world.filed(world.signed_in()))
    page = stranger().get(f"/tra-cuu/{case.code.lower()}").content.decode()
    for part in ("Đã tiếp nhận", "Ủy ban nhân dân phường Việt Trì", "Hẹn trả"):
        assert part in page
    for part in ("Nguyễn", "Lan", "Trần Minh An", "Đăng ký khai sinh", "Công chức tư pháp", "Vì sao hẹn ngày đó?"):
        assert part not in page
    assert not Event.objects.filter(type="identity.record.opened", case_id=case.pk, actor_id=None).exists()


def test_the_address_on_the_slip_opens_every_step_without_signing_in_and_names_nobody_in_full() -> None:
    case = world.accepted(world.filed(world.signed_in()))
    assert slip_address(case) == f"/tra-cuu/{case.code}?khoa={tracking_key(case.code)}"
    page = stranger().get(slip_address(case)).content.decode()
    for part in ("Công chức tư pháp - hộ tịch, Ủy ban nhân dân phường Việt Trì", "N. T. Lan", "Vì sao hẹn ngày đó?"):
        assert part in page
    for part in ("Nguyễn Thị Lan", "Trần Minh An", "giay.jpg"):
        assert part not in page


def test_a_key_opens_its_own_dossier_alone_however_it_is_typed() -> None:
    one, other = world.filed(world.signed_in()), world.filed(world.signed_in())
    key = tracking_key(one.code)
    assert key == key_again(one.code) != tracking_key(other.code)
    spaced = f"{key[:5]}-{key[5:]}".upper().replace("0", "O").replace("1", "I")
    assert "Các bước" in stranger().get(f"/tra-cuu/{one.code}", {"khoa": spaced}).content.decode()
    assert "Các bước" not in stranger().get(f"/tra-cuu/{other.code}", {"khoa": key}).content.decode()


def key_again(code: str) -> str:
    """The key once more, by the alphabet that leaves out what is mistaken on paper."""
    bits = int.from_bytes(lookup(code, "tracking key")[:7], "big") >> 6
    return "".join("0123456789abcdefghjkmnpqrstvwxyz"[bits >> 5 * place & 31] for place in range(9, -1, -1))


def test_the_last_digits_of_the_phone_open_the_same_page_and_wrong_ones_are_counted() -> None:
    case = world.filed(world.signed_in())
    phone = Dossier.objects.get(case=case).contact_phone
    address = f"/tra-cuu/{case.code}/xac-nhan"
    assert stranger().post(address, {"so_cuoi": phone[-4:]})["Location"] == slip_address(case)
    wrong = {"so_cuoi": f"{(int(phone[-4:]) + 1) % 10000:04}"}
    for _ in range(5):
        refused = stranger().post(address, wrong)
        assert refused.status_code == 422
        assert "không khớp" in refused.content.decode()
    assert stranger().post(address, {"so_cuoi": phone[-4:]}).status_code == 429
    assert Attempt.objects.exists()


@pytest.mark.parametrize("code", ["H44.01-261122-9999", "xyz", "h44.01 261122 0001"])
def test_a_code_that_does_not_exist_has_a_helpful_page(code: str) -> None:
    response = stranger().get("/tra-cuu", {"ma": code}, follow=True)
    assert response.status_code == 404
    assert "giấy tiếp nhận" in response.content.decode()
    direct = stranger().get(f"/tra-cuu/{code}")
    assert direct.status_code == 404
    assert "1900 0000" in direct.content.decode()


def test_a_code_pasted_with_spaces_or_as_an_address_is_found() -> None:
    case = world.filed(world.signed_in())
    for typed in (f"  {case.code.lower()} ", f"http://vidu.example/tra-cuu/{case.code}"):
        assert stranger().get("/tra-cuu", {"ma": typed})["Location"] == f"/tra-cuu/{case.code}"
    pasted = stranger().get("/tra-cuu", {"ma": f"http://vidu.example{slip_address(case)}"})
    assert pasted["Location"] == slip_address(case)


def test_a_private_dossier_is_to_strangers_as_if_it_were_not_there() -> None:
    case = world.filed(world.signed_in())
    kept_private(case)
    shown = stranger().get(f"/tra-cuu/{case.code}")
    nobody = case.code[:-4] + "9999"
    absent = stranger().get(f"/tra-cuu/{nobody}")
    assert shown.status_code == absent.status_code == 404
    assert _said(shown.content.decode(), case.code) == _said(absent.content.decode(), nobody)
    assert world.signed_in("tran-van-hai").get(f"/tra-cuu/{case.code}").status_code == 404
    digits = Dossier.objects.get(case=case).contact_phone[-4:]
    assert stranger().post(f"/tra-cuu/{case.code}/xac-nhan", {"so_cuoi": digits}).status_code == 404


def _said(page: str, code: str) -> str:
    """What a page says, its code and the request's number aside."""
    main = page.split("<main", 1)[1].split("</main>")[0].replace(code, "…")
    return re.sub(r">[0-9a-f]{8}<", "><", main)


def test_a_private_dossier_opens_to_its_slip_and_to_its_owner() -> None:
    client = world.signed_in()
    case = world.filed(client)
    kept_private(case)
    assert stranger().get(slip_address(case)).status_code == 200
    assert client.get(f"/tra-cuu/{case.code}").status_code == 200


def test_nobody_walks_from_code_to_code() -> None:
    case = world.filed(world.signed_in())
    walker, begins = stranger(), case.code.rpartition("-")[0]
    answers = [walker.get(f"/tra-cuu/{begins}-{number:04}").status_code for number in range(40)]
    assert answers.count(429) == 40 - BY_DAY_AND_UNIT.at_once
    refused = walker.get(f"/tra-cuu/{case.code}")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert "Quét mã QR trên giấy tiếp nhận" in refused.content.decode()
    assert walker.get(slip_address(case)).status_code == 200
    assert stranger("203.0.113.8").get(f"/tra-cuu/{case.code}").status_code == 200


def test_a_hall_full_of_people_looks_up_codes_of_many_days_and_is_not_kept_waiting() -> None:
    hall = stranger()
    answers = {hall.get(f"/tra-cuu/H44.01-2611{1 + number % 28:02}-{number:04}").status_code for number in range(120)}
    assert answers == {404}


def test_the_owner_may_look_as_often_as_they_like() -> None:
    client = world.signed_in()
    case = world.filed(client)
    assert {client.get(f"/tra-cuu/{case.code}").status_code for _ in range(BY_DAY_AND_UNIT.at_once + 5)} == {200}
    assert not Lookup.objects.exists()


def test_what_was_counted_is_forgotten_when_the_measure_is_full_again() -> None:
    stranger().get("/tra-cuu/H44.01-261122-0001")
    assert Lookup.objects.count() == 2
    assert forget_lookups(clock()) == 0
    assert forget_lookups(clock() + timedelta(minutes=1)) == 2


@pytest.mark.parametrize(("with_key", "most"), [(True, 14), (False, 8)])
def test_tracking_costs_the_same_however_long_the_history(with_key: bool, most: int) -> None:
    case = world.filed(world.signed_in())
    address = slip_address(case) if with_key else f"/tra-cuu/{case.code}"
    stranger().get(address)
    with CaptureQueriesContext(connection) as first:
        stranger().get(address)
    world.returned(case)
    with CaptureQueriesContext(connection) as second:
        stranger().get(address)
    assert len(second) <= len(first) <= most


def test_a_letter_leads_to_the_page_that_its_code_alone_would_not_open() -> None:
    case = world.accepted(world.filed(world.signed_in()))
    letters = Letter.objects.filter(case_id=case.pk)
    assert letters.count() >= 2
    assert all(tracking_address(case.code) in letter.body for letter in letters)


def test_no_page_of_a_dossier_tells_a_signed_in_stranger_that_its_code_exists() -> None:
    case = world.filed(world.signed_in())
    other, nobody = world.signed_in("tran-van-hai"), case.code[:-4] + "9999"
    for address in ("/tra-cuu/{}/rut", "/tra-cuu/{}/bo-sung", "/tra-cuu/{}/thanh-toan", "/danh-gia/{}"):
        theirs, none = (other.get(address.format(code)) for code in (case.code, nobody))
        assert theirs.status_code == none.status_code == 404
        assert _said(theirs.content.decode(), case.code) == _said(none.content.decode(), nobody)


def test_a_code_typed_without_its_dot_is_recognised() -> None:
    assert tidy_code(" h44148-261122-0007 ") == "H44.148-261122-0007"
    assert tidy_code("https://x/tra-cuu/H44.148-261122-0007") == "H44.148-261122-0007"
