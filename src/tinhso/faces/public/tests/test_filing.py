"""From begin to a code: filling in, the papers, submitting once; and what people do wrong on the way."""

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, CasePaper, NotOffered
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.files.tests.pdfs import make_pdf
from tinhso.systems.services.models import Draft, DraftPaper
from tinhso.systems.services.queries import get_release

from . import world


@pytest.mark.django_db
def test_a_birth_is_filed_from_begin_to_code() -> None:
    client = world.signed_in()
    case = world.filed(client, copies=True)
    assert (case.channel, case.business, case.money) == ("online", "submitted", "due")
    assert case.code in client.get(f"/tra-cuu/{case.code}?moi=1").content.decode()
    paper = CasePaper.objects.get(case=case, key="giay-chung-sinh")
    assert paper.file is not None
    assert (paper.file.owner_kind, paper.file.owner_id) == ("case", case.pk)


@pytest.mark.django_db
def test_a_stranger_reads_what_is_needed_and_is_asked_to_sign_in() -> None:
    client = Client(headers={"accept-language": "vi"})
    assert "Đăng nhập và bắt đầu" in client.get("/nop-ho-so/1.001193").content.decode()
    response = client.post("/nop-ho-so/1.001193", {"_once": world.key()})
    assert response["Location"] == "/dang-nhap?tiep=/nop-ho-so/1.001193"


@pytest.mark.django_db
def test_what_the_account_knows_is_offered() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    page = client.get(f"/nop-ho-so/{draft.public_id}/nguoi-yeu-cau").content.decode()
    assert 'value="Nguyễn Thị Lan"' in page
    assert 'value="Phường Việt Trì"' in page


@pytest.mark.django_db
def test_a_number_that_contradicts_the_birth_year_is_explained_and_what_was_typed_is_kept() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    address = f"/nop-ho-so/{draft.public_id}/nguoi-yeu-cau"
    body = client.get(address).context["values"] | {"nyc.ngay_sinh_year": "1987"}
    response = client.post(address, body | {"_once": world.key()})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Số định danh này của người sinh năm 1996" in page
    assert "mà “Ngày, tháng, năm sinh (Người yêu cầu)” ghi năm 1987" in page
    assert 'value="1987"' in page
    assert 'href="#f-nyc.so_dinh_danh"' in page or 'href="#f-nyc.ngay_sinh"' in page


@pytest.mark.django_db
def test_a_commune_that_is_not_found_is_asked_again_among_those_that_sound_alike() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    address = f"/nop-ho-so/{draft.public_id}/nguoi-yeu-cau"
    body = client.get(address).context["values"] | {"nyc.noi_cu_tru.commune": "viet chi"}
    assert client.post(address, body | {"_once": world.key()}).status_code == 422
    body["nyc.noi_cu_tru.commune"] = "tri"
    page = client.post(address, body | {"_once": world.key()}).content.decode()
    assert '<option value="07900" selected>Phường Việt Trì</option>' in page or ">Phường Việt Trì</option>" in page
    body["nyc.noi_cu_tru.commune"] = "07900"
    assert client.post(address, body | {"_once": world.key()}).status_code == 302


@pytest.mark.django_db
def test_a_session_that_ends_in_mid_form_loses_nothing_typed() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    address = f"/nop-ho-so/{draft.public_id}/nguoi-yeu-cau"
    body = client.get(address).context["values"] | {"nyc.ho_ten": "Nguyễn Thị Lan Anh"}
    client.session.delete()
    response = client.post(address, body | {"_once": world.key()})
    assert response["Location"] == f"/dang-nhap?tiep={address}"
    assert "vẫn được giữ" in client.get(response["Location"]).content.decode()
    draft.account.set_password("mat-khau-thu")
    draft.account.save()
    body = {"username": world.MOTHER, "password": "mat-khau-thu", "tiep": address}
    assert client.post("/dang-nhap", body)["Location"] == address
    page = client.get(address).content.decode()
    assert 'value="Nguyễn Thị Lan Anh"' in page
    assert "vẫn còn đây" in page
    assert "vẫn còn đây" not in client.get(address).content.decode()


