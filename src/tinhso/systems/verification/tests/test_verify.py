"""Anyone may ask whether a paper is real; what is no PDF, or from nowhere, is told kindly."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tinhso.foundation.files.tests.pdfs import make_pdf
from tinhso.systems.verification.queries import is_cut_short

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


def test_a_download_that_broke_off_is_told_from_a_forgery() -> None:
    whole = make_pdf()
    for cut in (whole[: len(whole) // 2], whole[:-6], b"%PDF-1.7"):
        assert "tải chưa hết" in send(cut)


def test_a_revision_that_never_ends_and_a_signature_over_missing_bytes_are_cuts() -> None:
    whole = make_pdf()
    assert is_cut_short(whole + b"\n9 0 obj\n<< /Type /Sig")
    assert is_cut_short(whole.replace(b"%%EOF", b"/ByteRange [0 10 90000 500]\n%%EOF"))
    assert not is_cut_short(whole)
    assert not is_cut_short(whole + b"\n% them")


def test_a_sound_pdf_that_nobody_signed_is_called_unsigned() -> None:
    response = Client().post(PAGE, {"tep": SimpleUploadedFile("giay.pdf", make_pdf())})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tệp này không có chữ ký số" in page
    assert "Không xác minh được tệp này" not in page
