"""The web process: granian over our WSGI application, one worker a core.

Django under ASGI is three times slower, so the workers are threads over WSGI. Each thread keeps one database
connection.
"""

import os

from granian import Granian
from granian.constants import Interfaces

from tinhso.core import settings
from tinhso.core.database.connect import be_the_web

THREADS = 4
BACKLOG = 2048
STOP_SECONDS = 10


def main() -> None:
    be_the_web(os.environ)
    site = settings.current()
    Granian(
        "tinhso.core.running.application:application",
        address=site.listen_host,
        port=site.listen_port,
        interface=Interfaces.WSGI,
        workers=site.workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


if __name__ == "__main__":
    main()
