"""The address the web listens at: free before, answering after."""

import socket
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from tinhso.core.errors import Conflict
from tinhso.core.settings import Settings

PREDECESSOR_SECONDS = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  compared with, not listened at


def claim(site: Settings) -> None:
    """Make sure the port is free; a predecessor that is just ending gets five seconds. Raises Conflict."""
    host, port = site.listen_host, site.listen_port
    last = time.monotonic() + PREDECESSOR_SECONDS
    while fault := _fault(host, port):
        if time.monotonic() > last:
            raise Conflict(
                f"Không dùng được cổng {port} ở {host}: {fault}.",
                what_to_do="Dừng chương trình đang dùng cổng đó, hoặc chọn cổng khác bằng --port.",
            )
        time.sleep(0.25)


def answers(site: Settings) -> bool:
    """Whether /health answers, asked as the public would name us."""
    host = _EVERYWHERE.get(site.listen_host, site.listen_host)
    url = f"http://{f'[{host}]' if ':' in host else host}:{site.listen_port}/health"
    name = urlsplit(site.base_url).netloc or host
    request = urllib.request.Request(url, headers={"Host": name})
    try:
        with urllib.request.urlopen(request, timeout=2):  # noqa: S310
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _fault(host: str, port: int) -> str:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return ""