@pytest.mark.django_db
def test_what_was_typed_is_never_shown_to_whoever_signs_in_next() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    address = f"/nop-ho-so/{draft.public_id}/nguoi-yeu-cau"
    body = client.get(address).context["values"] | {"nyc.ho_ten": "Tên Riêng Tư"}
    client.session.delete()
    client.post(address, body | {"_once": world.key()})
    other = world.signed_in("tran-van-hai")
    client.cookies["nguoi_dan"] = other.cookies["nguoi_dan"].value
    response = client.get(address)
    assert response.status_code == 404
    assert "Tên Riêng Tư" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("toi.docx", b"PK\x03\x04 word"), "không phải ảnh"),
        (SimpleUploadedFile("trong.jpg", b""), "trống"),
        (SimpleUploadedFile("hong.jpg", b"\xff\xd8\xff rubbish"), "bị hỏng"),
        (SimpleUploadedFile("cat.pdf", b"%PDF-1.7 no end"), "bị hỏng hoặc chưa tải lên hết"),
        (SimpleUploadedFile("lenh.pdf", make_pdf(b"/OpenAction<</S/JavaScript/JS(x)>>")), "chứa mã lệnh"),
        (SimpleUploadedFile("khoa.pdf", make_pdf(trailer=b"/Encrypt<</Filter/Standard>>")), "mật khẩu"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_the_others_stay(file: SimpleUploadedFile, said: str) -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    address = f"/nop-ho-so/{draft.public_id}/giay-to/giay-chung-sinh"
    client.post(address, {"tep": world.photo(), "_once": world.key()})
    file.seek(0)
    response = client.post(address, {"tep": file, "_once": world.key()})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "giay.jpg" in response.content.decode()
    assert DraftPaper.objects.filter(draft=draft).count() == 1


@pytest.mark.django_db
def test_a_photo_of_two_hundred_megabytes_is_refused_with_words_and_the_rest_is_kept() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    address = f"/nop-ho-so/{draft.public_id}/giay-to/giay-chung-sinh"
    large = SimpleUploadedFile("to.jpg", b"\xff\xd8\xff" + bytes(200 * 1024 * 1024), "image/jpeg")
    response = client.post(address, {"anh": large, "tep": world.photo("nho.png"), "_once": world.key()})
    assert response.status_code == 422
    assert "quá lớn (tối đa 20 MB)" in response.content.decode()
    assert DraftPaper.objects.get(draft=draft).file.name == "nho.jpg"


@pytest.mark.django_db
def test_a_paper_can_be_seen_and_taken_out_again() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    address = f"/nop-ho-so/{draft.public_id}/giay-to/giay-chung-sinh"
    client.post(address, {"tep": world.photo(), "_once": world.key()})
    file = DraftPaper.objects.get(draft=draft).file
    shown = client.get(f"/nop-ho-so/{draft.public_id}/tep/{file.public_id}")
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert world.signed_in("tran-van-hai").get(f"/nop-ho-so/{draft.public_id}/tep/{file.public_id}").status_code == 404
    client.post(f"/nop-ho-so/{draft.public_id}/tep/{file.public_id}/bo", {"_once": world.key()})
    assert not FileRef.objects.filter(pk=file.pk).exists()


@pytest.mark.django_db
def test_the_button_pressed_five_times_files_one_dossier() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    world.finish(client, draft)
    once = world.key()
    answers = {client.post(f"/nop-ho-so/{draft.public_id}/nop/gui", {"_once": once})["Location"] for _ in range(5)}
    assert len({answer.split("?")[0] for answer in answers}) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    client = world.signed_in()
    once = world.key()
    client.post("/nop-ho-so/1.001193", {"_once": once})
    response = client.post("/nop-ho-so/1.001193", {"_once": once, "other": "body"})
    assert response.status_code == 409
    assert Draft.objects.count() == 1


def test_parallel_presses_file_one_dossier(fresh_database: str, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        client = world.signed_in()
        draft = world.begin(client)
        world.fill(client, draft)
        world.finish(client, draft)
        once, found = world.key(), []

        def press() -> None:
            try:
                mine = world.signed_in()
                found.append(mine.post(f"/nop-ho-so/{draft.public_id}/nop/gui", {"_once": once})["Location"])
            finally:
                connections.close_all()

        pressing = [threading.Thread(target=press) for _ in range(4)]
        for thread in pressing:
            thread.start()
        for thread in pressing:
            thread.join()
        assert len({address.split("?")[0] for address in found}) == 1
        assert Case.objects.count() == 1
        connections.close_all()


@pytest.mark.django_db
def test_a_dossier_with_gaps_is_not_filed_and_says_which() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    response = client.post(f"/nop-ho-so/{draft.public_id}/nop/gui", {"_once": world.key()})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Còn thiếu giấy tờ: Giấy chứng sinh" in page
    assert "Chưa chọn cách nhận kết quả" in page
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_commune_that_does_not_offer_it_names_who_does_instead() -> None:
    committee = Agency.objects.get(kind="commune_committee", place__code="07900", valid_to=None)
    other = Agency.objects.get(kind="commune_committee", place__code="07894", valid_to=None)
    NotOffered.objects.create(
        procedure=world.BIRTH,
        agency=committee,
        instead=other,
        reason="Đang chuyển trụ sở",
        valid_from=world.today(),
        mark="assumed",
    )
    client = world.signed_in()
    draft = world.begin(client)
    world_address = f"/nop-ho-so/{draft.public_id}/noi-dang-ky"
    with pytest.raises(AssertionError):
        world.fill(client, draft, noi_dang_ky="khong co xa nay")
    response = client.post(world_address, {"noi_dang_ky": "07900", "_once": world.key()}, follow=True)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Đang chuyển trụ sở" in page
    assert other.name in page
    assert Draft.objects.get(pk=draft.pk).answers["nks.ho_ten"] == "Trần Minh An"


@pytest.mark.django_db
def test_what_is_filed_in_person_only_leads_to_where() -> None:
    assert Client().get("/nop-ho-so/2.000815")["Location"] == "/thu-tuc/2.000815/noi-nop"
    client = world.signed_in()
    assert client.post("/nop-ho-so/2.000815", {"_once": world.key()})["Location"].endswith("/noi-nop")
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_an_organisation_is_told_that_births_are_for_people() -> None:
    client = world.signed_in("co-khi-binh-tuyen")
    assert "không thuộc đối tượng" in client.get("/nop-ho-so/1.001193").content.decode()
    assert client.post("/nop-ho-so/1.001193", {"_once": world.key()}).status_code == 403


@pytest.mark.django_db
def test_the_check_page_shows_answers_cost_and_its_basis() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft, ban_sao__can=True, ban_sao__so_luong=3)
    world.finish(client, draft)
    page = client.get(f"/nop-ho-so/{draft.public_id}/nop/kiem-tra").content.decode()
    assert "Trần Minh An" in page
    assert "24.000\xa0đồng" in page
    assert "281/2016/TT-BTC" in page
    assert "theo nguồn thứ cấp" in page


@pytest.mark.django_db
def test_a_draft_can_be_thrown_away_with_its_files() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    world.finish(client, draft)
    client.post(f"/nop-ho-so/{draft.public_id}/nop/bo", {"_once": world.key()})
    assert not Draft.objects.exists()
    assert not FileRef.objects.filter(owner_kind="draft").exists()


@pytest.mark.django_db
def test_the_overview_costs_the_same_however_much_is_there() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    with CaptureQueriesContext(connection) as first:
        client.get(f"/nop-ho-so/{draft.public_id}")
    world.fill(client, draft)
    world.finish(client, draft)
    with CaptureQueriesContext(connection) as second:
        client.get(f"/nop-ho-so/{draft.public_id}")
    assert len(second) == len(first) <= 8


def to_page(client: Client, draft: Draft, wanted: str, **said: Any) -> str:
    """The address of a page of the birth, with earlier answers as if given."""
    answers = {**world.birth_answers(), **{key.replace("__", "."): value for key, value in said.items()}}
    form = get_release(world.BIRTH, world.today()).form
    earlier = form.pages[: form.pages.index(form.page(wanted))]
    keys = {question.key for page in earlier for question in page.questions}
    draft.answers = {key: value for key, value in answers.items() if key in keys}
    draft.choices = {"seen": [page.key for page in earlier]}
    draft.save()
    return f"/nop-ho-so/{draft.public_id}/{wanted}"


@pytest.mark.django_db
def test_a_mother_finds_her_own_part_filled_in_and_the_father_does_not() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    mother = client.get(to_page(client, draft, "me")).context["values"]
    assert mother["me.ho_ten"] == "Nguyễn Thị Lan"
    assert mother["me.noi_cu_tru.commune"] == "Phường Việt Trì"
    assert mother["me.quoc_tich"] == "Việt Nam"
    assert mother["me.so_dinh_danh"]
    page = client.get(to_page(client, draft, "cha"))
    assert "cha.ho_ten" not in page.context["values"]
    assert "Chỗ nào đã biết thì được điền sẵn" in page.content.decode()
    assert client.get(to_page(client, draft, "noi-dang-ky")).context["values"]["noi_dang_ky"] == "Phường Việt Trì"


@pytest.mark.django_db
def test_a_birth_long_ago_is_asked_about_and_taken_once_confirmed() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    address = to_page(client, draft, "em-be")
    assert "đã quá 60 ngày" not in client.get(address).content.decode()
    body = {"nks.ho_ten": "Trần Minh An", "nks.gioi_tinh": "nu", "_once": world.key()}
    body |= {"nks.ngay_sinh_day": "2", "nks.ngay_sinh_month": "3", "nks.ngay_sinh_year": "1990"}
    refused = client.post(address, body)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Ngày này cách đây quá 60 ngày" in page
    assert 'name="nks.qua_han"' in page
    assert client.post(address, body | {"nks.qua_han": "on"}).status_code == 302
    assert 'name="nks.qua_han"' in client.get(address).content.decode()
    assert Draft.objects.get(pk=draft.pk).answers["nks.qua_han"] is True


@pytest.mark.django_db
def test_every_line_of_the_summary_names_its_question() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    page = client.post(to_page(client, draft, "em-be"), {"_once": world.key()}).content.decode()
    summary = page.split('id="faults"', 1)[1].split("</ul>")[0]
    for title in ("Họ, chữ đệm, tên của bé", "Giới tính", "Ngày, tháng, năm sinh"):
        assert f"{title}: bạn chưa trả lời câu này." in summary


@pytest.mark.django_db
def test_the_same_file_twice_is_said_and_kept_once() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    address = f"/nop-ho-so/{draft.public_id}/giay-to/giay-chung-sinh"
    for _ in range(2):
        client.post(address, {"tep": world.photo(), "_once": world.key()})
    assert "“giay.jpg” giống hệt một tệp đã có" in client.get(address).content.decode()
    assert DraftPaper.objects.filter(draft=draft).count() == 1


@pytest.mark.django_db
def test_a_commune_typed_without_its_kind_or_marks_needs_no_second_choice() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    address = to_page(client, draft, "noi-dang-ky")
    assert client.post(address, {"noi_dang_ky": "viet tri", "_once": world.key()}).status_code == 302
    assert Draft.objects.get(pk=draft.pk).answers["noi_dang_ky"] == "07900"


@pytest.mark.django_db
def test_on_another_phone_a_draft_says_that_it_waits_behind_the_sign_in() -> None:
    draft = world.begin(world.signed_in())
    fresh = Client(headers={"accept-language": "vi"})
    response = fresh.get(f"/nop-ho-so/{draft.public_id}/nguoi-yeu-cau", follow=True)
    assert "Hồ sơ bạn soạn dở vẫn được giữ trong tài khoản" in response.content.decode()
    start = fresh.get("/nop-ho-so/1.001193").content.decode()
    assert "Đã soạn dở trên máy khác?" in start


@pytest.mark.django_db
def test_every_page_of_a_draft_that_was_filed_in_another_tab_leads_to_its_dossier() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    world.finish(client, draft)
    case = world.submit(client, draft)
    base = f"/nop-ho-so/{draft.public_id}"
    for address in (base, f"{base}/nop/gui", f"{base}/nop/giay-to", f"{base}/nop/kiem-tra", f"{base}/giay-to/to-khai"):
        response = client.post(address, {"_once": world.key()}, follow=True)
        assert response.redirect_chain[-1][0] == f"/tra-cuu/{case.code}", address
        assert f"Hồ sơ này đã nộp: mã {case.code}" in response.content.decode()


@pytest.mark.django_db
def test_a_file_that_cannot_be_taken_does_not_claim_that_the_browser_remembers_it() -> None:
    client = world.signed_in()
    draft = world.begin(client)
    world.fill(client, draft)
    bad = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n broken", "image/png")
    page = client.post(f"/nop-ho-so/{draft.public_id}/giay-to/giay-chung-sinh", {"tep": bad, "_once": world.key()})
    assert page.status_code == 422
    said = page.content.decode()
    assert "Những gì bạn đã nhập vẫn còn nguyên" not in said
    assert "chọn lại tệp" in said
    assert "60 triệu điểm ảnh" in said
