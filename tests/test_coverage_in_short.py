"""What `script/test` says of coverage: a line, and the modules covered least."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.coverage_in_short import in_short

ROOT = Path(__file__).parent.parent


def report(**percent: float) -> dict[str, Any]:
    files = {
        f"src/{name}.py": {"summary": {"percent_covered": value, "missing_lines": round(100 - value)}}
        for name, value in percent.items()
    }
    return {"files": files, "totals": {"percent_covered": 91.26, "num_statements": 1234}}


def test_it_is_one_line_and_the_least_covered_modules() -> None:
    assert in_short(report(a=90.0, b=12.5, c=100.0), shown=2) == [
        "Độ phủ: 91.3% của 1234 câu lệnh; phủ ít nhất:",
        "   12.5%  src/b.py",
        "   90.0%  src/a.py",
    ]


def test_a_module_covered_wholly_is_not_named() -> None:
    assert len(in_short(report(c=100.0))) == 1


def test_nothing_measured_is_nothing_said() -> None:
    assert in_short({}) == []


def test_what_failed_is_read_after_the_coverage(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("import bench.figures\n\ndef test_that_fails():\n    assert False\n")
    words = ["-p", "no:django", "-p", "tests.coverage_in_short", "--cov=bench", "--cov-report=", "-c", "/dev/null"]
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", *words, f"--rootdir={tmp_path}", str(tmp_path / "test_it.py")],
        cwd=ROOT,
        env={**os.environ, "COVERAGE_FILE": str(tmp_path / "coverage")},
        capture_output=True,
        text=True,
        check=False,
    )
    said = told.stdout
    assert told.returncode == 1, said + told.stderr
    assert 0 < said.index("Độ phủ:") < said.index("FAILED") < said.rindex("1 failed")
    assert "Missing" not in said
