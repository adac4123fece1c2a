import argparse
import json
from pathlib import Path

import pytest

from tinhso.foundation.signing.management import pdf, pki
from tinhso.foundation.signing.tests.conftest import Chain


def run(module: object, *words: str) -> int:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)  # type: ignore[attr-defined]
    code: int = module.run(parser.parse_args(words))  # type: ignore[attr-defined]
    return code


@pytest.fixture
def files(chain: Chain, tmp_path: Path) -> Path:
    (tmp_path / "root.pem").write_bytes(chain.authority.root_pem)
    (tmp_path / "sealed.pdf").write_bytes(chain.sealed)
    (tmp_path / "draft.pdf").write_bytes(chain.draft.pdf)
    return tmp_path


def test_a_sealed_paper_is_accepted_as_json(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(pdf, str(files / "sealed.pdf"), "--json", "--root", str(files / "root.pem")) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["whole"] == "intact"
    assert said["attack"] is None
    assert said["signatures"][0] == {
        "signer": "Đặng Thị Hường",
        "agency": "Ủy ban nhân dân xã Hùng Việt",
        "signed_at": "2026-11-22T09:00:00+07:00",
        "verdict": "valid",
    }


def test_an_unsigned_paper_is_refused_in_words(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(pdf, str(files / "draft.pdf")) == 1
    assert "không có chữ ký số" in capsys.readouterr().out


def test_a_file_that_is_not_there_cannot_be_checked(tmp_path: Path) -> None:
    assert run(pdf, str(tmp_path / "none.pdf")) == 2


def test_the_demo_authority_issues_keys_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TINHSO_HOME", str(tmp_path))
    monkeypatch.setenv("TINHSO_MODE", "demo")
    assert run(pki, "--keys", str(tmp_path / "keys")) == 0
    assert len(list((tmp_path / "keys").glob("*.p12"))) == 2
    assert "không có giá trị pháp lý" in capsys.readouterr().out
