"""`python -m doubles.payment_gateway`: start, print one JSON line with the port, serve until SIGTERM."""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from doubles.payment_gateway.bank import Bank
from doubles.payment_gateway.callbacks import Caller
from doubles.payment_gateway.server import Server


def main() -> int:
    parser = argparse.ArgumentParser(prog="payment_gateway", description="A payment gateway to try payments on.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--secret-file", type=Path, required=True, help="file with the secret shared with the partner")
    parser.add_argument("--partner", default="TINHSO", help="MaDoiTac of the partner")
    parser.add_argument("--callback", required=True, help="call-back URL; {kenh} becomes `the` or `vietqr`")
    parser.add_argument("--public-url", default="", help="address browsers use, when it is not http://HOST:PORT")
    parser.add_argument("--late-seconds", type=float, default=5.0, help="how late a late call-back comes")
    parser.add_argument("--retries", type=int, default=5, help="how often a call-back that is not answered is retried")
    given = parser.parse_args()
    secret = given.secret_file.read_text(encoding="utf-8").strip()
    bank = Bank(given.partner)
    caller = Caller(given.callback, secret, late_seconds=given.late_seconds, retries=given.retries)
    server = Server((given.host, given.port), bank, caller, secret, given.public_url)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
    print(json.dumps({"port": server.server_port, "url": server.url}), flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
