"""Files as answers: their names, and what they may do."""

from email.message import Message
from urllib.parse import unquote

import pytest

from tinhso.core.web.file_answer import file_answer


def test_a_vietnamese_name_reaches_the_person_whole() -> None:
    answer = file_answer(b"%PDF-", "application/pdf", "Giấy khai sinh Đỗ.pdf", download=True)
    kind, _, name = answer["Content-Disposition"].partition("; filename*=utf-8''")
    assert kind == "attachment"
    assert unquote(name) == "Giấy khai sinh Đỗ.pdf"


@pytest.mark.parametrize("name", ['a".pdf', "a\r\nSet-Cookie: b=c.pdf", "a\\b;.pdf", ""])
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    said = file_answer(b"", "application/pdf", name)["Content-Disposition"]
    assert "\n" not in said
    assert "\r" not in said
    head = Message()
    head["Content-Disposition"] = said
    assert head.get_content_disposition() == "inline"


def test_a_picture_is_shut_in_and_a_pdf_may_start_its_viewer() -> None:
    picture, paper = (file_answer(b"", kind, "a") for kind in ("image/jpeg", "application/pdf"))
    assert "sandbox" in picture["Content-Security-Policy"]
    assert "sandbox" not in paper["Content-Security-Policy"]
    for answer in (picture, paper):
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cache-Control"] == "private, no-store"
