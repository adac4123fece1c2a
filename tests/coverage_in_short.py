"""A pytest plugin for `script/test`: how much the tests cover in one line, and where they cover least.

The whole table is as long as the program and would push what failed out of sight.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from coverage.exceptions import NoDataError, NoSource

SHOWN = 10


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Said before the short summary, which stays the last thing to be read."""
    if config.pluginmanager.hasplugin("_cov"):
        for line in in_short(_measured()):
            terminalreporter.write_line(line)


def in_short(report: dict[str, Any], shown: int = SHOWN) -> list[str]:
    """The lines to print of a report as `coverage json` writes it; none where nothing was measured."""
    if not report:
        return []
    files = {path: file["summary"] for path, file in report["files"].items()}
    least = sorted(files, key=lambda path: (files[path]["percent_covered"], path))[:shown]
    holes = [path for path in least if files[path]["missing_lines"]]
    total = report["totals"]
    said = [f"Độ phủ: {total['percent_covered']:.1f}% của {total['num_statements']} câu lệnh; phủ ít nhất:"]
    return said + [f"  {files[path]['percent_covered']:5.1f}%  {path}" for path in holes]


def _measured() -> dict[str, Any]:
    """What was measured in this run, all workers together; the tests themselves do not count."""
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        try:
            coverage.json_report(outfile=str(path), omit=["*/tests/*"])
        except (NoDataError, NoSource):
            return {}
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return read
