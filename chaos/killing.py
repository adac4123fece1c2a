"""kill -9 of what is running: a web worker, the web, the worker, the supervisor, a database backend, the database."""

import os
import random
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bench.installation import Installation


class Victim(StrEnum):
    WEB_WORKER = "web_worker"
    WEB = "web"
    WORKER = "worker"
    SUPERVISOR = "supervisor"
    BACKEND = "backend"
    POSTMASTER = "postmaster"


WEIGHTS = {
    Victim.WEB_WORKER: 34,
    Victim.BACKEND: 30,
    Victim.WORKER: 14,
    Victim.WEB: 8,
    Victim.SUPERVISOR: 7,
    Victim.POSTMASTER: 7,
}
MOST_POSTMASTERS = 100
LEFTOVER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Process:
    pid: int
    parent: int
    command: str


def choose(chance: random.Random, postmasters: int) -> Victim:
    """Whom to kill next; the database's parent at most a hundred times a run."""
    victim = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    return Victim.BACKEND if victim is Victim.POSTMASTER and postmasters >= MOST_POSTMASTERS else victim


def kill(installation: Installation, victim: Victim, chance: random.Random) -> int:
    """Kill one process of this kind; 0 when none is there just now."""
    found = candidates(installation, victim)
    if not found:
        return 0
    chosen = found[chance.randrange(len(found))]
    with suppress(ProcessLookupError):
        os.kill(chosen.pid, signal.SIGKILL)
        return chosen.pid
    return 0


def candidates(installation: Installation, victim: Victim) -> list[Process]:
    """The processes of the installation, and of nothing else, that are of this kind."""
    table = processes()
    supervisor = installation.process.pid if installation.process and installation.process.poll() is None else 0
    children = _children(table, supervisor)
    web = [child for child in children if "tinhso.core.running.web" in child.command]
    match victim:
        case Victim.SUPERVISOR:
            return [one for one in table if one.pid == supervisor]
        case Victim.WEB:
            return web
        case Victim.WORKER:
            return [child for child in children if "tinhso.cli worker" in child.command]
        case Victim.WEB_WORKER:
            return [one for parent in web for one in _children(table, parent.pid)]
    postmaster = _postmaster(installation)
    if victim is Victim.POSTMASTER:
        return [one for one in table if one.pid == postmaster]
    return [one for one in _children(table, postmaster) if postmaster]


def end_leftover(installation: Installation, supervisor: int) -> None:
    """End the supervisor that a broken-off run left behind, and wait for its children to follow: only one whose home is
    this installation's."""
    own = f"TINHSO_HOME={installation.home}".encode()
    with suppress(OSError):
        if supervisor and own in Path(f"/proc/{supervisor}/environ").read_bytes().split(b"\0"):
            os.kill(supervisor, signal.SIGKILL)
            last = time.monotonic() + LEFTOVER_SECONDS
            while installation.is_ready() and time.monotonic() < last:
                time.sleep(0.2)


def processes() -> list[Process]:
    """What runs on this machine."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            state = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
            if state[0] != "Z":
                found.append(Process(int(folder.name), int(state[1]), command))
    return sorted(found, key=lambda one: one.pid)


def _children(table: Sequence[Process], parent: int) -> list[Process]:
    return [one for one in table if parent and one.parent == parent]


def _postmaster(installation: Installation) -> int:
    with suppress(OSError, ValueError):
        path = installation.home / "database" / "data" / "postmaster.pid"
        return int(path.read_text(encoding="ascii").splitlines()[0])
    return 0
