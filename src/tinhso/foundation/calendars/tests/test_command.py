"""`tinhso due` as it is run."""

import json
import subprocess
import sys
from typing import Any

import pytest


def tinhso_due(*words: str) -> tuple[int, dict[str, Any]]:
    """Run the command in a process of its own, where no database can be reached."""
    script = (
        "import argparse, sys; from tinhso.foundation.calendars.management import due;"
        "parser = argparse.ArgumentParser(); due.add_arguments(parser); sys.exit(due.run(parser.parse_args()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *words, "--json"], capture_output=True, text=True, check=False, timeout=60
    )
    assert len(run.stdout.splitlines()) == 1, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return run.returncode, answer


def test_it_answers_one_line_of_json() -> None:
    code, answer = tinhso_due("--from", "2026-11-12T14:00:00+07:00", "--limit", "3 ngày làm việc")
    assert code == 0
    assert answer["due"] == "2026-11-17T17:00:00+07:00"
    assert answer["unit"] == "working_days"
    assert [step["step"] for step in answer["explanation"]] == ["received", "counted", "skipped", "ends"]
    assert answer["sentence"].startswith("Hạn trả: 17 giờ 00 ngày 17/11/2026.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--pause", "2026-11-03T00:00..2026-11-05T00:00"], "2026-11-09T17:00:00+07:00"),
        (["--pause", "2026-11-03T08:00..2026-11-05T08:00", "--mode", "restart"], "2026-11-10T17:00:00+07:00"),
        (["--restart", "2026-11-10T10:00"], "2026-11-13T17:00:00+07:00"),
        (
            ["--pause", "2026-11-03T08:00..2026-11-10T10:00", "--restart", "2026-11-10T10:00"],
            "2026-11-13T17:00:00+07:00",
        ),
        (
            ["--pause", "2026-11-05T08:00..2026-11-06T08:00", "--pause", "2026-11-03T08:00..2026-11-04T08:00"],
            "2026-11-09T17:00:00+07:00",
        ),
    ],
)
def test_pauses_and_restarts_are_taken(words: list[str], expected: str) -> None:
    code, answer = tinhso_due("--from", "2026-11-02T02:00:00Z", "--limit", "3 working days", *words)
    assert (code, answer["due"]) == (0, expected)


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "2026-11-02T09:00", "--limit", "0 ngày"],
        ["--from", "2026-11-02T09:00", "--limit", "1001 ngày"],
        ["--from", "hôm qua", "--limit", "1 ngày"],
        ["--from", "1999-11-02T09:00", "--limit", "1 ngày"],
        ["--from", "2026-11-02T09:00", "--limit", "3 ngày", "--pause", "2026-11-05T09:00..2026-11-04T09:00"],
        ["--from", "2026-11-02T09:00", "--limit", "3 ngày", "--pause", "2026-11-05T09:00"],
        ["--from", "2026-11-02T09:00", "--limit", "3 ngày", "--restart", "2026-11-01T09:00"],
    ],
)
def test_input_that_cannot_be_counted_is_refused_with_words(words: list[str]) -> None:
    code, answer = tinhso_due(*words)
    assert code == 1
    assert answer["error"].endswith(".")
