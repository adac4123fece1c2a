"""PDFs: what acts when it is opened is found wherever it hides, and nothing else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.files import pdf
from tinhso.foundation.files.tests.pdfs import make_packed_pdf, make_pdf, make_scan

JUMP = b"/OpenAction[3 0 R/Fit]"
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
QUIET = {
    "nothing": (b"", b""),
    "a jump to the page": (JUMP, b""),
    "a jump as an action": (b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>", b""),
    "a link": (b"", b"/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.vn)>>>>]"),
    "an empty tree of names": (b"/Names<</EmbeddedFiles<</Names[]>>/Dests<</Names[]>>>>", b""),
    "a form of fields": (b"/AcroForm<</Fields[<</FT/Tx/T(ten)/V(/JavaScript)>>]>>", b""),
    "words that only look so": (b"/Lang(/JS /EF)", b"/Group<</S/Transparency>>"),
}
ACTIVE = {
    "a script on opening": (b"/OpenAction" + SCRIPT, b""),
    "a script by another name": (b"/OpenAction<</S/J#61vaScript/J#53(x)>>", b""),
    "a script after a jump": (b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next" + SCRIPT + b">>", b""),
    "a script on closing": (b"/AA<</WC" + SCRIPT + b">>", b""),
    "a named script": (b"/Names<</JavaScript<</Names[(a)" + SCRIPT + b"]>>>>", b""),
    "a script of the page": (b"", b"/AA<</O" + SCRIPT + b">>"),
    "a script of a field": (b"/AcroForm<</Fields[<</FT/Tx/T(a)/AA<</K" + SCRIPT + b">>>>]>>", b""),
    "a script of an outline": (b"/Outlines<</First<</Title(a)/A" + SCRIPT + b">>>>", b""),
    "an embedded file": (b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]>>>>", b""),
    "an attached file": (b"", b"/Annots[<</Subtype/FileAttachment/FS<</F(a)/EF<</F 4 0 R>>>>>>]"),
    "a program to start": (b"", b"/Annots[<</Subtype/Link/A<</S/Launch/F(cmd.exe)>>>>]"),
    "a form that sends": (b"", b"/Annots[<</Subtype/Widget/A<</S/SubmitForm/F(http://x)>>>>]"),
    "a form that fetches": (b"", b"/Annots[<</Subtype/Widget/A<</S/ImportData/F(x)>>>>]"),
    "a film with a program": (b"", b"/Annots[<</Subtype/RichMedia/RichMediaContent<<>>>>]"),
    "a form that is a program": (b"/AcroForm<</Fields[]/XFA(x)>>", b""),
}


@pytest.mark.parametrize("make", [make_pdf, make_packed_pdf])
@pytest.mark.parametrize("parts", QUIET.values(), ids=QUIET)
def test_what_does_nothing_is_taken(make: type, parts: tuple[bytes, bytes]) -> None:
    assert pdf.find_fault(make(*parts)) == ""


@pytest.mark.parametrize("make", [make_pdf, make_packed_pdf])
@pytest.mark.parametrize("parts", ACTIVE.values(), ids=ACTIVE)
def test_what_acts_is_found_plain_and_packed(make: type, parts: tuple[bytes, bytes]) -> None:
    data = make(*parts)
    assert pdf.find_fault(data) == "active_pdf"
    if make is make_packed_pdf:
        assert b"JavaScript" not in data


def test_an_action_kept_elsewhere_is_followed() -> None:
    assert pdf.find_fault(make_pdf(b"/OpenAction 5 0 R", b"", b"<</S 6 0 R/F(a)>>", b"/Launch")) == "active_pdf"


@given(st.binary(max_size=200), st.sampled_from([b"/JS ", b"/Launch ", b"/EmbeddedFile ", b"/XFA(", b"/Encrypt 9 0 R"]))
def test_no_pixels_are_refused_whatever_they_spell(noise: bytes, word: bytes) -> None:
    assert pdf.find_fault(make_scan(noise.replace(b"endstream", b"") + word + noise.replace(b"endstream", b""))) == ""


@given(st.binary(max_size=80), st.integers(0, 400))
def test_any_damage_is_answered(noise: bytes, at: int) -> None:
    whole = make_pdf(JUMP)
    assert pdf.find_fault(whole[:at] + noise + whole[at + len(noise) :]) in {
        "", "broken_pdf", "active_pdf", "locked_pdf", "tangled_pdf",
    }  # fmt: skip


def test_a_locked_file_is_told_from_a_broken_one() -> None:
    lock = b"<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>"
    assert pdf.find_fault(make_pdf(b"", b"", lock, trailer=b"/Encrypt 5 0 R")) == "locked_pdf"
    assert pdf.find_fault(make_pdf().replace(b"startxref", b"startxxxx")) == "broken_pdf"


@pytest.mark.parametrize(
    "catalog, more",
    [
        (b"/OpenAction 5 0 R", [b"<</S/GoTo/Next 5 0 R>>"]),
        (b"/X" + b"[" * 5000 + b"]" * 5000, []),
        (b"/X[" + b"<<>>" * 150_000 + b"]", []),
    ],
    ids=["round in a circle", "very deep", "very many"],
)
def test_a_maze_is_left_in_time(catalog: bytes, more: list[bytes]) -> None:
    assert pdf.find_fault(make_pdf(catalog, b"", *more)) in {"", "broken_pdf", "tangled_pdf"}
