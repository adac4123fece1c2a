"""What people see when something broke beneath the pages: words, in their language, and that nothing was lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.db.models.signals import pre_save
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT

from tinhso.core.database import testing
from tinhso.core.web.failures import broken, forbidden, not_found, unreadable
from tinhso.systems.onestop.tests import desk

LOST = "Không có gì bị mất"


def cut(database: str) -> None:
    """End the application's connection, as a server that is killed does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with psycopg.connect(testing.urls_of(database).owner, autocommit=True) as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@contextmanager
def cut_while_saving_a_session(database: str) -> Iterator[None]:
    def strike(**known: Any) -> None:
        cut(database)

    pre_save.connect(strike, sender=Session)
    try:
        yield
    finally:
        pre_save.disconnect(strike, sender=Session)
        connections.close_all()


def officer_whose_session_will_be_written() -> Client:
    """The session notes when its officer was last seen; it has not yet."""
    client = desk.officer(desk.COUNTER)
    client.raise_request_exception = False
    return client


def test_a_connection_cut_while_the_session_is_saved_is_told_in_words(fresh_database: str) -> None:
    client = officer_whose_session_will_be_written()
    with cut_while_saving_a_session(fresh_database):
        answer = client.get("/can-bo/")
    said = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Vừa mất liên lạc với cơ sở dữ liệu" in said
    assert LOST in said
    assert "tải lại trang" in said
    assert client.get("/can-bo/").status_code == 200


def test_it_is_told_in_the_readers_language(fresh_database: str) -> None:
    client = officer_whose_session_will_be_written()
    client.cookies["ngon_ngu"] = "en"
    with cut_while_saving_a_session(fresh_database):
        answer = client.get("/can-bo/")
    assert answer["Content-Language"] == "en"
    assert "Nothing is lost" in answer.content.decode()


def test_a_connection_that_is_gone_before_the_page_asks_is_told_the_same(fresh_database: str) -> None:
    client = officer_whose_session_will_be_written()
    with connection.execute_wrapper(_Cutting(fresh_database)):
        answer = client.get("/can-bo/")
    connections.close_all()
    assert answer.status_code == 503
    assert LOST in answer.content.decode()


class _Cutting:
    """Cuts the line just before the first statement."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.done = False

    def __call__(self, execute: Any, *words: Any) -> Any:
        if not self.done:
            self.done = True
            cut(self.database)
        return execute(*words)


@pytest.mark.django_db
def test_a_session_ended_elsewhere_while_the_page_worked_sends_its_person_to_sign_in_again() -> None:
    client = officer_whose_session_will_be_written()

    def end_elsewhere(**known: Any) -> None:
        Session.objects.all().delete()

    pre_save.connect(end_elsewhere, sender=Session)
    try:
        answer = client.get("/can-bo/")
    finally:
        pre_save.disconnect(end_elsewhere, sender=Session)
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "Phiên đăng nhập vừa kết thúc" in said
    assert "Đăng nhập lại" in said


@pytest.mark.django_db
def test_a_form_that_cannot_be_read_is_told_in_words() -> None:
    client = Client(raise_request_exception=False)
    answer = client.post("/dang-nhap", b"--x\r\n", content_type="multipart/form-data; boundary=\x00")
    assert answer.status_code == 400
    assert "Máy chủ không đọc được yêu cầu vừa rồi" in answer.content.decode()


@pytest.mark.django_db
def test_a_text_beyond_all_measure_is_too_large() -> None:
    answer = Client(raise_request_exception=False).post("/dang-nhap", {"username": "a" * 3_000_000}, MULTIPART_CONTENT)
    assert answer.status_code == 413
    assert "dài quá mức" in answer.content.decode()


@pytest.mark.parametrize("handler, status", [(unreadable, 400), (forbidden, 403), (not_found, 404)])
def test_machines_are_told_as_machines(handler: Any, status: int) -> None:
    answer = handler(RequestFactory().get("/api/v1/x"), ValueError())
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_failure_of_our_own_is_no_page_that_can_fail() -> None:
    request = RequestFactory().get("/can-bo/")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        answer = broken(request)
    said = answer.content.decode()
    assert answer.status_code == 500
    assert "Máy chủ gặp sự cố" in said
    assert "không tạo thành hai hồ sơ" in said
