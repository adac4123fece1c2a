"""The door gateways knock on."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client

from tinhso.core.settings import current
from tinhso.foundation.payments.models import GatewayMessage
from tinhso.foundation.payments.queries import standing_of
from tinhso.foundation.payments.urls import urlpatterns

from .world import SECRET, make_office, make_request, transfer_body

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tinhso.foundation.payments.urls")]

ADDRESS = "/thanh-toan/goi-lai/vietqr"


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    """A gateway in this installation's settings, for the length of one test."""
    given = {"TINHSO_GATEWAY_URL": "http://127.0.0.1:1", "TINHSO_GATEWAY_SECRET": SECRET}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    current.cache_clear()
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    current.cache_clear()


@pytest.fixture
def gateway() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_signed_call_back_is_answered_with_the_protocol_s_success(gateway: Client) -> None:
    request = make_request(make_office())
    body = transfer_body(request.reference)
    for _ in range(2):
        answer = gateway.post(ADDRESS, body, content_type="application/json")
        assert (answer.status_code, answer.json()["MaKetQua"]) == (200, "00")
    assert standing_of(request).received == 20_000


def test_stray_money_is_a_success_too_so_that_it_is_told_once(gateway: Client) -> None:
    answer = gateway.post(ADDRESS, transfer_body("KHONG RO HO SO"), content_type="application/json")
    assert answer.json()["MaKetQua"] == "00"


@pytest.mark.parametrize(
    ("address", "body", "status", "code"),
    [
        (ADDRESS, transfer_body("X", secret="lạ"), 403, "97"),
        (ADDRESS, b"{}", 403, "97"),
        (ADDRESS, b"not json", 400, "99"),
        ("/thanh-toan/goi-lai/the", transfer_body("X"), 400, "99"),
        ("/thanh-toan/goi-lai/khac", transfer_body("X"), 404, "02"),
    ],
)
def test_what_is_refused_gets_its_code_and_leaves_nothing(
    gateway: Client, address: str, body: bytes, status: int, code: str
) -> None:
    answer = gateway.post(address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["MaKetQua"]) == (status, code)
    assert not GatewayMessage.objects.exists()


def test_it_only_listens_to_posts(gateway: Client) -> None:
    assert gateway.get(ADDRESS).status_code == 405


def test_the_route_declares_that_anyone_may_come() -> None:
    assert [getattr(pattern.callback, "permission", None) for pattern in urlpatterns] == ["public"]
