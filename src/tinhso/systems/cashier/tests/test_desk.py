"""The cashier's desk by hand: who may come, what they see, what each form does, and that it does it once."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tinhso.core.time import business_date, clock
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.models import PaymentEntry, Refund
from tinhso.foundation.payments.queries import balance
from tinhso.systems.cashier.models import Proposal
from tinhso.systems.onestop.tests import desk

from . import world
from .world import (
    CLERK,
    COUNTER,
    DUE,
    HEAD,
    LEADER,
    OTHER_COUNTER,
    OTHER_HEAD,
    OTHER_LEADER,
    PROVINCE,
    SPECIALIST,
    now_of,
    officer,
    owing,
    page,
    press,
    stray,
)

pytestmark = pytest.mark.django_db
LISTS = ["", "/cho-xac-dinh", "/hoan-phi", "/de-nghi", "/tien-mat", "/trong-ngay"]


# Who may come


@pytest.mark.parametrize("address", LISTS)
def test_strangers_and_citizens_are_sent_to_the_officers_door(address: str) -> None:
    for client in (Client(), desk.citizen()):
        assert client.get(f"{world.DESK}{address}")["Location"].startswith("/can-bo/dang-nhap")


@pytest.mark.parametrize("address", LISTS)
def test_a_specialist_has_no_business_here(address: str) -> None:
    assert "Phần thu phí dành cho" in page(officer(SPECIALIST), address, 403)


def test_each_officer_s_navigation_leads_here_when_it_concerns_them() -> None:
    assert 'href="/can-bo/thu-phi"' in officer(COUNTER).get("/can-bo/").content.decode()
    assert 'href="/can-bo/thu-phi"' not in officer(SPECIALIST).get("/can-bo/").content.decode()


def test_another_agency_s_officer_neither_sees_nor_does_anything() -> None:
    request = owing()
    money = stray(request.reference, DUE, account="999")
    client = officer(OTHER_LEADER)
    assert request.dossier_code not in page(client, "/cho-xac-dinh")
    page(client, f"/ho-so/{request.dossier_code}", 404)
    page(client, f"/cho-xac-dinh/{money.pk}", 404)
    assert press(client, f"/cho-xac-dinh/{money.pk}/tra-lai", reason="LC 1").status_code == 403
    assert press(client, f"/cho-xac-dinh/{money.pk}/ghep", code=request.dossier_code).status_code in (404, 422)
    assert press(client, f"/ho-so/{request.dossier_code}/1/mien-giam", amount="1", basis="x").status_code == 404
    assert now_of(request).due == DUE
    assert "999" not in page(officer(OTHER_HEAD), "/cho-xac-dinh")


def test_looking_at_a_dossier_s_money_is_recorded() -> None:
    request = owing()
    assert "Nguyễn Thị Lan" in page(officer(COUNTER), f"/ho-so/{request.dossier_code}")
    opened = Event.objects.get(type="identity.record.opened", case_id=request.case_id)
    assert "payment" in opened.payload


def test_a_code_leads_to_its_dossier_and_a_wrong_one_says_so() -> None:
    request = owing()
    client = officer(COUNTER)
    found = client.get(f"{world.DESK}?ma={request.dossier_code.lower()}")
    assert found["Location"].endswith(f"/ho-so/{request.dossier_code}")
    assert "Không có khoản thu nào" in page(client, "?ma=H44.01-000000-0000", 422)


# Stray money


def test_stray_money_is_matched_by_the_dossier_s_code() -> None:
    request, money = owing(), stray(amount=30_000)
    client = officer(PROVINCE)
    assert "KHONG RO" in page(client, "/cho-xac-dinh")
    assert press(client, f"/cho-xac-dinh/{money.pk}/ghep", code="H44.99-261122-0001").status_code == 422
    done = press(client, f"/cho-xac-dinh/{money.pk}/ghep", code=f" {request.dossier_code.lower()} ")
    assert done.status_code == 303
    assert (now_of(request).due, now_of(request).credit) == (0, 6_000)
    assert "Không có khoản tiền nào chờ xác định" in page(client, "/cho-xac-dinh")


def test_the_button_pressed_twice_matches_once_and_another_officer_is_told() -> None:
    request, money = owing(), stray()
    client = officer(PROVINCE)
    for _ in range(2):
        done = press(client, f"/cho-xac-dinh/{money.pk}/ghep", code=request.dossier_code, key="m" * 20)
        assert done.status_code == 303
    assert now_of(request).received == 10_000
    assert press(client, f"/cho-xac-dinh/{money.pk}/tra-lai", reason="LC 2").status_code == 409


def test_stray_money_goes_back_with_the_number_of_the_transfer() -> None:
    money = stray()
    client = officer(PROVINCE)
    refused = press(client, f"/cho-xac-dinh/{money.pk}/tra-lai", reason=" ")
    assert refused.status_code == 422
    assert "Bắt buộc" in refused.content.decode()
    assert press(client, f"/cho-xac-dinh/{money.pk}/tra-lai", reason="UNC 15").status_code == 303
    assert balance("unmatched") == 0


def test_a_head_of_a_commune_s_centre_finds_a_place_for_money_of_the_commune_only() -> None:
    request = owing()
    named, unnamed = stray(request.reference, DUE, account="999"), stray(number="S2")
    client = officer(HEAD)
    said = page(client, "/cho-xac-dinh")
    assert request.dossier_code in said
    assert "KHONG RO" not in said
    page(client, f"/cho-xac-dinh/{unnamed.pk}", 404)
    assert press(client, f"/cho-xac-dinh/{named.pk}/ghep", code=request.dossier_code).status_code == 303
    assert now_of(request).due == 0


def test_the_list_of_stray_money_costs_the_same_for_one_and_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    stray()
    client = officer(PROVINCE)
    page(client, "/cho-xac-dinh")
    for number in range(2, 9):
        stray(number=f"S{number}")
    with django_assert_max_num_queries(14):
        page(client, "/cho-xac-dinh")


# Waiving


def test_who_may_decide_waives_and_the_list_tells_why() -> None:
    request = owing()
    client = officer(LEADER)
    address = f"/ho-so/{request.dossier_code}/1/mien-giam"
    assert 'value="24000"' in page(client, address)
    refused = press(client, address, amount="99.000", basis="", reason="hộ nghèo")
    assert refused.status_code == 422
    assert "Không quá 24.000 đồng" in refused.content.decode()
    assert press(client, address, amount="24.000", basis="NQ 10/2024", reason="hộ nghèo").status_code == 303
    assert now_of(request).waived == DUE
    assert "NQ 10/2024: hộ nghèo" in page(client, "/de-nghi")


def test_a_counter_proposes_and_the_leader_answers() -> None:
    request = owing()
    counter, leader = officer(COUNTER), officer(LEADER)
    address = f"/ho-so/{request.dossier_code}/1/mien-giam"
    assert press(counter, address, amount="4000", basis="NQ 10", reason="giảm").status_code == 303
    assert now_of(request).due == DUE
    assert press(counter, address, amount="4000", basis="NQ 10", reason="giảm").status_code == 409
    proposal = Proposal.objects.get()
    assert "Đề nghị chờ bạn quyết định" in page(leader)
    assert "Đồng ý" not in page(counter, f"/de-nghi/{proposal.public_id}")
    assert press(counter, f"/de-nghi/{proposal.public_id}", viec="dong-y").status_code == 403
    assert press(leader, f"/de-nghi/{proposal.public_id}", viec="khong", answer="").status_code == 422
    assert press(leader, f"/de-nghi/{proposal.public_id}", viec="dong-y").status_code == 303
    assert now_of(request).due == 20_000
    assert press(leader, f"/de-nghi/{proposal.public_id}", viec="khong", answer="muộn").status_code == 409
    assert "Đã đồng ý" in page(counter, "/de-nghi")


def test_a_proposal_that_no_longer_fits_is_not_approved_and_can_be_declined() -> None:
    request = owing()
    leader = officer(LEADER)
    address = f"/ho-so/{request.dossier_code}/1/mien-giam"
    press(officer(COUNTER), address, amount="24000", basis="NQ 10", reason="x")
    world.pay_cash(request)
    proposal = Proposal.objects.get()
    assert press(leader, f"/de-nghi/{proposal.public_id}", viec="dong-y").status_code == 422
    assert press(leader, f"/de-nghi/{proposal.public_id}", viec="khong", answer="đã nộp").status_code == 303
    proposal.refresh_from_db()
    assert (proposal.state, now_of(request).waived) == ("declined", 0)


# Giving back


def test_what_was_paid_too_much_is_decided_on_and_paid_back_with_slip_and_day() -> None:
    request = owing()
    world.come_in(request.reference, 30_000)
    leader, counter = officer(LEADER), officer(COUNTER)
    assert "6.000 đồng" in page(leader, "/hoan-phi")
    decided = press(leader, f"/ho-so/{request.dossier_code}/1/hoan", amount="6.000", way="cash", reason="nộp thừa")
    assert decided.status_code == 303
    decision = Refund.objects.get()
    address = f"/hoan-phi/{decision.public_id}"
    assert request.dossier_code in page(counter, "/hoan-phi")
    today = business_date(clock())
    day = {"paid_on_day": today.day, "paid_on_month": today.month, "paid_on_year": today.year}
    assert press(counter, address, proof="", **day).status_code == 422
    tomorrow = today + timedelta(days=1)
    late = {"paid_on_day": tomorrow.day, "paid_on_month": tomorrow.month, "paid_on_year": tomorrow.year}
    assert press(counter, address, proof="PC 1", **late).status_code == 422
    assert press(counter, address, proof="PC 1").status_code == 422
    assert press(counter, address, proof="PC 1", **day).status_code == 303
    assert now_of(request).refunded == 6_000
    assert "PC 1" in page(counter, address)
    assert press(counter, address, proof="PC 2", **day).status_code == 409


def test_a_transfer_from_the_agency_s_account_is_recorded_by_its_clerk_and_by_no_counter() -> None:
    request = owing()
    world.pay_cash(request)
    press(officer(LEADER), f"/ho-so/{request.dossier_code}/1/hoan", amount="24000", way="transfer", reason="rút")
    address = f"/hoan-phi/{Refund.objects.get().public_id}"
    assert "không chi trả khoản này" in page(officer(COUNTER), address)
    assert "Số lệnh chuyển tiền" in page(officer(CLERK), address)
    page(officer("vanthu.vinhyen"), address, 404)


def test_a_refund_through_a_gateway_that_took_nothing_is_refused_in_words() -> None:
    request = owing()
    world.pay_cash(request)
    address = f"/ho-so/{request.dossier_code}/1/hoan"
    assert "Qua cổng thanh toán đã thu" not in page(officer(LEADER), address)
    answer = press(officer(LEADER), address, amount="24000", way="gateway", reason="rút")
    assert answer.status_code == 422
    assert "Cổng thanh toán không thu đủ số này" in answer.content.decode()
    proposed = press(officer(COUNTER), address, amount="24000", way="gateway", reason="rút")
    assert proposed.status_code == 422
    assert not Refund.objects.exists()


def test_a_counter_proposes_a_refund_and_says_how() -> None:
    request = owing()
    world.pay_cash(request)
    counter, leader = officer(COUNTER), officer(LEADER)
    address = f"/ho-so/{request.dossier_code}/1/hoan"
    assert press(counter, address, amount="24000", reason="nộp nhầm").status_code == 422
    assert press(counter, address, amount="24000", way="cash", reason="nộp nhầm").status_code == 303
    assert press(leader, f"/de-nghi/{Proposal.objects.get().public_id}", viec="dong-y").status_code == 303
    assert now_of(request).to_refund == DUE


def test_the_lists_of_refunds_and_proposals_cost_the_same_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(4):
        request = owing()
        world.come_in(request.reference, 30_000, f"N{number}")
        press(officer(COUNTER), f"/ho-so/{request.dossier_code}/1/hoan", amount="6000", way="cash", reason="thừa")
    client = officer(LEADER)
    page(client, "/hoan-phi")
    with django_assert_max_num_queries(19):
        page(client, "/hoan-phi")
    with django_assert_max_num_queries(22):
        page(client, "/de-nghi")
    with django_assert_max_num_queries(20):
        page(client)


# Cash and the day


def test_a_counter_sees_its_cash_by_officer_and_hands_it_over() -> None:
    request = owing()
    world.pay_cash(request)
    client = officer(COUNTER)
    said = page(client, "/tien-mat")
    assert "Đang giữ 24.000 đồng" in said
    assert request.collector_name in said
    refused = press(client, "/tien-mat", agency=request.agency_id, amount="24.001", document="GNT 1")
    assert refused.status_code == 422
    assert press(client, "/tien-mat", agency=request.agency_id, amount="24.000", document="").status_code == 422
    for _ in range(2):
        done = press(client, "/tien-mat", agency=request.agency_id, amount="24.000", document="GNT 1", key="k" * 20)
        assert done.status_code == 303
    assert PaymentEntry.objects.filter(kind="hand_over").count() == 1
    assert "Đang giữ 0 đồng" in page(client, "/tien-mat")


def test_cash_taken_for_another_commune_is_owed_to_that_commune() -> None:
    request = owing()
    world.pay_cash(request, OTHER_COUNTER)
    assert "Đang giữ 0 đồng" in page(officer(COUNTER), "/tien-mat")
    said = page(officer(OTHER_COUNTER), "/tien-mat")
    assert "Đang giữ 24.000 đồng" in said
    assert request.collector_name in said


def test_a_leader_has_no_till_and_the_province_sees_all_of_them() -> None:
    world.pay_cash(owing())
    page(officer(LEADER), "/tien-mat", 403)
    assert "Tiền đang nằm ở các nơi" in page(officer(PROVINCE), "/tien-mat")


def test_the_day_s_sums_are_each_one_s_own() -> None:
    request = owing()
    world.pay_cash(request)
    world.come_in(owing().reference, DUE, "V1")
    stray()
    assert "Tiền vào 58.000 đồng" in page(officer(PROVINCE), "/trong-ngay")
    assert "Tiền vào 48.000 đồng" in page(officer(LEADER), "/trong-ngay")
    assert "không có khoản thu, chi nào" in page(officer(OTHER_LEADER), "/trong-ngay")
    assert "không có khoản thu, chi nào" in page(officer(PROVINCE), "/trong-ngay?ngay=2026-01-05")
    page(officer(PROVINCE), "/trong-ngay?ngay=khong-phai-ngay")


def test_only_who_keeps_the_books_takes_what_is_missing() -> None:
    for who in (COUNTER, LEADER, HEAD):
        assert press(officer(who), "/trong-ngay/ghi-bo-sung", cong="vietqr").status_code == 403
    assert press(officer(PROVINCE), "/trong-ngay/ghi-bo-sung", cong="khong-co").status_code == 404


def test_the_sums_cost_the_same_however_much_moved(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        world.pay_cash(owing())
    client = officer(PROVINCE)
    with django_assert_max_num_queries(24):
        page(client, "/trong-ngay")
    with django_assert_max_num_queries(22):
        page(client, "/tien-mat")


def test_an_officer_opens_a_receipt_of_their_own_scope_only() -> None:
    request = owing()
    world.pay_cash(request)
    address = f"{world.DESK}/bien-lai/{request.receipt.public_id}"
    assert officer(COUNTER).get(address)["Content-Type"] == "application/pdf"
    assert officer(OTHER_LEADER).get(address).status_code == 404
