"""The supervisor with small children of its own: what falls comes back, what is told to end ends, nothing is left."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tinhso.core.database import embedded

CHILD = """
import os, pathlib, subprocess, sys, time
grandchild = subprocess.Popen(["sleep", "600"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {grandchild.pid}\\n")
time.sleep(600)
"""

STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + CHILD

SUPERVISOR = """
import os, sys
from pathlib import Path
from tinhso.core.running import supervisor
supervisor.STOP_SECONDS = 1.0
supervisor.FIRST_WAIT = 0.1
children = [supervisor.Child("Con", [sys.executable, "-c", sys.argv[1], sys.argv[2]], wait=0.1)]
with supervisor.stopping_on_signals(), supervisor.database_up(os.environ, Path(os.environ["TINHSO_HOME"])):
    supervisor.supervise(children, os.environ, ready=lambda: True, tell="sẵn sàng")
"""


class Family:
    """A supervisor under test; `notes` is where its children write their process numbers."""

    def __init__(self, folder: Path, child: str, environ: dict[str, str]) -> None:
        self.notes = folder / "notes"
        self.notes.touch()
        self.screen = folder / f"screen-{os.urandom(4).hex()}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, child, str(self.notes)],
            env={**os.environ, "TINHSO_HOME": str(folder), **environ},
            stderr=self.screen.open("w"),
        )

    def births(self) -> list[list[int]]:
        return [[int(word) for word in line.split()] for line in self.notes.read_text().splitlines()]

    def wait_for_births(self, count: int) -> list[list[int]]:
        wait_until(lambda: len(self.births()) >= count)
        return self.births()

    def end(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        return self.screen.read_text(encoding="utf-8")


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tinhso-test-", dir="/tmp"))
    yield folder
    embedded.stop({"TINHSO_HOME": str(folder)})
    shutil.rmtree(folder)


ELSEWHERE = {"DATABASE_URL": "postgresql://nobody@nowhere/nothing"}


def test_a_fallen_child_is_started_again_without_its_old_relatives(folder: Path) -> None:
    family = Family(folder, CHILD, ELSEWHERE)
    child, grandchild = family.wait_for_births(1)[0]
    os.kill(child, signal.SIGKILL)
    again, _ = family.wait_for_births(2)[1]
    assert not lives(grandchild)
    assert lives(again)
    assert "dừng bất ngờ" in family.end()


def test_term_ends_the_whole_family_and_is_no_error(folder: Path) -> None:
    family = Family(folder, CHILD, ELSEWHERE)
    births = family.wait_for_births(1)
    family.end()
    assert family.process.returncode == 0
    assert not any(lives(pid) for pid in births[0])


def test_a_child_deaf_to_term_is_killed(folder: Path) -> None:
    family = Family(folder, STUBBORN, ELSEWHERE)
    births = family.wait_for_births(1)
    family.end()
    assert not any(lives(pid) for pid in births[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_killed_supervisor_leaves_no_child(folder: Path) -> None:
    family = Family(folder, CHILD, ELSEWHERE)
    child, grandchild = family.wait_for_births(1)[0]
    family.process.kill()
    family.process.wait()
    wait_until(lambda: not lives(child))
    os.kill(grandchild, signal.SIGKILL)


def test_the_database_stops_with_the_supervisor(folder: Path) -> None:
    family = Family(folder, CHILD, {})
    family.wait_for_births(1)
    assert embedded.is_alive({"TINHSO_HOME": str(folder)})
    family.end()
    assert not embedded.is_alive({"TINHSO_HOME": str(folder)})


def test_a_database_that_is_kept_outlives_the_supervisor(folder: Path) -> None:
    environ = {"TINHSO_HOME": str(folder)}
    embedded.ensure(environ)
    embedded.keep(environ, kept=True)
    family = Family(folder, CHILD, {})
    family.wait_for_births(1)
    family.end()
    assert embedded.is_alive(environ)


def test_the_next_supervisor_adopts_the_database_of_a_killed_one_and_stops_it(folder: Path) -> None:
    environ = {"TINHSO_HOME": str(folder)}
    first = Family(folder, CHILD, {})
    _, grandchild = first.wait_for_births(1)[0]
    first.process.kill()
    first.process.wait()
    assert embedded.is_alive(environ)
    second = Family(folder, CHILD, {})
    second.wait_for_births(2)
    second.end()
    os.kill(grandchild, signal.SIGKILL)
    assert not embedded.is_alive(environ)


def test_of_two_supervisors_the_last_stops_the_database(folder: Path) -> None:
    environ = {"TINHSO_HOME": str(folder)}
    first = Family(folder, CHILD, {})
    first.wait_for_births(1)
    second = Family(folder, CHILD, {})
    second.wait_for_births(2)
    first.end()
    assert embedded.is_alive(environ)
    second.end()
    assert not embedded.is_alive(environ)


def test_a_killed_database_is_started_again(folder: Path) -> None:
    environ = {"TINHSO_HOME": str(folder)}
    family = Family(folder, CHILD, {})
    family.wait_for_births(1)
    pid = folder / "database" / "data" / "postmaster.pid"
    os.kill(int(pid.read_text().splitlines()[0]), signal.SIGKILL)
    wait_until(lambda: "Cơ sở dữ liệu đã chạy lại" in family.screen.read_text(encoding="utf-8"))
    assert embedded.get_status(environ).running
    family.end()


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.02)
