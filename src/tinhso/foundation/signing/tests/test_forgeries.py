"""Files that must be refused, built without our signer: bytes flipped, revisions appended, fields cut off."""

# mypy: disable-error-code="no-untyped-call"

import random
import re
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from tinhso.foundation.signing.pades.read import validate
from tinhso.foundation.signing.sealing import prepare
from tinhso.foundation.signing.tests.conftest import NOW, Chain, put_seal, put_signature
from tinhso.foundation.signing.verdict import Attack, Verdict, Whole

name = generic.pdf_name
_RANGE = re.compile(rb"/ByteRange (?=\[(\d+) (\d+) (\d+) (\d+)\])(\[[^]]+\])")


def judged(pdf: bytes, chain: Chain) -> Verdict:
    return validate(pdf, chain.roots, NOW)


def appended(writer: IncrementalPdfFileWriter) -> bytes:
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def covering(writer: IncrementalPdfFileWriter) -> generic.IndirectObject:
    """A white rectangle over the middle of the page, as a content stream."""
    return writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 100 400 300 200 re f"))


def test_one_flipped_byte_anywhere_is_found(chain: Chain) -> None:
    containers = [range(int(one[2]), int(one[3])) for one in _RANGE.finditer(chain.sealed)]
    dice = random.Random(30)
    for place in dice.sample(range(len(chain.sealed)), 60):
        if any(place in container for container in containers):
            continue
        forged = bytearray(chain.sealed)
        forged[place] ^= 1 << dice.randrange(8)
        assert not judged(bytes(forged), chain).accepted, place


def test_a_flipped_byte_in_the_body_breaks_both_signatures(chain: Chain) -> None:
    forged = bytearray(chain.sealed)
    forged[len(chain.draft.pdf) // 2] ^= 1
    verdict = judged(bytes(forged), chain)
    assert verdict.whole is Whole.CHANGED
    assert [one.code for one in verdict.signatures] == ["broken", "broken"]


def test_a_page_changed_in_a_later_revision_is_an_incremental_save(chain: Chain) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(chain.sealed))
    writer.add_stream_to_page(0, covering(writer))
    verdict = judged(appended(writer), chain)
    assert verdict.whole is Whole.CHANGED
    assert verdict.attack is Attack.INCREMENTAL_SAVE
    assert [one.code for one in verdict.signatures] == ["changed", "changed"]


def test_a_changed_picture_of_the_seal_is_a_forged_appearance(chain: Chain) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(chain.sealed))
    seal = writer.root["/AcroForm"]["/Fields"][0].get_object()
    picture = seal["/AP"]["/N"]
    picture._data = b"1 0 0 rg 0 0 50 50 re f"
    picture._encoded_data = None
    writer.mark_update(seal["/AP"].raw_get("/N"))
    verdict = judged(appended(writer), chain)
    assert verdict.whole is Whole.CHANGED
    assert verdict.attack is Attack.APPEARANCE


def test_content_asleep_in_the_signed_file_and_woken_later_is_a_shadow(chain: Chain) -> None:
    """Hide-and-replace: the other content was there when people signed, but nothing led to it."""
    writer = IncrementalPdfFileWriter(BytesIO(chain.draft.pdf))
    sleeping = covering(writer)
    sealed = put_seal(put_signature(prepare(appended(writer), chain.draft.marks), chain.leader), chain.agency)
    assert judged(sealed, chain).accepted

    waking = IncrementalPdfFileWriter(BytesIO(sealed))
    page = waking.find_page_for_modification(0)[0].get_object()
    page[name("/Contents")] = generic.IndirectObject(sleeping.idnum, 0, waking)
    waking.update_container(page)
    verdict = judged(appended(waking), chain)
    assert verdict.whole is Whole.CHANGED
    assert verdict.attack is Attack.SHADOW


def test_a_signature_cut_off_the_form_is_not_taken_for_an_unsigned_file(chain: Chain) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(chain.sealed))
    del writer.root["/AcroForm"]
    writer.update_root()
    verdict = judged(appended(writer), chain)
    assert verdict.whole is Whole.CHANGED
    assert verdict.attack is Attack.INCREMENTAL_SAVE


def test_a_byte_range_that_leaves_more_than_the_signature_uncovered_is_wrapping(chain: Chain) -> None:
    """The signed tail is moved down and the gap filled with new objects, as published."""
    last = list(_RANGE.finditer(chain.sealed))[-1]
    first, start, length = (int(last.group(part)) for part in (2, 3, 4))
    filling = b"\n9999 0 obj\n<</Type /Catalog>>\nendobj\n"
    moved = bytearray(chain.sealed[:start] + filling + chain.sealed[start:])
    span = f"/ByteRange [0 {first} {start + len(filling)} {length}]".encode()
    moved[last.start() : last.end()] = span.ljust(last.end() - last.start())
    verdict = judged(bytes(moved), chain)
    assert not verdict.accepted
    assert verdict.whole is Whole.CHANGED


@pytest.mark.parametrize("span", [b"[]", b"[0 0 0 0]", b"[0 -1 10 10]", b"null"])
def test_a_signature_without_a_range_proves_nothing(chain: Chain, span: bytes) -> None:
    start, end = list(_RANGE.finditer(chain.sealed))[-1].span(5)
    forged = chain.sealed[:start] + span.ljust(end - start) + chain.sealed[end:]
    verdict = judged(forged, chain)
    assert verdict.whole is Whole.CHANGED
    assert not verdict.accepted


def test_bytes_behind_the_end_are_refused(chain: Chain) -> None:
    assert judged(chain.sealed + b"\n", chain).accepted
    assert judged(chain.sealed + b"more", chain).attack is Attack.INCREMENTAL_SAVE
    assert not judged(chain.sealed + b"1 0 obj<<>>endobj\n%%EOF", chain).accepted


@pytest.mark.parametrize("data", [b"", b"%PDF", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\x00" * 5000])
def test_what_is_no_pdf_is_said_to_be_none(chain: Chain, data: bytes) -> None:
    assert judged(data, chain) == Verdict(Whole.NOT_A_PDF)


def test_an_unsigned_pdf_is_unsigned(chain: Chain) -> None:
    assert judged(chain.draft.pdf, chain) == Verdict(Whole.UNSIGNED)
    assert judged(chain.prepared, chain) == Verdict(Whole.UNSIGNED)


def test_a_locked_pdf_cannot_be_checked(chain: Chain) -> None:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(chain.draft.pdf)))
    writer.encrypt("owner", "user")
    output = BytesIO()
    writer.write(output)
    assert judged(output.getvalue(), chain) == Verdict(Whole.ENCRYPTED)
