"""The worker process: every declared round in a thread of its own, and procrastinate's jobs, of which none is declared
yet."""

import asyncio
import logging
import signal
import threading
from datetime import datetime

from django.utils.module_loading import autodiscover_modules
from procrastinate.contrib.django import app, django_connector

from tinhso.core.database.partitions import ensure_partitions
from tinhso.core.running.rounds import Round, rounds, run_round

STOP_SECONDS = 10
_DAY = 86_400
_log = logging.getLogger("tinhso.worker")


def main() -> None:
    """Work until TERM or Ctrl-C; what is under way is finished first, within ten seconds."""
    autodiscover_modules("tasks")
    own = [Round("partitions", _DAY, _make_partitions), *rounds.values()]
    stop = threading.Event()
    threads = [threading.Thread(target=run_round, args=(round_, stop), name=round_.name) for round_ in own]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_jobs())
    finally:
        stop.set()
        for thread in threads:
            thread.join(STOP_SECONDS)


async def _jobs() -> None:
    """Take jobs until a signal; finished ones leave no row behind."""
    assert isinstance(app.connector, django_connector.DjangoConnector)  # noqa: S101
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        async with worker_app.open_async():
            task = asyncio.ensure_future(
                worker_app.run_worker_async(
                    install_signal_handlers=False,
                    concurrency=2,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=STOP_SECONDS,
                )
            )
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, task.cancel)
            _log.info("worker ready", extra={"fields": {"rounds": len(rounds)}})
            try:
                await task
            except asyncio.CancelledError:
                _log.info("worker stopped")


def _make_partitions(now: datetime) -> int:
    return len(ensure_partitions(now))
