"""Our own PostgreSQL: made, started, attached to and stopped under the home folder, on a Unix socket only.

Any command may ask for it: whoever comes first starts it, the others find it up. A kill at any instant leaves
nothing that the next start cannot adopt: the data folder appears whole by a rename, roles are made again when in
doubt, and postmaster.pid is PostgreSQL's own business.
"""

import fcntl
import os
import re
import secrets
import shlex
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from psycopg import pq, sql

from tinhso.core.database import record
from tinhso.core.database.connect import embedded_url
from tinhso.core.database.engine import Engine, get_engine
from tinhso.core.errors import Invalid, TryLater
from tinhso.core.settings import default_home

SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket's path, the file name `/.s.PGSQL.5432` included."""
SOCKET_NAME = "/.s.PGSQL.5432"
RETRY_SECONDS = 10.0
"""After the postmaster alone is killed, its orphans hold the shared memory for a while (1.6-3.1 s seen)."""
RECOVERY_SECONDS = 600
AWAITED_SECONDS = 30.0
"""So long another account may take to start what is its own."""

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "Asia/Ho_Chi_Minh",
    "log_timezone": "Asia/Ho_Chi_Minh",
    "logging_collector": "on",
    "log_filename": "%a.log",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %u@%d ",
    # A log repeats no personal data: neither the statements that fail nor the keys they fail on.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True, slots=True)
class Status:
    """`running`: answers now. `kept`: no supervisor stops it. `version`: of the server, as it says itself."""

    running: bool
    kept: bool
    home: Path
    socket: str
    version: str


def ensure(environ: Mapping[str, str]) -> bool:
    """Have the database up, making it first if need be; True when this call started it.

    Where the home is another account's (root's, who lent us ours), that one starts it and we wait. Raises Invalid for
    a home or engine that cannot be used, TryLater when the server does not come up.
    """
    home = default_home(environ)
    if record.read(home).prepared and _ping(home) == pq.Ping.OK:
        return False
    if home.exists() and not os.access(home, os.W_OK):
        return _await(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    with _locked(home):
        return _Cluster(home, get_engine(environ)).start()


def stop(environ: Mapping[str, str]) -> bool:
    """Stop the database; True when it was up."""
    home = default_home(environ)
    if not record.folder(home).exists():
        return False
    with _locked(home):
        return _Cluster(home, get_engine(environ)).stop()


def keep(environ: Mapping[str, str], *, kept: bool) -> None:
    """Say whether the database outlives the supervisor."""
    home = default_home(environ)
    with _locked(home):
        record.write(home, replace(record.read(home), kept=kept))


def is_kept(environ: Mapping[str, str]) -> bool:
    return record.read(default_home(environ)).kept


def is_alive(environ: Mapping[str, str]) -> bool:
    """Whether the server's process lives, asked without a connection: cheap enough for every tenth of a second."""
    pid = _read_if_any(record.folder(default_home(environ)) / "data" / "postmaster.pid").partition("\n")[0]
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ValueError, ProcessLookupError):
        return False
    return True


