"""Who the web and the worker are where root starts them, what is theirs then, and what keeps them root."""

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tinhso.core import settings
from tinhso.core.account import give, keep_owner, run_as, system_account
from tinhso.core.database import record
from tinhso.core.running import lending
from tinhso.core.running.family import start_child

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends another account")


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tinhso-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def site(home: Path, port: int = 8000) -> settings.Settings:
    return replace(settings.load({"TINHSO_MODE": "test", "TINHSO_HOME": str(home)}), listen_port=port)


@as_root
def test_a_child_runs_as_the_account_it_was_lent(home: Path) -> None:
    account, log = system_account(), home / "log"
    child = start_child(["sh", "-c", "id -u; exec sleep 60"], log, account, {"HOME": str(home)})
    try:
        last = time.monotonic() + 10
        while not log.read_text() and time.monotonic() < last:
            time.sleep(0.02)
        assert log.read_text() == f"{account.pw_uid}\n"
        assert f"Uid:\t{account.pw_uid}\t" in Path(f"/proc/{child.pid}/status").read_text()
    finally:
        child.kill()
        child.wait()


@as_root
def test_what_is_handed_over_is_whole_and_links_are_not_followed(home: Path) -> None:
    account, outside = system_account(), home / "outside"
    outside.touch()
    blobs = home / "blobs" / "ab"
    blobs.mkdir(parents=True)
    (blobs / "file").write_text("x")
    (blobs / "link").symlink_to(outside)
    give(home / "blobs", account)
    assert {path.lstat().st_uid for path in (home / "blobs").rglob("*")} == {account.pw_uid}
    assert outside.stat().st_uid == 0


@as_root
def test_what_root_adds_later_is_the_accounts_too(home: Path) -> None:
    account, folder = system_account(), home / "secrets"
    folder.mkdir()
    give(folder, account)
    with (folder / "new").open("w") as file:
        keep_owner(file.fileno(), folder)
    assert (folder / "new").stat().st_uid == account.pw_uid
    record.write(home, record.Record("/x"))
    give(home / "database.json", account)
    record.write(home, record.Record("/y", kept=True))
    written = (home / "database.json").stat()
    assert (written.st_uid, stat.S_IMODE(written.st_mode)) == (account.pw_uid, 0o600)


@as_root
def test_programs_that_the_account_cannot_read_leave_root_and_say_why(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    (closed / "python").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(closed / "python"))
    lent = lending.lend(site(home), {})
    assert lent.account is None
    assert "không đọc được chương trình" in lent.why
    assert "/srv" in lent.why
    assert not (home / "blobs").exists()


@as_root
def test_a_port_that_only_root_may_open_leaves_root(home: Path) -> None:
    assert "cổng 443 chỉ root mở được" in lending.lend(site(home, 443), os.environ).why


@as_root
def test_programs_that_can_be_read_are_run_by_the_account(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account, environ = system_account(), {**os.environ, "TINHSO_HOME": str(home), "PYTHONPATH": ":".join(sys.path)}
    if lending.obstacle(site(home), environ, account):
        monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    if lending.obstacle(site(home), environ, account):
        pytest.skip("no Python and no programs here that the account can read")
    lent = lending.lend(site(home), environ)
    assert lent.account == account
    assert lent.environ["TINHSO_HOME"] == str(home)
    assert run_as(account, ["test", "-w", str(home / "blobs")]).returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="as root another account is lent")
def test_an_ordinary_user_runs_everything_as_it_is(home: Path) -> None:
    assert lending.lend(site(home), os.environ) == lending.OURSELVES
