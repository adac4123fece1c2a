import shutil
import subprocess
import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tinhso.core.printing.pictures import png_svg, qr_svg
from tinhso.core.printing.render import Rect, TemplateError, render
from tinhso.core.time import VN_ZONE

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=VN_ZONE)
SPECIMEN = Path(__file__).parent / "specimen.typ"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VOWELS = "aăâeêioôơuưy"

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def letters() -> list[str]:
    """Every letter of Vietnamese with its marks, small and capital, in NFC, and the plain ones."""
    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
    small = [*toned, "đ", *"bcdghklmnpqrstvxfjwz"]
    return small + [letter.upper() for letter in small]


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)  # noqa: S607
    return run.stdout.decode()


@needs_poppler
def test_every_vietnamese_letter_comes_back_from_the_text_layer(tmp_path: Path) -> None:
    alphabet = letters()
    assert len([letter for letter in alphabet if not letter.isascii()]) == 134
    words = [f"t{letter}m" for letter in alphabet]  # pdftotext joins letters that stand alone
    lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    printed = render(SPECIMEN, {"title": "Chữ Việt", "lines": lines}, now=NOW)
    read = [" ".join(line.split()) for line in text_of(printed.pdf, tmp_path).splitlines()]
    assert set(lines) <= set(read)


@needs_poppler
def test_a_sentence_is_read_back_exactly_in_every_face(tmp_path: Path) -> None:
    sentence = "Cộng hòa xã hội chủ nghĩa Việt Nam: Nguyễn Thị Hường, Đắk Lắk, ưỡng, ặc, ỵ"
    text = text_of(render(SPECIMEN, {"title": "Câu", "lines": [sentence]}, now=NOW).pdf, tmp_path)
    assert " ".join(text.split()).count(sentence) == 3


def test_the_same_data_and_date_give_the_same_bytes() -> None:
    once, again = (render(SPECIMEN, {"title": "A", "lines": ["b"]}, now=NOW) for _ in range(2))
    assert once == again
    assert once != render(SPECIMEN, {"title": "A", "lines": ["c"]}, now=NOW)


def test_marks_are_rectangles_in_points_from_the_foot_of_their_page() -> None:
    marks = render(SPECIMEN, {"title": "A", "lines": ["b"]}, now=NOW).marks
    assert set(marks) == {"here", "there"}
    there = marks["there"]
    assert there.page == 1
    assert (round(there.width), round(there.height)) == (85, 28)
    assert there.left == pytest.approx((30 + 10) * 72 / 25.4, abs=0.05)
    assert there.top == pytest.approx((297 - 20 - 20) * 72 / 25.4, abs=0.05)
    assert marks["here"].page == 0


def test_text_is_never_run_as_a_template() -> None:
    hostile = '#read("/core/settings.py") $x$ #panic()'
    assert render(SPECIMEN, {"title": "A", "lines": [hostile]}, now=NOW).pdf.startswith(b"%PDF-1.7")


def test_a_template_that_does_not_compile_says_where(tmp_path: Path) -> None:
    template = tmp_path / "bad.typ"
    template.write_text("#missing()", encoding="utf-8")
    with pytest.raises(TemplateError, match="missing"):
        render(template, {}, now=NOW, root=tmp_path)


def test_a_qr_code_and_a_picture_print() -> None:
    plain = render(SPECIMEN, {"title": "A", "lines": ["b"]}, now=NOW)
    coded = render(SPECIMEN, {"title": "A", "lines": ["b"], "qr": qr_svg("Mã hồ sơ: H44.01-261122-0001")}, now=NOW)
    assert len(coded.pdf) > len(plain.pdf)


def test_a_picture_keeps_its_proportions() -> None:
    file = BytesIO()
    Image.new("RGBA", (30, 10), (0, 0, 255, 128)).save(file, "PNG")
    assert 'viewBox="0 0 30 10"' in png_svg(file.getvalue())


def test_a_covering_rectangle_lies_on_one_page() -> None:
    assert Rect(0, 1, 1, 2, 2).covering(Rect(0, 3, 0, 4, 1)) == Rect(0, 1, 0, 4, 2)
    with pytest.raises(ValueError, match="pages"):
        Rect(0, 1, 1, 2, 2).covering(Rect(1, 1, 1, 2, 2))


def test_a_template_kept_as_text_prints_the_same_as_its_file() -> None:
    data = {"title": "A", "lines": ["b"]}
    from_text = render(SPECIMEN.read_text(encoding="utf-8"), data, now=NOW)
    assert from_text == render(SPECIMEN, data, now=NOW)
    assert set(from_text.marks) == {"here", "there"}
