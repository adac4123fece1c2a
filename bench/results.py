"""The kept answers: one JSON document a bench and day."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import Report

FOLDER = Path(__file__).parent / "results"


def keep(report: Report, today: date, quick: bool) -> Path | None:
    """Write the answer down; a quick run never takes the place of a whole one. None where the clone is not ours to
    write in."""
    name = f"{report.bench}-quick" if quick else report.bench
    path = FOLDER / f"{name}-{today.isoformat()}.json"
    try:
        FOLDER.mkdir(exist_ok=True)
        text = json.dumps({**report.document(), "quick": quick, "on": today.isoformat()}, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError:
        return None
    return path


def latest() -> list[dict[str, Any]]:
    """The last answer of each bench, a whole run before a quick one."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        there = found.get(document["bench"])
        if there is None or (not document["quick"], document["on"]) >= (not there["quick"], there["on"]):
            found[document["bench"]] = document
    return list(found.values())
