"""One process that starts all the others, starts again what falls, and leaves nothing behind.

Children are told to end when the supervisor is killed; the database is left to the next start, which adopts it.
"""

import fcntl
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from tinhso.core.database import connect, embedded
from tinhso.core.errors import DomainError, TryLater
from tinhso.core.running.family import end_group, start_child
from tinhso.core.running.lending import OURSELVES, Lent
from tinhso.core.running.progress import phase, say, seconds
from tinhso.core.settings import Settings

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
STEADY_SECONDS = 60.0
STOP_SECONDS = 15.0
READY_SECONDS = 60.0
WATCH_SECONDS = 0.1


class Stop(BaseException):
    """TERM, INT or HUP has come: unwind, stopping what was started."""


@dataclass(slots=True)
class Child:
    """One child process: how it is started and as whom, where its log goes (None: our standard error), how often it
    fell lately."""

    name: str
    command: list[str]
    log: Path | None = None
    lent: Lent = OURSELVES
    process: "Popen[bytes] | None" = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    due: float = 0.0

    def keep_up(self) -> None:
        """Start it, or start it again when it has fallen and waited long enough."""
        now = time.monotonic()
        if self.process and self.process.poll() is not None:
            end_group(self.process, signal.SIGKILL)
            if now - self.started > STEADY_SECONDS:
                self.wait = FIRST_WAIT
            where = f" (nhật ký: {self.log})" if self.log else ""
            say(f"  ✗ {self.name} dừng bất ngờ, mã {self.process.returncode}{where}; chạy lại sau {seconds(self.wait)}")
            self.process, self.due = None, now + self.wait
            self.wait = min(self.wait * 2, LONGEST_WAIT)
        if self.process is None and now >= self.due:
            self.process = start_child(self.command, self.log, self.lent.account, self.lent.environ)
            self.started = now


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first TERM, INT or HUP into `Stop` inside the block; later ones wait for the end of stopping."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def stop(number: int, frame: object) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Stop

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    except Stop:
        say("Đã dừng.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def database_up(environ: Mapping[str, str], home: Path) -> Iterator[None]:
    """Have the database up; at the end stop it, unless it is kept or another supervisor still uses it."""
    if connect.is_external(environ):
        yield
        return
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    with (home / "running.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        try:
            with phase("Cơ sở dữ liệu"):
                embedded.ensure(environ)
            yield
        finally:
            if not embedded.is_kept(environ) and _is_last(file.fileno()):
                with phase("Dừng cơ sở dữ liệu"):
                    embedded.stop(environ)


def supervise(children: list[Child], environ: Mapping[str, str], *, ready: Callable[[], bool], tell: str) -> None:
    """Keep the children and the database up until `Stop`; say `tell` once `ready` is true.

    Raises TryLater when it is not ready within a minute; the first child is the one waited for. The children are ended
    in any case.
    """
    began = time.monotonic()
    waiting = True
    try:
        while True:
            _keep_database(environ)
            for child in children:
                child.keep_up()
            if waiting and ready():
                waiting = False
                say(tell)
            if waiting and time.monotonic() - began > READY_SECONDS:
                where = children[0].log or "các dòng báo lỗi ở trên"
                raise TryLater("Trang web chưa trả lời sau một phút.", what_to_do=f"Xem {where}.")
            time.sleep(WATCH_SECONDS)
    finally:
        with phase("Dừng các tiến trình"):
            end_children(children)


def end_children(children: list[Child]) -> None:
    """TERM, then fifteen seconds to finish what is under way, then KILL to all their groups."""
    living = [child.process for child in children if child.process]
    for process in living:
        process.send_signal(signal.SIGTERM)
    last = time.monotonic() + STOP_SECONDS
    while any(process.poll() is None for process in living) and time.monotonic() < last:
        time.sleep(0.05)
    for process in living:
        end_group(process, signal.SIGKILL)
        process.wait()


def python(module: str, *words: str) -> list[str]:
    """The command of one of our modules under this same Python."""
    return [sys.executable, "-m", module, *words]


def log_of(site: Settings, name: str) -> Path | None:
    """A child's log: a demonstration keeps the screen for people; in production whoever runs us collects."""
    if not site.demo:
        return None
    path = site.home / "logs" / f"{name}.log"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(b"")
    return path


def _keep_database(environ: Mapping[str, str]) -> None:
    if connect.is_external(environ) or embedded.is_alive(environ):
        return
    say("  ✗ Cơ sở dữ liệu dừng bất ngờ; đang chạy lại")
    try:
        embedded.ensure(environ)
        say("  ✓ Cơ sở dữ liệu đã chạy lại")
    except DomainError as error:
        say(f"  ✗ {error.message}")


def _is_last(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
