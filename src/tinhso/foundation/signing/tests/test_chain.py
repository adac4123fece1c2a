"""From draft to sealed paper, judged by us, by poppler's pdfsig and read by pdftotext."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.printing.render import Rect
from tinhso.foundation.signing.pades.fields import read_fields
from tinhso.foundation.signing.pades.read import validate
from tinhso.foundation.signing.sealing import AGENCY, AGENCY_NUMBER, PERSON, prepare
from tinhso.foundation.signing.tests.conftest import (
    NOW,
    Chain,
    make_chain,
    print_decision,
    put_seal,
    put_signature,
)
from tinhso.foundation.signing.verdict import Additions, Whole

needs_poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
needs_nss = pytest.mark.skipif(shutil.which("certutil") is None, reason="libnss3-tools is not installed")


def program(*words: str) -> str:
    return subprocess.run(words, capture_output=True, check=True).stdout.decode()


def written(tmp_path: Path, pdf: bytes) -> str:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return str(path)


def test_both_signatures_hold_and_the_seal_covers_the_whole_file(chain: Chain) -> None:
    verdict = validate(chain.sealed, chain.roots, NOW)
    assert verdict.accepted
    leader, agency = verdict.signatures
    assert (leader.signer, leader.title, leader.agency) == (
        "Đặng Thị Hường", "Phó Chủ tịch", "Ủy ban nhân dân xã Hùng Việt",
    )  # fmt: skip
    assert leader.additions is Additions.SIGNATURES
    assert not leader.by_agency
    assert agency.by_agency
    assert agency.agency_code == "H44.34"
    assert agency.additions is Additions.NOTHING
    assert leader.signed_at == agency.signed_at == NOW


def test_each_step_only_appends(chain: Chain) -> None:
    assert chain.prepared.startswith(chain.draft.pdf)
    assert chain.signed.startswith(chain.prepared)
    assert chain.sealed.startswith(chain.signed)


@needs_poppler
def test_pdfsig_finds_both_signatures_valid(chain: Chain, tmp_path: Path) -> None:
    said = program("pdfsig", "-nocert", written(tmp_path, chain.sealed))
    assert said.count("Signature is Valid") == 2
    assert said.count("Total document signed") == 1


@needs_poppler
@needs_nss
def test_pdfsig_trusts_the_demo_root_when_told_to(chain: Chain, tmp_path: Path) -> None:
    root = tmp_path / "root.pem"
    root.write_bytes(chain.authority.root_pem)
    store = f"sql:{tmp_path}"
    program("certutil", "-N", "-d", store, "--empty-password")
    program("certutil", "-A", "-d", store, "-n", "demo", "-t", "CT,CT,CT", "-i", str(root))
    # The machine's own clock rules here, so the certificates must be of today's.
    said = program("pdfsig", "-nssdir", str(tmp_path), written(tmp_path, chain.sealed))
    assert said.count("Signature is Valid") == 2
    assert "issuer is unknown" not in said


@needs_poppler
def test_rsa_keys_sign_as_well(tmp_path: Path) -> None:
    chain = make_chain(rsa_bits=2048)
    assert validate(chain.sealed, chain.roots, NOW).accepted
    assert program("pdfsig", "-nocert", written(tmp_path, chain.sealed)).count("Signature is Valid") == 2


@needs_poppler
def test_number_and_date_are_read_back_from_the_sealed_paper_only(chain: Chain, tmp_path: Path) -> None:
    sealed = program("pdftotext", "-layout", written(tmp_path, chain.sealed), "-")
    lines = [" ".join(line.split()) for line in sealed.splitlines()]
    assert "Số: 07/QĐ-UBND Hùng Việt, ngày 22 tháng 11 năm 2026" in lines
    signed = program("pdftotext", "-layout", written(tmp_path, chain.signed), "-")
    assert "07/QĐ-UBND" not in signed
    assert "năm 2026" not in signed


@needs_poppler
def test_number_and_date_stand_on_the_line_of_their_cells(chain: Chain, tmp_path: Path) -> None:
    boxes = program("pdftotext", "-bbox", written(tmp_path, chain.sealed), "-").splitlines()
    feet = {
        word: float(line.split('yMax="')[1].split('"')[0])
        for line in boxes
        for word in ("Số:", "07", "2026")
        if f">{word}<" in line
    }
    assert max(feet.values()) - min(feet.values()) < 0.1


def test_the_seal_covers_a_third_of_the_signature_on_its_left(chain: Chain) -> None:
    signature, seal = chain.draft.marks["signature"], chain.draft.marks["seal"]
    assert seal.left < signature.left
    assert (seal.right - signature.left) / signature.width == pytest.approx(1 / 3, abs=0.01)


def test_the_agency_cannot_seal_what_nobody_signed(chain: Chain) -> None:
    with pytest.raises(Conflict, match="chưa có chữ ký"):
        put_seal(chain.prepared, chain.agency)


def test_nobody_signs_the_same_place_twice(chain: Chain) -> None:
    with pytest.raises(Conflict):
        put_signature(chain.sealed, chain.leader)
    with pytest.raises(Conflict):
        put_seal(chain.sealed, chain.agency)


def test_a_paper_without_a_seal_place_is_signed_by_a_person_only(chain: Chain) -> None:
    draft = print_decision(sealed=False)
    signed = put_signature(prepare(draft.pdf, {"signature": draft.marks["signature"]}), chain.leader)
    assert validate(signed, chain.roots, NOW).accepted
    with pytest.raises(NotFound):
        put_seal(signed, chain.agency)


@needs_poppler
def test_a_long_paper_gets_number_and_date_on_its_first_page_and_the_seal_on_its_last(
    chain: Chain, tmp_path: Path
) -> None:
    article = {"head": "Điều 1.", "text": "Ông Nguyễn Văn Thưởng được trợ cấp hàng tháng. " * 20}
    draft = print_decision(articles=[article] * 8)
    assert (draft.marks["number"].page, draft.marks["seal"].page) == (0, 2)
    prepared = prepare(draft.pdf, draft.marks)
    assert set(read_fields(prepared)) == {PERSON, AGENCY, AGENCY_NUMBER}
    sealed = put_seal(put_signature(prepared, chain.leader), chain.agency, number=123)
    verdict = validate(sealed, chain.roots, NOW)
    assert verdict.accepted
    assert len(verdict.signatures) == 3
    assert "123/QĐ-UBND" in program("pdftotext", "-l", "1", "-layout", written(tmp_path, sealed), "-")


def test_signing_wants_a_pdf_and_a_place() -> None:
    with pytest.raises(Invalid, match="PDF"):
        prepare(b"", {"signature": Rect(0, 1, 1, 9, 9)})
    with pytest.raises(Invalid, match="chỗ để ký"):
        prepare(print_decision().pdf, {})


def test_a_signer_from_elsewhere_is_not_trusted(chain: Chain) -> None:
    other = make_chain()
    verdict = validate(other.sealed, chain.roots, NOW)
    assert verdict.whole is Whole.INTACT
    assert not verdict.accepted
    assert {one.code for one in verdict.signatures} == {"untrusted"}


def test_a_certificate_out_of_date_is_named_so(chain: Chain) -> None:
    verdict = validate(chain.sealed, chain.roots, NOW.replace(year=2031))
    assert not verdict.accepted
    assert {one.code for one in verdict.signatures} == {"out_of_date"}
