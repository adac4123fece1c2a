"""After filing: anyone sees where a dossier is, its owner sees all of it, answers, pays, withdraws."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhso.core.context import Context
from tinhso.core.time import clock
from tinhso.foundation.cases.models import CasePaper
from tinhso.foundation.events.models import Event
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.payments.actions.receive_callback import record_notice
from tinhso.foundation.payments.gateways.base import GatewayConfig, Notice
from tinhso.foundation.payments.gateways.vietqr import VietQRGateway
from tinhso.foundation.payments.queries import requests_of_case
from tinhso.systems.onestop.actions.supplement import ask_supplement
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.surveys.public import satisfaction

from . import world


def stranger() -> Client:
    return Client(headers={"accept-language": "vi"})


def opened(case_id: int) -> int:
    return Event.objects.filter(type="identity.record.opened", case_id=case_id).count()


@pytest.mark.django_db
def test_the_owner_sees_all_of_it_and_that_is_written_down_first() -> None:
    client = world.signed_in()
    case = world.accepted(world.filed(client))
    before = opened(case.pk)
    page = client.get(f"/tra-cuu/{case.code}").content.decode()
    assert opened(case.pk) == before + 1
    for part in ("Trần Minh An", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "giay.jpg", "đã được tiếp nhận"):
        assert part in page


@pytest.mark.django_db
def test_slips_papers_and_results_are_their_owners_alone() -> None:
    client = world.signed_in()
    case = world.accepted(world.filed(client))
    slip = Slip.objects.get(case=case)
    paper = CasePaper.objects.filter(case=case, file__isnull=False)[0]
    assert paper.file is not None
    for address in (f"giay/{slip.public_id}", f"giay-to/{paper.file.public_id}"):
        mine = client.get(f"/tra-cuu/{case.code}/{address}")
        assert mine.status_code == 200
        assert world.signed_in("tran-van-hai").get(f"/tra-cuu/{case.code}/{address}").status_code == 404
        assert stranger().get(f"/tra-cuu/{case.code}/{address}").status_code == 302
    assert client.get(f"/tra-cuu/{case.code}/giay/{slip.public_id}").content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_my_list_costs_the_same_for_one_and_for_many() -> None:
    client = world.signed_in()
    world.filed(client, copies=True)
    client.get("/cua-toi")
    with CaptureQueriesContext(connection) as one:
        client.get("/cua-toi")
    world.filed(client, copies=True)
    world.begin(client)
    with CaptureQueriesContext(connection) as more:
        page = client.get("/cua-toi").content.decode()
    assert len(more) == len(one) <= 8
    assert "Chờ bạn nộp phí, lệ phí" in page
    assert "Đang soạn" in page


@pytest.mark.django_db
def test_an_empty_list_says_what_comes_next() -> None:
    assert "Chưa có hồ sơ nào" in world.signed_in("le-minh-quan").get("/cua-toi").content.decode()


def _paid(reference: str, amount: int, number: str) -> None:
    gateway = VietQRGateway(GatewayConfig("vietqr", "Ngân hàng", "TINHSO", "secret", "http://vidu.example"))
    now = clock()
    notice = Notice(number, f"CK {reference}", amount, now)
    record_notice(Context(now=now), gateway, notice, f'{{"n": "{number}"}}')


@pytest.mark.django_db
def test_what_is_due_is_shown_with_a_code_to_scan_and_stays_until_it_comes() -> None:
    client = world.signed_in()
    case = world.filed(client, copies=True)
    assert "Nộp phí, lệ phí" in client.get(f"/tra-cuu/{case.code}").content.decode()
    response = client.get(f"/tra-cuu/{case.code}/thanh-toan")
    page = response.content.decode()
    assert "24.000\xa0đồng" in page
    assert "<svg" in page
    assert requests_of_case(case.pk)[0].reference in page
    assert "Refresh" not in response.headers
    waiting = client.get(f"/tra-cuu/{case.code}/thanh-toan?cho=1")
    assert waiting.headers["Refresh"] == "10"
    assert "Thôi, không tự xem lại nữa" in waiting.content.decode()


@pytest.mark.django_db
def test_money_that_comes_twice_gives_one_receipt_and_a_word_about_the_rest() -> None:
    client = world.signed_in()
    case = world.filed(client, copies=True)
    asked = requests_of_case(case.pk)[0]
    _paid(asked.reference, 24000, "A1")
    _paid(asked.reference, 24000, "A1")
    page = client.get(f"/tra-cuu/{case.code}/thanh-toan?cho=1")
    assert "Biên lai" in page.content.decode()
    assert "Refresh" not in page.headers
    assert "nhiều hơn số phải nộp" not in page.content.decode()
    _paid(asked.reference, 24000, "A2")
    again = client.get(f"/tra-cuu/{case.code}/thanh-toan").content.decode()
    assert "nhiều hơn số phải nộp" in again
    assert again.count("Số biên lai") == 1


@pytest.mark.django_db
def test_paying_is_for_the_owner() -> None:
    case = world.filed(world.signed_in(), copies=True)
    assert stranger().get(f"/tra-cuu/{case.code}/thanh-toan").status_code == 302
    assert world.signed_in("tran-van-hai").get(f"/tra-cuu/{case.code}/thanh-toan").status_code == 404


@pytest.mark.django_db
def test_without_a_gateway_the_card_is_not_offered_and_says_so() -> None:
    client = world.signed_in()
    case = world.filed(client, copies=True)
    assert "Trả bằng thẻ" not in client.get(f"/tra-cuu/{case.code}/thanh-toan").content.decode()
    assert client.post(f"/tra-cuu/{case.code}/thanh-toan/the", {"_once": world.key()}).status_code == 503


@pytest.mark.django_db
def test_a_supplement_is_gathered_and_sent_once() -> None:
    client = world.signed_in()
    case = world.asked(world.filed(client))
    address = f"/tra-cuu/{case.code}/bo-sung"
    assert "Ảnh bị mờ" in client.get(address).content.decode()
    assert "không đọc được" in client.get(f"/tra-cuu/{case.code}").content.decode()
    empty = client.post(address, {"gui": "1", "version": case.version, "_once": world.key()})
    assert empty.status_code == 422
    assert "Chưa có giấy tờ" in empty.content.decode()
    client.post(address, {"tep-giay-chung-sinh": world.photo("ro.png"), "_once": world.key()})
    assert "ro.jpg" in client.get(address).content.decode()
    once = world.key()
    for _ in range(2):
        sent = client.post(address, {"gui": "1", "version": case.version, "_once": once})
        assert sent["Location"] == f"/tra-cuu/{case.code}"
    assert world.fresh(case).business == "in_process"
    paper = CasePaper.objects.get(case=case, round=1)
    assert paper.file is not None
    assert (paper.file.owner_kind, paper.file.owner_id) == ("case", case.pk)


@pytest.mark.django_db
def test_a_file_put_ready_can_be_taken_back_but_no_other() -> None:
    client = world.signed_in()
    case = world.asked(world.filed(client))
    address = f"/tra-cuu/{case.code}/bo-sung"
    client.post(address, {"tep-giay-chung-sinh": world.photo("ro.png"), "_once": world.key()})
    ready = FileRef.objects.get(owner_kind="supplement:giay-chung-sinh")
    filed = CasePaper.objects.filter(case=case, file__isnull=False)[0].file
    assert filed is not None
    for file in (ready, filed):
        client.post(f"{address}/{file.public_id}/bo", {"_once": world.key()})
    assert not FileRef.objects.filter(pk=ready.pk).exists()
    assert FileRef.objects.filter(pk=filed.pk).exists()


@pytest.mark.django_db
def test_withdrawing_asks_why_and_stops_everything() -> None:
    client = world.signed_in()
    case = world.filed(client)
    address = f"/tra-cuu/{case.code}/rut"
    assert client.post(address, {"ly_do": " ", "version": case.version, "_once": world.key()}).status_code == 422
    client.post(address, {"ly_do": "Nộp nhầm", "version": case.version, "_once": world.key()})
    assert world.fresh(case).business == "stopped"
    late = client.get(address)
    assert late.status_code == 409
    assert "Hồ sơ này không rút được nữa" in late.content.decode()
    assert "đồng nghiệp" not in late.content.decode()


@pytest.mark.django_db
def test_a_finished_dossier_says_why_it_cannot_be_withdrawn() -> None:
    client = world.signed_in()
    case = world.returned(world.filed(client))
    page = client.get(f"/tra-cuu/{case.code}/rut").content.decode()
    assert "Kết quả đã trả cho bạn" in page
    assert f'href="/tra-cuu/{case.code}"' in page


@pytest.mark.django_db
def test_withdrawing_a_dossier_that_moved_on_shows_what_changed() -> None:
    client = world.signed_in()
    case = world.filed(client)
    world.accepted(case)
    response = client.post(
        f"/tra-cuu/{case.code}/rut", {"ly_do": "Đổi ý", "version": case.version, "_once": world.key()}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Tiếp nhận hồ sơ" in page
    assert "Đổi ý" in page
    assert world.fresh(case).business == "accepted"
    again = {"ly_do": "Đổi ý", "version": world.fresh(case).version, "_once": world.key()}
    client.post(f"/tra-cuu/{case.code}/rut", again)
    assert world.fresh(case).business == "stopped"


@pytest.mark.django_db
def test_before_acceptance_a_supplement_stops_no_clock_and_reception_is_not_done() -> None:
    client = world.signed_in()
    case = world.filed(client)
    wanted = [{"paper": "giay-chung-sinh", "note": ""}]
    ask_supplement(world.turn(case), case.pk, case.version, wanted, "Ảnh giấy chứng sinh bị mờ.")
    response = client.get(f"/tra-cuu/{case.code}")
    steps = response.context["trace"].steps
    assert (steps[0].state, steps[0].who) == ("current", "Chờ người nộp bổ sung giấy tờ")
    page = response.content.decode()
    assert "Hồ sơ chưa được tiếp nhận" in page
    assert "tạm dừng" not in page


@pytest.mark.django_db
def test_after_acceptance_a_supplement_stops_the_clock() -> None:
    client = world.signed_in()
    case = world.asked(world.filed(client))
    page = client.get(f"/tra-cuu/{case.code}")
    assert page.context["trace"].steps[0].state == "done"
    assert "thời hạn giải quyết tạm dừng" in page.content.decode()


@pytest.mark.django_db
def test_the_result_is_downloaded_rated_once_and_verified() -> None:
    client = world.signed_in()
    case = world.returned(world.filed(client))
    result = Result.objects.get(case=case)
    pdf = client.get(f"/tra-cuu/{case.code}/ket-qua/{result.public_id}").content
    assert pdf.startswith(b"%PDF-")
    assert stranger().get(f"/tra-cuu/{case.code}/ket-qua/{result.public_id}").status_code == 302
    _rate(client, case.code)
    _verify(case.code, str(result.public_id), result.notation, pdf)


def _rate(client: Client, code: str) -> None:
    address = f"/danh-gia/{code}"
    assert "Bạn thấy việc phục vụ thế nào?" in client.get(address).content.decode()
    assert client.post(address, {"overall": "5", "_once": world.key()}).status_code == 422
    points = {
        "time": "4",
        "information": "5",
        "attitude": "5",
        "result": "5",
        "overall": "5",
        "comment": "Nhanh, dễ hiểu.",
    }
    assert client.post(address, points | {"_once": world.key()})["Location"] == address
    assert "Cảm ơn bạn" in client.get(address).content.decode()
    assert client.post(address, points | {"_once": world.key()}).status_code == 409
    found = satisfaction(clock() - timedelta(days=1), clock() + timedelta(days=1))
    assert (found.ratings, found.content, found.mean) == (1, 1, 5.0)


def _verify(code: str, public_id: str, notation: str, pdf: bytes) -> None:
    def check(data: bytes, address: str = "/xac-minh") -> str:
        response = stranger().post(address, {"tep": SimpleUploadedFile("giay.pdf", data)})
        return response.content.decode()

    face = stranger().get(f"/xac-minh/{public_id}").content.decode()
    assert "Có giấy này trong sổ" in face
    assert notation in face
    whole = check(pdf, f"/xac-minh/{public_id}")
    for part in ("Giấy thật, còn nguyên vẹn", "Giấy khai sinh", code, "Ký cho Ủy ban nhân dân phường Việt Trì"):
        assert part in whole
    assert "Trần Minh An" not in whole
    changed = check(pdf.replace(b"/Type", b"/Typf", 1))
    assert "Giấy thật" not in changed
    assert "Đừng dùng tệp này" in check(pdf + b"\n% them")
    for kept in (0.3, 0.6, 0.9, 0.99):
        assert "tải chưa hết" in check(pdf[: int(len(pdf) * kept)])
    assert not FileRef.objects.filter(name="giay.pdf").exists()


@pytest.mark.django_db
def test_a_dossier_is_rated_only_after_return() -> None:
    client = world.signed_in()
    case = world.filed(client)
    assert client.get(f"/danh-gia/{case.code}").status_code == 409
    assert world.signed_in("tran-van-hai").get(f"/danh-gia/{case.code}").status_code == 404


@pytest.mark.django_db
def test_a_slip_of_ours_is_recognised_by_its_dossiers_code_though_nobody_signed_it() -> None:
    client = world.signed_in()
    case = world.accepted(world.filed(client))
    slip = Slip.objects.get(case=case)
    pdf = client.get(f"/tra-cuu/{case.code}/giay/{slip.public_id}").content
    named = SimpleUploadedFile(f"phieu-tiep-nhan-{case.code}.pdf", pdf)
    assert "Đúng giấy do hệ thống này in" in stranger().post("/xac-minh", {"tep": named}).content.decode()
    renamed = SimpleUploadedFile("a.pdf", pdf)
    page = stranger().post("/xac-minh", {"tep": renamed}).content.decode()
    assert "Đúng giấy do hệ thống này in" not in page
    assert "ghi mã hồ sơ in trên giấy" in page
    typed = {"tep": SimpleUploadedFile("a.pdf", pdf), "ma": case.code.lower()}
    assert "Giấy tiếp nhận hồ sơ và hẹn trả" in stranger().post("/xac-minh", typed).content.decode()
    changed = {"tep": SimpleUploadedFile("a.pdf", pdf + b"\n% them\n%%EOF"), "ma": case.code}
    assert "Đúng giấy do hệ thống này in" not in stranger().post("/xac-minh", changed).content.decode()
