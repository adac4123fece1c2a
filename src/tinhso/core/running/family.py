"""Processes that do not outlive the one that started them, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from tinhso.core.account import Account

_PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Ask the kernel for a signal when the parent is gone (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number))


def start_child(
    command: Sequence[str],
    log: Path | None = None,
    account: Account | None = None,
    environ: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own that is told to end (TERM) when this process is gone.

    Its own session keeps a terminal's Ctrl-C from reaching it twice; we pass signals on ourselves. What it says goes
    to `log`, or where our own words go. It runs as `account` (None: as we do) and is told further `environ`.
    """
    with log.open("ab") if log else nullcontext() as file:
        return subprocess.Popen(
            command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env={**os.environ, **(environ or {})},
            # After the account is changed, which makes the kernel forget it.
            preexec_fn=_bound_to(os.getpid()),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def end_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    """Signal the child and whatever it started; a group that is already gone is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _bound_to(parent: int) -> Callable[[], None]:
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        if prctl:
            prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)

    return prepare
