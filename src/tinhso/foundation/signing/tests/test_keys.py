from pathlib import Path

import pytest
from cryptography import x509

from tinhso.core.errors import Forbidden, Invalid
from tinhso.foundation.signing.keys import load_soft_signer
from tinhso.foundation.signing.pki import Holder, load_authority, new_authority
from tinhso.foundation.signing.tests.conftest import LEADER, NOW, PIN
from tinhso.foundation.signing.trust import get_demo_authority, read_roots, trust_folder


def test_a_key_opens_with_its_pin_only() -> None:
    issued = new_authority(now=NOW).issue(LEADER, PIN, now=NOW)
    signer = load_soft_signer(issued.p12, PIN)
    assert signer.certificate == issued.certificate
    assert len(signer.chain) == 1
    with pytest.raises(Invalid, match="PIN"):
        load_soft_signer(issued.p12, "654321")
    with pytest.raises(Invalid):
        load_soft_signer(b"", PIN)


def test_an_opened_key_stays_open() -> None:
    issued = new_authority(now=NOW).issue(LEADER, PIN, now=NOW)
    assert load_soft_signer(issued.p12, PIN) is load_soft_signer(issued.p12, PIN)


def test_an_authority_is_kept_and_loaded() -> None:
    authority = new_authority(now=NOW)
    again = load_authority(authority.kept("word"), "word")
    assert again.root_pem == authority.root_pem
    assert again.issue(LEADER, PIN, now=NOW).subject == authority.issue(LEADER, PIN, now=NOW).subject


def test_a_long_agency_name_fits_a_certificate() -> None:
    issued = new_authority(now=NOW).issue(Holder("Trung tâm " * 20, "H44.1"), PIN, now=NOW)
    assert len(x509.load_der_x509_certificate(issued.certificate).subject) == 4


def test_the_demo_authority_is_made_once_and_trusted(tmp_path: Path) -> None:
    once = get_demo_authority(tmp_path, now=NOW, production=False)
    again = get_demo_authority(tmp_path, now=NOW, production=False)
    assert read_roots(trust_folder(tmp_path)) == (once.root_pem,)
    assert again.root_pem == once.root_pem
    assert (tmp_path / "pki" / "authority.p12").stat().st_mode & 0o777 == 0o600


def test_no_demo_authority_in_production(tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        get_demo_authority(tmp_path, now=NOW, production=True)
    assert list(tmp_path.iterdir()) == []
