"""The system account that root lends: to the database, to the web and to the worker. Root itself serves nobody."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tinhso.core.errors import Invalid

ACCOUNT = "tinhso"
ROOT_HOME = Path("/var/lib/tinhso")

Account = pwd.struct_passwd


def run_as(
    account: Account | None, command: Sequence[str], environ: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a program to the end as `account` (None: as we are), with nothing of our environment but `environ`.

    Raises OSError when it cannot be run at all.
    """
    return subprocess.run(
        command,
        env={"PATH": os.defpath, "LC_ALL": "C", **(environ or {})},
        cwd="/",
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def find_account() -> Account | None:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None


def system_account() -> Account:
    """The system account, made when missing. Only root can. Raises Invalid when it cannot be made."""
    if found := find_account():
        return found
    made = run_as(
        None,
        [
            *("/usr/sbin/useradd", "--system", "--user-group", "--no-create-home"),
            *("--home-dir", str(ROOT_HOME), "--shell", "/usr/sbin/nologin", ACCOUNT),
        ],
    )
    if found := find_account():
        return found
    raise Invalid(
        f"Chưa tạo được tài khoản hệ thống {ACCOUNT}: {made.stderr.strip()}",
        what_to_do=f"Tạo tài khoản {ACCOUNT} bằng công cụ của máy này rồi chạy lại.",
    )


def give(path: Path, account: Account) -> None:
    """Hand a file, or a folder with all that is in it, to the account; nothing to do when it is the account's already.

    The folder itself comes last, so that a handing over that was broken off is begun again. Links are not followed.
    """
    if path.lstat().st_uid == account.pw_uid:
        return
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            give(inside, account)
    os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def keep_owner(added: int | Path, other: Path) -> None:
    """Let an open file, or a folder, belong to whom `other` belongs: what root adds the account can read too."""
    if os.geteuid() == 0:
        owner = other.stat()
        os.chown(added, owner.st_uid, owner.st_gid)
