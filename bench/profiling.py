"""Where a page's time goes: the same request answered inside a profiled process of the installation.

`python -m bench.profiling` in the installation's environment reads one request as JSON on standard input and prints
the split. Run by `split_request`.
"""

import base64
import io
import json
import secrets
import subprocess
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from bench.installation import Installation
from bench.load import Request
from bench.splitting import split


def split_request(installation: Installation, requests: Iterable[Request]) -> list[dict[str, Any]]:
    """The split over these requests, each sent once."""
    told = [
        {
            "method": one.method,
            "target": one.target,
            "headers": dict(one.headers),
            "body": base64.b64encode(one.body).decode(),
            "host": installation.host,
            "expect": one.expect,
        }
        for one in requests
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "bench.profiling"],
        env=installation.environ,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    found: list[dict[str, Any]] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    from tinhso.core.wsgi import application

    requests = json.load(sys.stdin)
    for one in requests[:3]:
        _answer(application, one)
    rest = iter(requests[3:])
    print(json.dumps(split(lambda: _answer(application, next(rest)), len(requests) - 3), ensure_ascii=False))


def _answer(application: Any, told: dict[str, Any]) -> None:
    body = base64.b64decode(told["body"])
    parts = urlsplit(told["target"])
    host, port = told["host"].split(":")
    environ = {
        "REQUEST_METHOD": told["method"],
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": told["host"],
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": told["headers"].get("Content-Type", ""),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
        "REQUEST_ID": secrets.token_hex(8),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in told["headers"].items()},
    }
    seen: list[str] = []
    answer = application(environ, lambda status, headers, error=None: seen.append(status))
    b"".join(answer)
    answer.close()
    if not seen or not seen[0].startswith(str(told["expect"])):
        raise RuntimeError(f"{told['method']} {told['target']}: {seen}")


if __name__ == "__main__":
    main()
