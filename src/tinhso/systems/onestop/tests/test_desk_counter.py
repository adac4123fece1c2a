"""The counter: finding and entering an applicant, the dense page, the cash, the slip."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from tinhso.core.time import business_date, clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.events.models import Event
from tinhso.foundation.forms.rules.form import QuestionType
from tinhso.foundation.identity.models import Account, Party
from tinhso.foundation.payments.models import Receipt
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.tests import desk
from tinhso.systems.onestop.views.questions import posted_values

pytestmark = pytest.mark.django_db

APPLICANT = f"/can-bo/tiep-nhan/{desk.BIRTH}"
NEW = {
    "create": "1",
    "_once": "khoa-nguoi-nop",
    "kind": "citizen",
    "name": "Lê Thị Thử",
    "number": "099190123456",
    "born_day": "5",
    "born_month": "1",
    "born_year": "1990",
    "sex": "female",
    "commune": "Phường Việt Trì",
}


def form_page() -> str:
    party = Account.objects.select_related("party").get(username=desk.MOTHER).party
    assert party is not None
    return f"{APPLICANT}/{party.public_id}"


def typed(changed: Mapping[str, Any] | None = None, *, copies: int = 0, **more: Any) -> dict[str, Any]:
    """The dense page filled in, as a browser posts it."""
    row = find_release(desk.BIRTH, business_date(clock()))
    assert row is not None
    form = read_release(row).form
    answers = desk.birth_answers(copies=copies)
    assert any(question.type is QuestionType.PLACE for question in form.questions())
    body: dict[str, Any] = posted_values(form.questions(), answers)
    body |= {"giay.giay-chung-sinh.ban-chinh": "1", "channel": "in_person", "return_by": "centre", "_once": "khoa-0001"}
    return body | more | dict(changed or {})


@pytest.mark.parametrize(
    "address", ["/can-bo/tiep-nhan", APPLICANT, f"{APPLICANT}/01a199c5-3280-755e-befa-d907a804cff7"]
)
def test_only_who_holds_a_counter_post_takes_dossiers_in(address: str) -> None:
    assert Client().get(address)["Location"].startswith("/can-bo/dang-nhap")
    assert desk.citizen().get(address)["Location"].startswith("/can-bo/dang-nhap")
    assert desk.officer(desk.SPECIALIST).get(address).status_code == 403


def test_procedures_are_found_without_marks_and_only_those_taken_in_here() -> None:
    client = desk.officer(desk.COUNTER)
    said = client.get("/can-bo/tiep-nhan", {"q": "khaisinh"}).content.decode()
    assert "1.001193" in said
    assert "1.013225" not in said
    assert "Không có thủ tục nào khớp" in client.get("/can-bo/tiep-nhan", {"q": "xyz"}).content.decode()


def test_a_procedure_brought_elsewhere_is_refused_in_words() -> None:
    response = desk.officer("congan.viettri").get(APPLICANT)
    assert response.status_code == 403
    assert "không nhận tại" in response.content.decode()


def test_an_unknown_procedure_is_a_helpful_page() -> None:
    assert desk.officer(desk.COUNTER).get("/can-bo/tiep-nhan/9.999999").status_code == 404


def test_searching_by_a_personal_number_is_recorded() -> None:
    client = desk.officer(desk.COUNTER)
    response = client.post(APPLICANT, {"find_number": "099 196 624 698"})
    said = response.content.decode()
    assert "N. T. Lan" in said
    assert "…698" in said
    for hidden in ("Nguyễn Thị Lan", "099196624698"):
        assert f">{hidden}<" not in said
    event = Event.objects.get(type="identity.record.opened")
    assert event.subject_kind == "account"
    assert "099196624698" not in event.payload


def test_a_person_is_found_by_name_without_marks_and_birth_year() -> None:
    client = desk.officer(desk.COUNTER)
    response = client.post(APPLICANT, {"find_name": "nguyen thi lan", "find_born_year": "1996"})
    assert "…698" in response.content.decode()
    assert "099196624698" not in response.content.decode()


def test_nobody_found_opens_the_form_for_somebody_new() -> None:
    said = desk.officer(desk.COUNTER).post(APPLICANT, {"find_number": "099199999999"}).content.decode()
    assert "Chưa có người này" in said
    assert '<details class="ts-details" open>' in said


def test_a_new_applicant_sent_twice_is_one_party() -> None:
    client = desk.officer(desk.COUNTER)
    body = NEW | {"number": ""}
    answers = {client.post(APPLICANT, body)["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert Party.objects.filter(name="Lê Thị Thử").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"born_year": "1991"}, "Số định danh này của người sinh năm 1990"),
        ({"sex": "male"}, "khác giới tính đã chọn"),
        ({"number": "123456789"}, "CMND 9 số"),
        ({"born_day": "31", "born_month": "2"}, "phải có trong lịch"),
        ({"commune": "Xã Không Có"}, "Chọn xã, phường trong danh sách"),
        ({"number": "099196624698", "born_year": "1996"}, "đã có trong hệ thống, của N. T. Lan"),
    ],
)
def test_a_new_applicant_is_checked_and_nothing_typed_is_lost(change: dict[str, str], words: str) -> None:
    response = desk.officer(desk.COUNTER).post(APPLICANT, NEW | change)
    said = response.content.decode()
    assert response.status_code == 422
    assert words in said
    assert 'value="Lê Thị Thử"' in said
    assert not Party.objects.filter(name="Lê Thị Thử").exists()


def test_a_new_applicant_is_kept_and_leads_to_the_form() -> None:
    response = desk.officer(desk.COUNTER).post(APPLICANT, NEW)
    party = Party.objects.get(name="Lê Thị Thử")
    assert response["Location"] == f"{APPLICANT}/{party.public_id}"


def test_the_form_knows_the_applicant_and_the_commune() -> None:
    said = desk.officer(desk.COUNTER).get(form_page()).content.decode()
    assert 'value="099196624698"' in said
    assert 'value="14/03/1996"' in said
    assert 'name="noi_dang_ky" value="Phường Việt Trì"' in said


def test_a_dossier_is_taken_in_at_one_go_and_marked_as_typed_in() -> None:
    client = desk.officer(desk.COUNTER)
    response = client.post(form_page(), typed(accept="1"))
    case = Case.objects.get()
    assert response["Location"] == f"/can-bo/tiep-nhan/xong/{case.code}"
    assert (case.business, case.channel, case.custody) == ("accepted", "in_person", "at_centre")
    assert Dossier.objects.get(case=case).filing == "counter"
    done = client.get(response["Location"]).content.decode()
    assert case.code in done
    assert "Hạn trả" in done
    assert "Cán bộ nhập tại quầy" in client.get(f"/can-bo/ho-so/{case.code}").content.decode()
    slip = client.get(_slip_address(done))
    assert slip["Content-Type"] == "application/pdf"
    assert slip.content.startswith(b"%PDF")


def _slip_address(said: str) -> str:
    start = said.index("/phieu/")
    code = Case.objects.get().code
    return f"/can-bo/ho-so/{code}{said[start : start + len('/phieu/') + 36]}"


def test_the_same_press_again_takes_nothing_in_twice() -> None:
    client = desk.officer(desk.COUNTER)
    answers = [client.post(form_page(), typed(accept="1"))["Location"] for _ in range(3)]
    assert len(set(answers)) == 1
    assert Case.objects.count() == 1


def test_nothing_is_taken_in_before_the_money_is() -> None:
    client = desk.officer(desk.COUNTER)
    unpaid = client.post(form_page(), typed(copies=2, accept="1"))
    assert unpaid.status_code == 422
    assert "Thu đúng 16.000 đồng" in unpaid.content.decode()
    assert not Case.objects.exists()
    assert client.post(form_page(), typed(copies=2, accept="1", cash="16.000")).status_code == 302
    assert Receipt.objects.get().amount == 16_000


def test_looking_over_computes_the_fee_and_files_nothing() -> None:
    response = desk.officer(desk.COUNTER).post(form_page(), typed(copies=2, check="1"))
    said = response.content.decode()
    assert response.status_code == 200
    assert "16.000\u00a0đồng" in said
    assert "Đủ để tiếp nhận" in said
    assert not Case.objects.exists()


def test_a_wrong_kind_of_file_is_refused_and_everything_else_stays() -> None:
    files = {"giay.giay-chung-sinh.tep": desk.document()}
    response = desk.officer(desk.COUNTER).post(form_page(), typed(files, accept="1"))
    said = response.content.decode()
    assert response.status_code == 422
    assert "don.docx: Tệp này không phải ảnh" in said
    assert 'value="Trần Minh An"' in said
    assert not Case.objects.exists()


def test_a_good_photograph_survives_a_refused_form() -> None:
    client = desk.officer(desk.COUNTER)
    files = {"giay.giay-chung-sinh.tep": desk.photo("chung-sinh.png")}
    refused = client.post(form_page(), typed({"nks.ho_ten": "", **files}, accept="1"))
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "chung-sinh.jpg" in said
    mark = 'name="giay.giay-chung-sinh.da-tai" value="'
    kept = said[said.index(mark) + len(mark) :][:36]
    assert client.post(form_page(), typed({"giay.giay-chung-sinh.da-tai": kept}, accept="1")).status_code == 302
    assert Case.objects.get().papers.get(file__isnull=False).file.name == "chung-sinh.jpg"  # type: ignore[union-attr]


def test_a_number_contradicting_the_birth_year_is_told_at_the_field() -> None:
    body = typed(accept="1")
    for part in ("day", "month", "year"):
        body.pop(f"me.ngay_sinh.{part}", None)
    response = desk.officer(desk.COUNTER).post(form_page(), {**body, "me.ngay_sinh": "14/03/1997"})
    said = response.content.decode()
    assert response.status_code == 422
    assert "sinh năm 1996" in said
    assert "1997" in said
    assert not Case.objects.exists()


def test_a_required_paper_not_ticked_keeps_the_dossier_out() -> None:
    response = desk.officer(desk.COUNTER).post(form_page(), typed({"giay.giay-chung-sinh.ban-chinh": ""}, accept="1"))
    assert response.status_code == 422
    assert "Chưa nhận: Giấy chứng sinh" in response.content.decode()


def test_no_sum_is_shown_before_what_it_is_counted_by_is_typed() -> None:
    party = Account.objects.select_related("party").get(username=desk.MOTHER).party
    assert party is not None
    said = desk.officer(desk.COUNTER).get(f"/can-bo/tiep-nhan/2.000815/{party.public_id}").content.decode()
    assert "Ghi đủ số trang, số bản" in said
    assert "2.000" not in said.partition("Phí, lệ phí</h2>")[2]
