"""`tinhso run`: the whole installation by one command, until Ctrl-C or TERM."""

import argparse
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tinhso.core.running.supervisor import Child

NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="địa chỉ nghe (mặc định 127.0.0.1, hoặc TINHSO_HOST)")
    parser.add_argument("--port", type=int, help="cổng nghe (mặc định 8000, hoặc TINHSO_PORT)")


def run(args: argparse.Namespace) -> int:
    run_all(args)
    return 0


def run_all(args: argparse.Namespace, fill: Callable[[], None] = lambda: None, beside: "Sequence[Child]" = ()) -> None:
    """Database, tables, `fill`, static files, web and worker, told phase by phase; all of it stops at the end.

    `fill` runs with the tables in place and before anybody can come in; `beside` are further programs to keep up;
    `args` has `host` and `port`.
    """
    for name in ("host", "port"):
        if value := getattr(args, name):
            os.environ[f"TINHSO_{name.upper()}"] = str(value)

    from tinhso.core import settings
    from tinhso.core.running import address, supervisor
    from tinhso.core.running.lending import lend
    from tinhso.core.running.progress import phase, say

    site = settings.current()
    with supervisor.stopping_on_signals():
        address.claim(site)
        with supervisor.database_up(os.environ, site.home):
            with phase("Chương trình"):
                from tinhso.core.running.needs import have_django

                have_django()
            from tinhso.core.running.preparing import prepare_installation

            prepare_installation(site)
            fill()
            lent = lend(site, os.environ)
            if lent.why:
                say(f"  ! Trang web và việc nền chạy bằng root: {lent.why}")
            web, worker = supervisor.python("tinhso.core.running.web"), supervisor.python("tinhso.cli", "worker")
            children = [
                supervisor.Child("Trang web", web, supervisor.log_of(site, "web")),
                supervisor.Child("Việc nền", worker, supervisor.log_of(site, "worker")),
                *beside,
            ]
            for child in children:
                child.lent = lent
            supervisor.supervise(
                children,
                os.environ,
                ready=lambda: address.answers(site),
                tell=f"\nTỉnhSố đang chạy ở {site.base_url}  (Ctrl-C để dừng tất cả)\n",
            )
