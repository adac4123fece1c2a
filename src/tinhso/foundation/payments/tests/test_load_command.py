import argparse
import json
from pathlib import Path

import pytest

from tinhso.core.errors import Invalid
from tinhso.foundation.payments.management import fees
from tinhso.foundation.payments.queries import rates_on

from .world import NOW


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    fees.add_arguments(parser)
    return fees.run(parser.parse_args(words))


@pytest.mark.django_db
def test_a_fee_table_is_loaded_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"key": "thu-nghiem", "amount": 8_000, "basis": "NQ 1", "mark": "assumed", "valid_from": "2026-01-01"}
    path = tmp_path / "rates.json"
    path.write_text(json.dumps({"rates": [row]}), encoding="utf-8")
    assert run(str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"rates": 1, "windows": 0}
    assert rates_on(NOW.date())["thu-nghiem"].amount == 8_000


def test_what_is_no_table_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "rates.json"
    for text in ("{", "[]"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Invalid):
            run(str(path))
    with pytest.raises(Invalid):
        run(str(tmp_path / "missing.json"))