def get_status(environ: Mapping[str, str]) -> Status:
    home = default_home(environ)
    kept = record.read(home)
    running = kept.prepared and _ping(home) == pq.Ping.OK
    version = ""
    if running:
        with psycopg.connect(embedded_url(kept, record.OWNER)) as connection:
            version = connection.info.parameter_status("server_version") or ""
    return Status(running, kept.kept, home, kept.socket, version)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """One data folder under the lock."""

    home: Path
    engine: Engine

    @property
    def data(self) -> Path:
        return record.folder(self.home) / "data"

    def start(self) -> bool:
        if record.read(self.home).prepared and _ping(self.home) == pq.Ping.OK:
            return False
        self._make_folders()
        self._settle_socket()
        if not self.data.exists():
            self._make_data()
        self._check_version()
        self._launch()
        self._prepare()
        return True

    def stop(self) -> bool:
        if not self.data.exists() or self._control("status").returncode:
            return False
        for mode in ("fast", "immediate"):
            if self._control("stop", "-w", "-t", "60", "-m", mode).returncode == 0:
                return True
        raise TryLater("Chưa dừng được cơ sở dữ liệu.", what_to_do=f"Xem nhật ký ở {self.data / 'log'}.")

    def _control(self, verb: str, *arguments: str | Path) -> "_Told":
        told = self.engine.run("pg_ctl", "-D", self.data, verb, *arguments)
        return _Told(told.returncode, f"{told.stdout}{told.stderr}".strip())

    def _make_folders(self) -> None:
        folder = record.folder(self.home)
        if self.engine.account and not self.engine.can_enter(self.home):
            self.home.chmod(self.home.stat().st_mode | 0o011)
        folder.mkdir(exist_ok=True, mode=0o700)
        self.engine.give(folder)
        if not self.engine.can_enter(folder):
            raise Invalid(
                f"Tài khoản chạy cơ sở dữ liệu không vào được {folder}.",
                what_to_do="Đặt TINHSO_HOME ở nơi mọi tài khoản đi qua được, ví dụ dưới /var/lib.",
            )

    def _settle_socket(self) -> None:
        """A private folder with a path short enough, the recorded one while it is still ours."""
        kept = record.read(self.home)
        near = record.folder(self.home) / "socket"
        chosen = Path(kept.socket)
        if not (_fits(chosen) and self._is_private(chosen)):
            if self.data.exists() and self._control("status").returncode == 0:
                self.stop()  # it listens where nobody can reach it any more
            if _fits(near):
                chosen = near
                chosen.mkdir(exist_ok=True, mode=0o700)
            else:
                chosen = Path(tempfile.mkdtemp(prefix="tinhso-", dir="/tmp"))
            self.engine.give(chosen)
        record.write(self.home, replace(kept, socket=str(chosen)))

    def _is_private(self, folder: Path) -> bool:
        try:
            found = folder.lstat()
        except OSError:
            return False
        return stat.S_ISDIR(found.st_mode) and found.st_uid == self.engine.uid and not found.st_mode & 0o077

    def _make_data(self) -> None:
        """initdb beside the final place, then rename: a data folder that exists is whole.

        Each try has a draft of its own, for the initdb of a starter that was killed may still be writing.
        """
        names = (*record.ROLES, record.SUPERUSER)
        kept = replace(
            record.read(self.home),
            passwords={name: secrets.token_urlsafe(24) for name in names},
            prepared=False,
        )
        record.write(self.home, kept)
        folder = record.folder(self.home)
        for left in folder.glob("draft-*"):
            shutil.rmtree(left, ignore_errors=True)
        draft, word = folder / f"draft-{secrets.token_hex(4)}", folder / "password"
        word.touch(mode=0o600)
        self.engine.give(word)
        word.write_text(kept.passwords[record.SUPERUSER], encoding="utf-8")
        for locale in self._locales():
            told = self.engine.run(
                "initdb",
                *("-D", draft, "-U", record.SUPERUSER, f"--pwfile={word}", "--auth=scram-sha-256"),
                *("-k", "--encoding=UTF8", *locale),
            )
            if told.returncode == 0:
                break
        word.unlink()
        if told.returncode:
            raise TryLater(f"Không tạo được cơ sở dữ liệu: {told.stderr.strip()}")
        draft.rename(self.data)

    def _locales(self) -> list[tuple[str, ...]]:
        """The ways to Vietnamese letters without ICU, best first.

        From 17 on PostgreSQL knows their cases itself; the character types of the system still tell full-text search
        that a dash or a curly quotation mark is no letter, where the system has C.UTF-8.
        """
        if self.engine.major < 17:
            return [("--locale=C.UTF-8",)]
        builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        return [(*builtin, "--lc-ctype=C.UTF-8"), builtin]

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.engine.major):
            raise Invalid(
                f"Dữ liệu ở {self.data} do PostgreSQL {made_by} tạo, nay đang dùng bản {self.engine.major}.",
                what_to_do="Đặt PG_BIN là thư mục bin của bản cũ, hoặc chuyển dữ liệu bằng pg_dump.",
            )

    def _launch(self) -> None:
        """Start, again and again for a while: orphans of a killed server hold its memory till they notice."""
        socket = {"unix_socket_directories": record.read(self.home).socket}
        options = shlex.join(f"--{name}={value}" for name, value in {**OPTIONS, **socket}.items())
        last = time.monotonic() + RETRY_SECONDS
        log = record.folder(self.home) / "start.log"
        while True:
            if self._answers():
                return
            told = self._control("start", "-w", "-t", str(RECOVERY_SECONDS), "-l", log, "-o", options)
            if told.returncode == 0 and self._answers():
                return
            if time.monotonic() > last:
                tail = "\n".join(_read_if_any(log).splitlines()[-5:])
                raise TryLater(
                    f"Cơ sở dữ liệu chưa khởi động được sau {RETRY_SECONDS:.0f} giây.\n{told.text}\n{tail}",
                    what_to_do=f"Dữ liệu không mất. Xem {log} rồi chạy lại.",
                )
            time.sleep(0.25)

    def _answers(self) -> bool:
        """Whether it answers; one that is up but still recovering is waited for."""
        last = time.monotonic() + RECOVERY_SECONDS
        while (answer := _ping(self.home)) == pq.Ping.REJECT and time.monotonic() < last:
            time.sleep(0.1)
        return answer == pq.Ping.OK

    def _prepare(self) -> None:
        """Roles and the database, made or made again."""
        kept = record.read(self.home)
        url = embedded_url(kept, record.SUPERUSER, "postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in record.ROLES:
                verb = "ALTER" if role in known else "CREATE"
                statement = sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.SQL(verb),
                    sql.Identifier(role),
                    sql.SQL("CREATEDB" if role == record.OWNER else "NOCREATEDB"),
                    sql.Literal(kept.passwords[role]),
                )
                connection.execute(statement)
            # So that the owner may end the sessions of a database it drops.
            grant = sql.SQL("GRANT {}, {} TO {}")
            connection.execute(grant.format(*map(sql.Identifier, (record.APP, record.ERASER, record.OWNER))))
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [record.DATABASE])
            if not found.fetchone():
                database, owner = sql.Identifier(record.DATABASE), sql.Identifier(record.OWNER)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
        record.write(self.home, replace(kept, prepared=True))


