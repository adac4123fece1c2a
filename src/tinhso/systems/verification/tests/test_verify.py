"""Anyone may ask whether a paper is real; what is no PDF, or from nowhere, is told kindly."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

PAGE = "/xac-minh"
pytestmark = pytest.mark.django_db


def send(data: bytes) -> str:
    response = Client().post(PAGE, {"tep": SimpleUploadedFile("giay.pdf", data)})
    assert response.status_code == 422
    return response.content.decode()


def test_a_stranger_may_ask() -> None:
    assert Client().get(PAGE).status_code == 200


def test_a_picture_is_not_a_paper_with_signatures() -> None:
    assert "Đây không phải tệp PDF" in send(b"\x89PNG\r\n")


def test_an_empty_file_and_no_file_are_told_apart() -> None:
    assert "Tệp này trống" in send(b"")
    assert "Bạn chưa chọn tệp PDF nào" in Client().post(PAGE).content.decode()


def test_a_code_of_no_paper_of_ours_is_not_found() -> None:
    assert Client().get(f"{PAGE}/{uuid4()}").status_code == 404
