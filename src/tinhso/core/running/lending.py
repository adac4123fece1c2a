"""Started by root, the web and the worker run as the database's account, where that account can read the programs.

Root keeps the home folder, the static files and the logs; the account gets what it reads in private or writes.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from tinhso.core.account import ACCOUNT, Account, find_account, give, run_as, system_account
from tinhso.core.settings import Settings

PRIVATE = ("mail", "pki", "secrets", "sms")
RECORD = "database.json"
FIRST_FREE_PORT = 1024

PROGRAMS = "import django, granian, tinhso.cli"
SETTINGS = "import tinhso.core.django_settings"


@dataclass(frozen=True, slots=True)
class Lent:
    """Whom a child runs as (None: as whoever starts it), what its environment says of that, and, where root starts it
    and no account could be lent, why not."""

    account: Account | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


OURSELVES = Lent()


def lend(site: Settings, environ: Mapping[str, str]) -> Lent:
    """The account for the web and the worker, with what belongs to them handed over. Changes nothing unless we are
    root."""
    if os.geteuid() != 0:
        return OURSELVES
    if why := obstacle(site, environ, system_account()):
        return Lent(why=why)
    account = system_account()
    for folder in (site.blobs, *(site.home / name for name in PRIVATE)):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        give(folder, account)
    if (site.home / RECORD).exists():
        give(site.home / RECORD, account)
    own = {"TINHSO_HOME": str(site.home), "HOME": str(site.home), "USER": ACCOUNT, "LOGNAME": ACCOUNT}
    if why := _fault(account, SETTINGS, {**environ, **own}):
        return Lent(why=f"tài khoản {ACCOUNT} không đọc được cấu hình ({why}).")
    return Lent(account, own)


def obstacle(site: Settings, environ: Mapping[str, str], account: Account | None = None) -> str:
    """Why the account cannot run the programs, as a sentence; empty when it can. Hands nothing over."""
    account = account or find_account()
    if account is None:
        return f"chưa có tài khoản {ACCOUNT}."
    if site.listen_port < FIRST_FREE_PORT:
        return f"cổng {site.listen_port} chỉ root mở được; chọn cổng từ {FIRST_FREE_PORT} và để máy chủ TLS đứng trước."
    if fault := _fault(account, PROGRAMS, environ):
        return (
            f"tài khoản {ACCOUNT} không đọc được chương trình ({fault}). Đặt bản cài đặt và Python ở nơi mọi tài khoản"
            " đọc được, ví dụ dưới /srv."
        )
    return ""


def _fault(account: Account, program: str, environ: Mapping[str, str]) -> str:
    """What goes wrong when the account runs a line of Python; empty for nothing."""
    try:
        told = run_as(account, [sys.executable, "-c", program], environ)
    except OSError as error:
        return str(error.filename or sys.executable)
    return told.stderr.strip().rpartition("\n")[2] if told.returncode else ""
