"""An installation of its own for a measurement: a temporary home, a free port, everything ended and removed after."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tinhso.core.running.progress import phase

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 180.0
STOP_SECONDS = 60.0
OTHERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ERASER_URL", "TINHSO_GATEWAY_URL", "TINHSO_BASE_URL")
"""What of our own environment would lead elsewhere."""


class NotReady(Exception):
    """The installation did not answer; the message ends with what it said last."""


@dataclass(slots=True)
class Installation:
    """A demo under `home` at `port`, run from the clone at `code`. `extra`: further environment. It may be started and
    ended many times."""

    home: Path
    port: int
    code: Path = ROOT
    extra: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "run.log"

    @property
    def environ(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name not in OTHERS}
        path = f"{self.code / 'src'}:{self.code}"
        own = {"TINHSO_HOME": str(self.home), "TINHSO_MODE": "demo", "TINHSO_PORT": str(self.port), "PYTHONPATH": path}
        return {**ours, **own, **self.extra}

    def start(self) -> None:
        """Start it (again) in a session of its own and wait until it is ready. Raises NotReady."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tinhso.cli", "demo"],
                env=self.environ,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, seconds: float = READY_SECONDS) -> None:
        last = time.monotonic() + seconds
        while not self.is_ready():
            if time.monotonic() > last or (self.process and self.process.poll() is not None):
                tail = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise NotReady(f"chưa trả lời ở {self.url}:\n{tail}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/ready")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """TERM, and time to end what is under way; then what is left is killed."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def command(self, *words: str) -> str:
        """What one `tinhso` command says. Raises CalledProcessError."""
        told = subprocess.run(
            [sys.executable, "-m", "tinhso.cli", *words],
            env=self.environ,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=True,
        )
        return told.stdout

    def database_url(self, role: str = "app") -> str:
        """Where its database is for `app`, `owner` or `eraser`."""
        from tinhso.core.database import connect

        return str(getattr(connect.get_urls({"TINHSO_HOME": str(self.home)}), role))


@contextmanager
def installed(**extra: str) -> Iterator[Installation]:
    """A fresh running demo, gone at the end."""
    with home_folder() as home:
        installation = Installation(home, free_port(), extra=extra)
        try:
            with phase("Dựng một tỉnh mẫu riêng để đo"):
                installation.start()
            yield installation
        finally:
            installation.stop()
            end_database(installation)


@contextmanager
def home_folder() -> Iterator[Path]:
    """A folder short enough for a socket's path, which the database's own account can pass through."""
    home = Path(tempfile.mkdtemp(prefix="tinhso-", dir="/tmp"))
    home.chmod(0o711)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def keep_code(folder: Path) -> Path:
    """A copy of the programs under `folder`, made once: a run of hours must not change with the clone's files."""
    code = folder / "code"
    if not code.exists():
        draft = folder / "code.draft"
        shutil.rmtree(draft, ignore_errors=True)
        for name in ("src", "doubles", "bench", "chaos"):
            shutil.copytree(ROOT / name, draft / name, ignore=shutil.ignore_patterns("__pycache__"))
        draft.rename(code)
    return code


def end_database(installation: Installation) -> None:
    """Stop its database where a killed supervisor left it."""
    with suppress(subprocess.CalledProcessError):
        installation.command("db", "stop")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
