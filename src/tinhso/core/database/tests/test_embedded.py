"""The embedded database: made once, attached to, and adopted after every kind of sudden end."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tinhso.core.database import connect, embedded, record
from tinhso.core.errors import Invalid

Environ = dict[str, str]

CHOSEN = {name: os.environ[name] for name in ("PG_BIN",) if name in os.environ}
"""The engine of this run; everything else of the environment is left out."""


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of its own that the server's account can enter; pytest's own folders are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="tinhso-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def environ(home: Path) -> Iterator[Environ]:
    environ = {"TINHSO_HOME": str(home), **CHOSEN}
    yield environ
    embedded.stop(environ)


@pytest.fixture(scope="module")
def shared() -> Iterator[Environ]:
    """One that is up, for the tests that only look."""
    folder = Path(tempfile.mkdtemp(prefix="tinhso-test-", dir="/tmp"))
    environ = {"TINHSO_HOME": str(folder), **CHOSEN}
    embedded.ensure(environ)
    yield environ
    embedded.stop(environ)
    shutil.rmtree(folder)


def owner(environ: Environ) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(connect.get_urls(environ).owner, autocommit=True)


def postmaster(environ: Environ) -> int:
    pid = Path(environ["TINHSO_HOME"]) / "database" / "data" / "postmaster.pid"
    return int(pid.read_text(encoding="utf-8").splitlines()[0])


def test_the_first_start_makes_it_and_the_second_attaches(environ: Environ) -> None:
    assert embedded.ensure(environ) is True
    first = postmaster(environ)
    assert embedded.ensure(environ) is False
    assert postmaster(environ) == first
    assert embedded.get_status(environ).running


def test_the_application_may_not_make_tables_and_the_owner_may(shared: Environ) -> None:
    with owner(shared) as connection:
        connection.execute("CREATE TABLE kept (id bigint)")
    with psycopg.connect(connect.get_urls(shared).app) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id bigint)")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM kept")


def test_vietnamese_letters_change_case(shared: Environ) -> None:
    with owner(shared) as connection:
        assert connection.execute("SELECT lower('HỒ SƠ ĐẤT ĐAI'), upper('ưỡng')").fetchone() == (
            "hồ sơ đất đai",
            "ƯỠNG",
        )


def test_full_text_search_takes_no_quotation_mark_for_a_letter(shared: Environ) -> None:
    with owner(shared) as connection:
        row = connection.execute("SELECT to_tsvector('simple', '“hồ sơ” – đất…')::text").fetchone()
    assert row == ("'hồ':1 'sơ':2 'đất':3",)


def test_extensions_we_count_on_are_the_owners_to_create(shared: Environ) -> None:
    with owner(shared) as connection:
        for name in ("unaccent", "pg_trgm", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {name}")


def test_passwords_are_readable_by_their_owner_alone(shared: Environ) -> None:
    home = Path(shared["TINHSO_HOME"])
    assert stat.S_IMODE((home / "database.json").stat().st_mode) == 0o600
    assert not (home / "database" / "password").exists()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(connect.embedded_url(record.Record(record.read(home).socket, {}), record.APP))


def test_a_killed_server_comes_back_with_what_was_committed(environ: Environ) -> None:
    embedded.ensure(environ)
    with owner(environ) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        os.kill(postmaster(environ), signal.SIGKILL)
        assert embedded.ensure(environ) is True
    with owner(environ) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)


def test_a_busy_orphan_of_a_killed_server_only_delays_the_start(environ: Environ) -> None:
    embedded.ensure(environ)
    with owner(environ) as connection:
        busy = threading.Thread(target=_execute_until_lost, args=(connection,))
        busy.start()
        time.sleep(0.3)
        os.kill(postmaster(environ), signal.SIGKILL)
        assert embedded.ensure(environ) is True
        busy.join()


def _execute_until_lost(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT pg_sleep(30)")


def test_a_long_home_gets_a_short_private_socket_folder_that_is_remembered(home: Path) -> None:
    deep = home.joinpath(*["một-thư-mục-tên-dài"] * 6)
    deep.mkdir(parents=True)
    environ = {"TINHSO_HOME": str(deep), **CHOSEN}
    try:
        embedded.ensure(environ)
        socket = Path(embedded.get_status(environ).socket)
        assert len(f"{socket}{embedded.SOCKET_NAME}".encode()) <= embedded.SOCKET_PATH_LIMIT
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        embedded.stop(environ)
        embedded.ensure(environ)
        assert embedded.get_status(environ).socket == str(socket)
    finally:
        embedded.stop(environ)
        shutil.rmtree(record.read(deep).socket)


def test_a_socket_folder_that_was_swept_away_is_made_anew(environ: Environ, home: Path) -> None:
    embedded.ensure(environ)
    shutil.rmtree(record.read(home).socket)
    assert embedded.ensure(environ) is True
    assert embedded.get_status(environ).running


def test_a_start_killed_while_making_the_data_is_begun_again(environ: Environ, home: Path) -> None:
    program = "import os; from tinhso.core.database import embedded; embedded.ensure(os.environ)"
    process = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, **environ})
    while not list(home.glob("database/draft-*")):
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert embedded.ensure(environ) is True
    assert embedded.get_status(environ).running


def test_of_several_starters_at_once_one_starts_it(environ: Environ) -> None:
    program = "import os; from tinhso.core.database import embedded; print(embedded.ensure(os.environ))"
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", program], env={**os.environ, **environ}, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    told = sorted(starter.communicate()[0].strip() for starter in starters)
    assert told == ["False", "False", "False", "True"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another account")
def test_a_home_below_a_closed_folder_is_refused_in_words(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Invalid, match="không vào được"):
        embedded.ensure({"TINHSO_HOME": str(closed / "home")})


def test_data_of_another_major_version_is_refused_in_words(environ: Environ, home: Path) -> None:
    embedded.ensure(environ)
    embedded.stop(environ)
    (home / "database" / "data" / "PG_VERSION").write_text("14\n", encoding="ascii")
    with pytest.raises(Invalid, match="PostgreSQL 14"):
        embedded.ensure(environ)


def test_a_folder_without_postgresql_is_refused_in_words(home: Path) -> None:
    with pytest.raises(Invalid, match="Không chạy được PostgreSQL"):
        embedded.ensure({"TINHSO_HOME": str(home), "PG_BIN": str(home)})


def test_stopping_twice_is_nothing(environ: Environ) -> None:
    embedded.ensure(environ)
    assert embedded.stop(environ) is True
    assert embedded.stop(environ) is False
    assert not embedded.is_alive(environ)
