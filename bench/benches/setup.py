"""setup.page: from a clone with nothing prepared to the first page, with a warm package cache; and what lies idle.

The clone is made of the files the repository would hold, in a folder of its own, with an environment, a home and a
port of its own. One set-up takes most of a minute: a quick run makes one, a whole run five.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Report, at_most, figure, in_turn
from bench.installation import OTHERS, ROOT, STOP_SECONDS, free_port, home_folder
from bench.machine import machine, versions
from bench.registry import Wanted

IDLE_SECONDS = 5.0
LONGEST = 600.0
YARDSTICK = "python -m venv trống: một môi trường có pip, không gói nào"
OWN = ("TINHSO_HOME", "TINHSO_MODE", "TINHSO_PORT", "TINHSO_VENV", "PYTHONPATH", "VIRTUAL_ENV")


def run(wanted: Wanted) -> Report:
    phases: list[dict[str, float]] = []
    memory: list[float] = []

    def ours() -> float:
        seconds, told, idle = set_up()
        phases.append(told)
        memory.append(idle)
        return seconds

    values, beside = in_turn(ours, empty_environment, 1 if wanted.quick else 5)
    figures = [
        figure("setup.page", values, "giây", at_most(90), yardstick=YARDSTICK, beside=beside),
        figure(
            "setup.memory",
            memory,
            "MB khi rảnh",
            at_most(1024),
            yardstick="một tiến trình Python trống",
            beside=[_bare_python()] * len(memory),
        ),
    ]
    names = list(dict.fromkeys(name for told in phases for name in told))
    data: dict[str, Any] = {
        "files": len(_files()),
        "phases": {name: round(median([told.get(name, 0.0) for told in phases]), 1) for name in names},
    }
    return Report("setup", machine(), versions(), data, figures)


def set_up() -> tuple[float, dict[str, float], float]:
    """Seconds to the first page, the phases as the script printed them, and MB of memory once it lies idle."""
    with tempfile.TemporaryDirectory(prefix="tinhso-clone-") as folder, home_folder() as home:
        clone, port = Path(folder) / "tinhso", free_port()
        began = time.monotonic()
        _clone(clone)
        log = home / "demo.log"
        environ = {name: value for name, value in os.environ.items() if name not in (*OTHERS, *OWN)}
        environ |= {"TINHSO_HOME": str(home), "TINHSO_PORT": str(port)}
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(clone / "script" / "demo")],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            _first_page(process, port, log)
            seconds = time.monotonic() - began
            time.sleep(IDLE_SECONDS)
            return seconds, _phases(log.read_text(encoding="utf-8")), _memory(home, process.pid)
        finally:
            _end(process)


def empty_environment() -> float:
    with tempfile.TemporaryDirectory(prefix="tinhso-venv-") as folder:
        began = time.monotonic()
        subprocess.run([_base_python(), "-m", "venv", folder], check=True, capture_output=True)
        return time.monotonic() - began


def _files() -> list[str]:
    """What a clone would hold: everything not ignored."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listed, capture_output=True, text=True, check=True)
    return [name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def _clone(clone: Path) -> None:
    for name in _files():
        target = clone / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def _first_page(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    last = time.monotonic() + LONGEST
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        with suppress(OSError, HTTPException):
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        connection.close()
        if process.poll() is not None or time.monotonic() > last:
            raise RuntimeError(f"script/demo: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
        time.sleep(0.1)


def _phases(text: str) -> dict[str, float]:
    found = re.findall(r"✓ (.+?): ([0-9.,]+) giây", text)
    return {name: float(seconds.replace(",", ".")) for name, seconds in found}


def _memory(home: Path, supervisor: int) -> float:
    """Megabytes that the installation's processes hold, shared pages counted once (PSS)."""
    ours = {supervisor, *_below(supervisor)}
    with suppress(OSError, ValueError):
        server = int((home / "database" / "data" / "postmaster.pid").read_text(encoding="ascii").split("\n")[0])
        ours |= {server, *_below(server)}
    return sum(_proportional(process) for process in ours) / 1024


def _below(parent: int) -> set[int]:
    children: dict[int, set[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            above = int((folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()[1])
            children.setdefault(above, set()).add(int(folder.name))
    found: set[int] = set()
    waiting = [parent]
    while waiting:
        for child in children.get(waiting.pop(), set()) - found:
            found.add(child)
            waiting.append(child)
    return found


def _proportional(process: int) -> int:
    with suppress(OSError):
        rolled = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        if found := re.search(r"^Pss:\s+(\d+) kB", rolled, re.MULTILINE):
            return int(found[1])
    return 0


def _bare_python() -> float:
    """Megabytes of an interpreter that does nothing."""
    script = "import sys; print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101
        process.stdout.readline()
        found = _proportional(process.pid) / 1024
        process.kill()
    return found


def _base_python() -> str:
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
