"""The command line from outside: what it prints, where, and how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tinhso.core.database import testing
from tinhso.core.database.connect import DatabaseUrls


def tinhso(*words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tinhso.cli", *words],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def urls(django_db_blocker: Any) -> Iterator[DatabaseUrls]:
    with django_db_blocker.unblock(), testing.fresh_database(testing.get_template()) as name:
        yield testing.urls_of(name)


def three(urls: DatabaseUrls) -> dict[str, str]:
    return {"DATABASE_URL": urls.app, "DATABASE_OWNER_URL": urls.owner, "DATABASE_ERASER_URL": urls.eraser}


def findings(told: "subprocess.CompletedProcess[str]", grade: str) -> list[str]:
    return [finding["what"] for finding in json.loads(told.stdout)["findings"] if finding["grade"] == grade]


def test_without_a_command_the_commands_are_listed() -> None:
    told = tinhso()
    assert told.returncode == 0
    assert "procedures import" in told.stdout


def test_an_unknown_command_is_said_so_and_could_not_run() -> None:
    told = tinhso("bay-lên")
    assert (told.returncode, told.stdout) == (2, "")
    assert "Không có lệnh bay-lên" in told.stderr


def test_a_refusal_is_words_and_a_next_step_without_a_traceback() -> None:
    told = tinhso("db", "start", DATABASE_URL="postgresql://somebody@elsewhere/tinh")
    assert told.returncode == 1
    assert told.stderr.startswith("✗ DATABASE_URL đang trỏ tới một máy chủ riêng")
    assert "→" in told.stderr
    assert "Traceback" not in told.stderr


def test_unsafe_settings_are_listed_one_a_line() -> None:
    told = tinhso("migrate", TINHSO_MODE="production", DATABASE_URL="postgresql://somebody@elsewhere/tinh")
    assert told.returncode == 2
    assert "TINHSO_SECRET_KEY chưa được đặt" in told.stderr


def test_a_migrated_database_with_three_roles_is_sound(urls: DatabaseUrls) -> None:
    told = tinhso("doctor", "--json", **three(urls))
    assert told.returncode == 0, told.stdout + told.stderr
    assert findings(told, "broken") == []
    assert tinhso("migrate", "--check", **three(urls)).returncode == 0


def test_the_doctor_says_what_one_address_for_all_loses(urls: DatabaseUrls) -> None:
    told = tinhso("doctor", "--json", DATABASE_URL=urls.owner)
    assert told.returncode == 0
    assert any("là một vai" in what for what in findings(told, "weak"))


def test_the_doctor_finds_a_right_that_nobody_should_have(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.owner) as connection:
        connection.execute("GRANT UPDATE ON events_event TO tinhso_app")
    told = tinhso("doctor", "--json", **three(urls))
    assert told.returncode == 1
    assert any("events_event" in what for what in findings(told, "broken"))
    assert tinhso("migrate", **three(urls)).returncode == 0
    assert tinhso("doctor", **three(urls)).returncode == 0


def test_the_doctor_says_when_nobody_answers() -> None:
    told = tinhso("doctor", "--json", DATABASE_URL="postgresql://somebody@/tinh?host=%2Fnowhere")
    assert told.returncode == 1
    assert any("Không kết nối được" in what for what in findings(told, "broken"))


def test_a_port_in_use_is_told_before_anything_starts() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = tinhso("run", "--port", str(taken.getsockname()[1]))
    assert told.returncode == 1
    assert "Không dùng được cổng" in told.stderr
