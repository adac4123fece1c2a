"""The applicant's record at the counter: chosen, corrected, compared with what the form says."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import steps_taken
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.identity.models import Account, Party
from tinhso.systems.onestop.rules import disagreements
from tinhso.systems.onestop.tests import desk
from tinhso.systems.onestop.tests.test_desk_counter import APPLICANT, NEW, form_page, typed

pytestmark = pytest.mark.django_db


def somebody(client: Client) -> Party:
    """A new applicant without an online account, kept at the counter."""
    client.post(APPLICANT, NEW)
    return Party.objects.get(name="Lê Thị Thử")


def correction(client: Client, party: Party, **changed: str) -> dict[str, str]:
    """The correction's form as a browser posts it."""
    said = client.get(f"{APPLICANT}/{party.public_id}/sua").content.decode()
    seen = said.partition('name="seen" value="')[2][:32]
    kept = {name: value for name, value in NEW.items() if name not in ("create", "kind", "_once")}
    return (
        kept | {"seen": seen, "_once": uuid.uuid4().hex, "reason": "Ghi nhầm tên đệm, đã xem thẻ căn cước."} | changed
    )


def test_a_number_that_is_known_offers_to_choose_that_person() -> None:
    response = desk.officer(desk.COUNTER).post(APPLICANT, NEW | {"number": "099196624698", "born_year": "1996"})
    mother = Account.objects.select_related("party").get(username=desk.MOTHER).party
    said = response.content.decode()
    assert mother is not None
    assert "Chọn người này" in said
    assert f"{APPLICANT}/{mother.public_id}" in said
    assert "Nguyễn Thị Lan" not in said


def test_a_record_is_corrected_and_its_history_is_shown() -> None:
    client = desk.officer(desk.COUNTER)
    party = somebody(client)
    response = client.post(f"{APPLICANT}/{party.public_id}/sua", correction(client, party, name="Lê Thị Thu Thử"))
    assert response["Location"] == f"{APPLICANT}/{party.public_id}"
    assert Party.objects.get(pk=party.pk).name == "Lê Thị Thu Thử"
    said = client.get(f"{APPLICANT}/{party.public_id}/sua").content.decode()
    assert "Lê Thị Thử sửa thành Lê Thị Thu Thử" in said
    assert "Ghi nhầm tên đệm" in said


def test_a_correction_is_checked_like_a_new_applicant_and_loses_nothing_typed() -> None:
    client = desk.officer(desk.COUNTER)
    party = somebody(client)
    body = correction(client, party, born_year="1991")
    response = client.post(f"{APPLICANT}/{party.public_id}/sua", body)
    assert response.status_code == 422
    assert "của người sinh năm 1990" in response.content.decode()
    assert 'value="1991"' in response.content.decode()


def test_who_keeps_their_own_record_is_not_offered_to_be_corrected() -> None:
    said = desk.officer(desk.COUNTER).get(f"{form_page()}/sua").content.decode()
    assert "có tài khoản trực tuyến" in said
    assert "Lưu sửa đổi" not in said


def test_the_filled_form_waits_while_the_record_is_corrected_and_follows_it() -> None:
    client = desk.officer(desk.COUNTER)
    party = somebody(client)
    page = f"{APPLICANT}/{party.public_id}"
    own = {"nyc.ho_ten": "Lê Thị Thử", "contact_phone": "0912000111", "nks.ho_ten": "Lê Minh Khôi"}
    sent = typed({**own, "giay.giay-chung-sinh.tep": desk.photo("chung-sinh.jpg")}, correct="1")
    assert client.post(page, sent)["Location"] == f"{page}/sua"
    client.post(f"{page}/sua", correction(client, party, name="Lê Thị Thu Thử"))
    back = client.get(page).content.decode()
    for kept in ("Lê Minh Khôi", "Lê Thị Thu Thử", "0912000111", "chung-sinh.jpg"):
        assert kept in back
    assert 'value="Lê Thị Thử"' not in back
    assert "Lê Minh Khôi" not in client.get(page).content.decode()


def test_what_was_typed_otherwise_than_the_record_stays_as_typed() -> None:
    client = desk.officer(desk.COUNTER)
    party = somebody(client)
    page = f"{APPLICANT}/{party.public_id}"
    client.post(page, typed({"nyc.ho_ten": "Lê Thị Thư"}, correct="1"))
    client.post(f"{page}/sua", correction(client, party, name="Lê Thị Thu Thử"))
    assert 'value="Lê Thị Thư"' in client.get(page).content.decode()


@pytest.mark.parametrize("client", [desk.citizen, Client])
def test_strangers_do_not_reach_the_correction(client: Any) -> None:
    assert client().get(f"{form_page()}/sua")["Location"].startswith("/can-bo/dang-nhap")


def test_an_officer_without_a_counter_is_refused_the_correction() -> None:
    assert desk.officer(desk.SPECIALIST).get(f"{form_page()}/sua").status_code == 403


def test_form_and_record_that_disagree_are_shown_and_taken_in_only_knowingly() -> None:
    client = desk.officer(desk.COUNTER)
    differing = {"nyc.ho_ten": "Nguyễn Thị Lân", "me.ho_ten": "Nguyễn Thị Lân"}
    held = client.post(form_page(), typed(differing, accept="1"))
    said = held.content.decode()
    assert held.status_code == 422
    assert "khai Nguyễn Thị Lân, hồ sơ lưu Nguyễn Thị Lan" in said
    assert not Case.objects.exists()
    taken = client.post(form_page(), typed({**differing, "doi-chieu": "yes"}, accept="1"))
    assert taken.status_code == 302
    notes = [row.note for row in steps_taken(Case.objects.get().pk)]
    assert any("khai Nguyễn Thị Lân" in note for note in notes)


def test_the_same_at_the_acceptance_of_what_came_online() -> None:
    case = desk.submitted()
    assert case.applicant is not None
    Party.objects.filter(pk=case.applicant.pk).update(name="Nguyễn Thị Lân")
    client = desk.officer(desk.COUNTER)
    held = desk.act(client, case, "tiep-nhan")
    assert held.status_code == 422
    assert "Đã đối chiếu giấy tờ" in held.content.decode()
    assert desk.fresh(case).business == "submitted"
    assert desk.act(client, case, "tiep-nhan", {"doi-chieu": "yes"}).status_code == 302
    assert desk.fresh(case).business == "accepted"


def test_a_birth_year_alone_and_other_spacing_are_no_disagreement() -> None:
    case = desk.submitted(now=clock() - timedelta(minutes=1))
    assert case.release is not None
    form = release_of(case).form
    known = {"nyc.ho_ten": "Nguyễn Thị Lan", "nyc.ngay_sinh": "1996-03-14"}
    assert disagreements(form, {"nyc.ho_ten": "NGUYỄN  THỊ LAN", "nyc.ngay_sinh": "1996"}, known) == ()
    (found,) = disagreements(form, {"nyc.ngay_sinh": "1995"}, known)
    assert (found.question, found.answered, found.kept) == ("nyc.ngay_sinh", "1995", "1996-03-14")
