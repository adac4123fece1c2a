"""`tinhso demo`: a whole province to try, with the payment gateway's double beside it."""

import argparse
import os
import socket
import sys
from contextlib import closing
from pathlib import Path

import tinhso
from tinhso.core import settings
from tinhso.core.running.management import run as running
from tinhso.core.running.progress import phase, say
from tinhso.core.running.supervisor import Child

NEEDS = "nothing"

_CLONE = Path(tinhso.__file__).resolve().parents[2]
_DOUBLE = "doubles.payment_gateway"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    running.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Fill the database when it is empty, then run everything until Ctrl-C or TERM."""
    os.environ.setdefault("TINHSO_MODE", settings.Mode.DEMO)
    for name in ("host", "port"):
        if value := getattr(args, name):
            os.environ[f"TINHSO_{name.upper()}"] = str(value)
    running.run_all(args, fill=_fill, beside=_gateway())
    return 0


def _fill() -> None:
    from tinhso.core.context import Context
    from tinhso.core.time import clock
    from tinhso.demo.law import seed_law
    from tinhso.demo.seed import seed_province

    ctx = Context(now=clock(), request_id="demo")
    with phase("Tỉnh mẫu"):
        seed_province(ctx)
    with phase("Luật, lịch làm việc, thủ tục, chứng thư số"):
        seed_law(ctx)


def _gateway() -> list[Child]:
    """The double that stands in for bank and card gateway, at a free port; none where only the package is installed."""
    if os.environ.get("TINHSO_GATEWAY_URL"):
        return []
    if not (_CLONE / "doubles").is_dir():
        say("  ! Không có cổng thanh toán thử (chỉ có trong bản tải cả kho mã nguồn); chỉ thu tiền mặt.")
        return []
    port = _free_port()
    os.environ["TINHSO_GATEWAY_URL"] = f"http://127.0.0.1:{port}"
    os.environ.setdefault("TINHSO_TRIAL_BANK_URL", f"http://127.0.0.1:{port}/ngan-hang")
    site = settings.current()
    words = ["--port", str(port), "--secret-file", str(site.home / "secrets" / "gateway_secret")]
    words += ["--partner", site.gateway_partner, "--callback", f"{_own_url(site)}/thanh-toan/goi-lai/{{kenh}}"]
    found = ["env", f"PYTHONPATH={_CLONE}"]
    return [Child("Cổng thanh toán thử", [*found, sys.executable, "-m", _DOUBLE, *words])]


def _own_url(site: settings.Settings) -> str:
    return f"http://127.0.0.1:{site.listen_port}"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