@dataclass(frozen=True, slots=True)
class _Told:
    returncode: int
    text: str


def _await(home: Path) -> bool:
    last = time.monotonic() + AWAITED_SECONDS
    while _ping(home) != pq.Ping.OK:
        if time.monotonic() > last:
            raise TryLater(
                f"Cơ sở dữ liệu ở {home} chưa chạy, và tài khoản này không khởi động được nó.",
                what_to_do="Chạy tinhso db start bằng tài khoản sở hữu thư mục đó, hoặc đặt TINHSO_HOME nơi ghi được.",
            )
        time.sleep(0.1)
    return False


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """One starter or stopper at a time; the system frees the lock of a killed one."""
    try:
        file = (home / "database.lock").open("w")
    except OSError as error:
        raise Invalid(
            f"Không ghi được vào {home}: {error.strerror}.", what_to_do="Đặt TINHSO_HOME ở nơi ghi được."
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ping(home: Path) -> pq.Ping:
    kept = record.read(home)
    return pq.Ping(pq.PGconn.ping(embedded_url(kept, record.SUPERUSER, "postgres").encode()))


def _fits(folder: Path) -> bool:
    """Short enough, and free of the characters that PostgreSQL's list of folders would split at."""
    text = f"{folder}{SOCKET_NAME}"
    return len(text.encode()) <= SOCKET_PATH_LIMIT and re.fullmatch(r"[\w./-]+", text) is not None


def _read_if_any(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
