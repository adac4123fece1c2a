"""The case page: who may open it, what it records, what it offers, and what a refusal keeps."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.models import Receipt
from tinhso.systems.onestop.actions.decide import draft_result
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db


def page(client: Client, case: Case, query: str = "") -> str:
    return client.get(f"/can-bo/ho-so/{case.code}{query}").content.decode()


def openings(case: Case) -> int:
    return Event.objects.filter(type="identity.record.opened", case_id=case.pk).count()


@pytest.mark.parametrize("address", ["", "/viec/du-thao", "/viec/trinh", "/viec/khong-co"])
def test_a_stranger_is_sent_to_sign_in_and_back(address: str) -> None:
    case = desk.accepted()
    response = Client().get(f"/can-bo/ho-so/{case.code}{address}")
    assert response.status_code == 302
    assert response["Location"].startswith(f"/can-bo/dang-nhap?tiep=/can-bo/ho-so/{case.code}")


def test_a_citizen_is_a_stranger_at_the_desk() -> None:
    case = desk.accepted()
    assert desk.citizen().get(f"/can-bo/ho-so/{case.code}")["Location"].startswith("/can-bo/dang-nhap")


def test_an_officer_of_another_unit_learns_nothing() -> None:
    case = desk.accepted()
    client = desk.officer(desk.ELSEWHERE)
    file = case.papers.get(key="giay-chung-sinh").file
    slip = Slip.objects.get(case=case)
    assert file is not None
    for address in ("", "/viec/trinh", f"/tep/{file.public_id}", f"/phieu/{slip.public_id}"):
        response = client.get(f"/can-bo/ho-so/{case.code}{address}")
        assert response.status_code == 404
        assert "Nguyễn Thị Lan" not in response.content.decode()
    assert desk.act(client, case, "trinh").status_code == 404
    assert openings(case) == 0


def test_opening_is_recorded_before_the_answer() -> None:
    case = desk.accepted()
    said = page(desk.officer(desk.SPECIALIST), case)
    assert "099196624698" in said
    assert openings(case) == 1


def test_a_paper_is_shown_only_from_our_own_page_and_recorded() -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    file = case.papers.get(key="giay-chung-sinh").file
    assert file is not None
    response = client.get(f"/can-bo/ho-so/{case.code}/tep/{file.public_id}")
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cache-Control"] == "private, no-store"
    assert openings(case) == 1


def test_a_file_of_another_dossier_is_not_given_out_under_this_code() -> None:
    case, other = desk.accepted(), desk.accepted()
    file = other.papers.get(key="giay-chung-sinh").file
    assert file is not None
    response = desk.officer(desk.SPECIALIST).get(f"/can-bo/ho-so/{case.code}/tep/{file.public_id}")
    assert response.status_code == 404


def test_the_bar_offers_what_the_step_declares_and_the_state_allows() -> None:
    case = desk.accepted()
    said = page(desk.officer(desk.SPECIALIST), case)
    offered = {slug for slug in _SLUGS if f"/viec/{slug}" in said}
    whatever = {"giao-viec", "phan-cong", "hen-lai"}
    assert offered - whatever == {"trinh", "du-thao", "yeu-cau-bo-sung", "tu-choi", "nhan-viec"}
    assert whatever <= offered
    leader = page(desk.officer(desk.LEADER), case)
    assert {slug for slug in _SLUGS if f"/viec/{slug}" in leader} == {"phan-cong"}


_SLUGS = [
    *("tiep-nhan", "tu-choi-tiep-nhan", "trinh", "du-thao", "yeu-cau-bo-sung", "tu-choi", "nhan-viec", "chuyen"),
    *("tra-lai", "ky", "phat-hanh", "ghi-ket-qua", "tra-ket-qua", "thu-tien", "nhan-bo-sung", "giao-viec"),
    *("phan-cong", "rut-viec", "tra-loi", "lam-them", "hen-lai", "nghia-vu-tai-chinh", "xac-nhan-nghia-vu"),
]


def test_the_counter_accepts_what_came_online() -> None:
    case = desk.submitted()
    response = desk.act(desk.officer(desk.COUNTER), case, "tiep-nhan")
    assert response.status_code == 302
    assert desk.fresh(case).business == "accepted"


def test_cash_for_an_online_dossier_is_taken_and_then_it_is_accepted() -> None:
    case = desk.submitted(copies=3)
    client = desk.officer(desk.COUNTER)
    unpaid = desk.act(client, case, "tiep-nhan")
    assert unpaid.status_code == 409
    assert "24.000 đồng" in unpaid.content.decode()
    wrong = desk.act(client, case, "thu-tien", amount="20.000")
    assert wrong.status_code == 422
    assert 'value="20.000"' in wrong.content.decode()
    assert desk.act(client, case, "thu-tien", amount="24.000").status_code == 302
    assert Receipt.objects.filter(request__case_id=case.pk).count() == 1
    assert desk.act(client, case, "tiep-nhan").status_code == 302


def test_a_refusal_too_short_comes_back_with_what_was_typed() -> None:
    case = desk.submitted()
    response = desk.act(desk.officer(desk.COUNTER), case, "tu-choi-tiep-nhan", reason="Thiếu")
    said = response.content.decode()
    assert response.status_code == 422
    assert "Thiếu</textarea>" in said
    assert "Ghi lý do" in said
    assert desk.fresh(case).business == "submitted"


def test_two_officers_at_once_one_wins_and_the_other_keeps_the_note() -> None:
    case = desk.accepted()
    first, second = desk.officer(desk.SPECIALIST), desk.officer(desk.SPECIALIST)
    assert desk.act(first, case, "nhan-viec").status_code == 302
    lost = desk.act(second, case, "yeu-cau-bo-sung", giay=["giay-chung-sinh"], reason="Ảnh mờ, không đọc được số.")
    said = lost.content.decode()
    assert lost.status_code == 409
    assert "Nhận xử lý" in said
    assert "Ảnh mờ, không đọc được số.</textarea>" in said
    assert f'name="version" value="{case.version + 1}"' in said


def test_the_loser_of_an_act_no_longer_possible_may_copy_the_note() -> None:
    case = desk.drafted()
    client = desk.officer(desk.SPECIALIST)
    page(client, case, f"?xem={draft_of(case)}")
    desk.act(client, case, "trinh", note="Kính trình")
    lost = desk.act(client, case, "trinh", note="Ý kiến của tôi")
    said = lost.content.decode()
    assert lost.status_code == 409
    assert "Trình" in said
    assert "Ý kiến của tôi</textarea>" in said
    assert "readonly" in said


def test_pressed_five_times_done_once() -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    answers = [desk.act(client, case, "du-thao", desk.DRAFT, key="mot-khoa") for _ in range(5)]
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, answers[0]["Location"])}
    assert desk.fresh(case).version == case.version + 1


def test_a_wrong_pin_signs_nothing_and_says_so_beside_the_field() -> None:
    case = desk.proposed()
    client = desk.officer(desk.LEADER)
    response = desk.act(client, case, "ky", pin="987654")
    said = response.content.decode()
    assert response.status_code == 422
    assert "Mã PIN không đúng" in said
    assert "987654" not in said
    assert Result.objects.get(case=case).state == "draft"
    assert desk.act(client, case, "ky", pin="123456").status_code == 302
    assert Result.objects.get(case=case).state == "signed"


def test_from_signature_to_the_citizens_hand() -> None:
    case = desk.proposed()
    desk.act(desk.officer(desk.LEADER), case, "ky", pin="123456")
    case = desk.fresh(case)
    assert desk.act(desk.officer(desk.CLERK), case, "phat-hanh", pin="123456").status_code == 302
    case = desk.fresh(case)
    assert case.business == "resolved"
    assert desk.act(desk.officer(desk.COUNTER), case, "tra-ket-qua", receiver="Nguyễn Thị Lan").status_code == 302
    assert desk.fresh(case).business == "returned"


def test_what_a_result_asks_is_checked_like_any_answer() -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    bad = desk.act(client, case, "du-thao", {"giay-khai-sinh.so_dinh_danh": "123"})
    assert bad.status_code == 422
    assert 'value="123"' in bad.content.decode()
    assert not Result.objects.filter(case=case).exists()
    good = desk.act(client, case, "du-thao", {"giay-khai-sinh.so_dinh_danh": "099326000123"})
    assert good.status_code == 302
    assert Result.objects.get(case=case).content == {"so_dinh_danh": "099326000123"}


def draft_of(case: Case) -> str:
    draft = Result.objects.get(case=case).draft
    assert draft is not None
    return str(draft.public_id)


def test_a_birth_certificate_has_the_childs_number_or_says_why_not() -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    bare = desk.act(client, case, "du-thao")
    assert bare.status_code == 422
    assert "Số định danh cá nhân của bé” hoặc “Chưa ghi số định danh" in bare.content.decode()
    assert not Result.objects.filter(case=case).exists()
    assert desk.act(client, case, "du-thao", desk.DRAFT).status_code == 302
    assert Result.objects.get(case=case).content == {"chua_co_so": desk.NO_NUMBER}


def test_the_draft_is_the_thing_to_do_until_it_was_looked_at() -> None:
    case = desk.accepted()
    client = desk.officer(desk.SPECIALIST)
    assert primary(page(client, case)) == "Dự thảo"
    refused = desk.act(client, case, "trinh")
    assert refused.status_code == 409
    assert "chưa xem dự thảo: Giấy khai sinh" in refused.content.decode()
    drafted = desk.act(client, case, "du-thao", desk.DRAFT)
    assert primary(client.get(drafted["Location"]).content.decode()) == "Dự thảo"
    assert primary(page(client, case)) == "Chuyển bước"
    assert desk.act(client, desk.fresh(case), "trinh").status_code == 302


def test_a_draft_drawn_up_anew_is_looked_at_anew_and_by_whoever_proposes() -> None:
    case = desk.drafted()
    client = desk.officer(desk.SPECIALIST)
    client.get(f"/can-bo/ho-so/{case.code}/tep/{draft_of(case)}")
    assert primary(page(client, case)) == "Chuyển bước"
    draft_result(desk.acting(case), case.pk, case.version, {"giay-khai-sinh": {"chua_co_so": "Số được cấp sau."}})
    assert desk.act(client, desk.fresh(case), "trinh").status_code == 409


def primary(said: str) -> str:
    """The words of the one primary button of the action bar."""
    bar = said.partition("ts-actionbar")[2] or said
    found = re.search(r'data-kind="primary"[^>]*>(?:<svg.*?</svg>)?\s*(?:<span>)?([^<]+)', bar, re.S)
    return found[1].strip() if found else ""


def test_a_supplement_brought_to_the_counter_restarts_the_clock() -> None:
    case = desk.accepted()
    asked = {"giay": ["giay-chung-sinh"], "reason": "Ảnh mờ, không đọc được số."}
    desk.act(desk.officer(desk.SPECIALIST), case, "yeu-cau-bo-sung", asked)
    case = desk.fresh(case)
    client = desk.officer(desk.COUNTER)
    assert "Ảnh mờ" in page(client, case)
    refused = desk.act(client, case, "nhan-bo-sung", {"giay.giay-chung-sinh.tep": desk.document()})
    assert refused.status_code == 422
    assert "không phải ảnh" in refused.content.decode()
    taken = desk.act(client, case, "nhan-bo-sung", {"giay.giay-chung-sinh.tep": desk.photo()})
    assert taken.status_code == 302
    assert desk.fresh(case).business == "in_process"
    assert Task.objects.filter(case=case).exists()


def test_a_late_dossier_says_so_in_words_with_the_exact_moment() -> None:
    case = desk.accepted()
    Case.objects.filter(pk=case.pk).update(due_at=clock() - timedelta(days=2))
    said = page(desk.officer(desk.SPECIALIST), case)
    assert "Quá hạn 2 ngày" in said
    assert "<time datetime=" in said


def test_the_case_page_costs_the_same_however_long_the_history(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = desk.proposed()
    client = desk.officer(desk.LEADER)
    client.get(f"/can-bo/ho-so/{case.code}")
    with django_assert_max_num_queries(45):
        client.get(f"/can-bo/ho-so/{case.code}")
