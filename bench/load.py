"""Load from outside: requests at a given rate whatever the answers do, or as many as are answered.

Open loop: request number i is due at i / rate seconds; its latency counts from then, so a server that stalls is charged
for everything that waited meanwhile.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from bench.figures import percentile


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes over the line; `expect`: the status that counts as done, `holds`: text of the answer."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    expect: int = 200
    holds: bytes = b""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: latencies in milliseconds of what was answered as expected, the seconds in all, the failures."""

    latencies: list[float]
    seconds: float
    failures: list[str]

    def whole(self) -> "Load":
        """Itself. Raises RuntimeError where anything failed: a figure over failures would be no figure."""
        if self.failures:
            count = len(self.failures) + len(self.latencies)
            raise RuntimeError(f"{len(self.failures)} of {count} failed: {self.failures[:3]}")
        return self

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def p95(self) -> float:
        return percentile(self.latencies, 95)

    @property
    def p50(self) -> float:
        return percentile(self.latencies, 50)


Make = Callable[[], Request]


def open_loop(url: str, requests: Sequence[Request], rate: float, threads: int = 32) -> Load:
    """Send `requests` at `rate` a second."""
    waiting = iter([(request, number / rate) for number, request in enumerate(requests)])
    return _drive(url, threads, lambda spent: next(waiting, None))


def closed_loop(url: str, make: Make, threads: int, seconds: float) -> Load:
    """For so long, over `threads` lines, each next request as soon as a line is free."""
    return _drive(url, threads, lambda spent: (make(), spent) if spent < seconds else None)


def all_once(url: str, requests: Sequence[Request], threads: int) -> Load:
    """Every one of `requests` as soon as a line is free."""
    waiting = iter(requests)
    return _drive(url, threads, lambda spent: (request, spent) if (request := next(waiting, None)) else None)


Take = Callable[[float], "tuple[Request, float] | None"]
"""Given the seconds spent so far: the next request and the second at which it is due; None at the end."""


def _drive(url: str, threads: int, take: Take) -> Load:
    latencies: list[float] = []
    failures: list[str] = []
    lock = threading.Lock()
    began = time.perf_counter() + 0.02
    time.sleep(0.02)

    def work() -> None:
        line = Line(url)
        while True:
            with lock:
                taken = take(time.perf_counter() - began)
            if taken is None:
                line.close()
                return
            request, due = taken
            time.sleep(max(0.0, began + due - time.perf_counter()))
            fault = line.send(request)
            spent = (time.perf_counter() - began - due) * 1000
            with lock:
                failures.append(fault) if fault else latencies.append(spent)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Load(latencies, time.perf_counter() - began, failures)


class Line:
    """One kept connection."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.connection = HTTPConnection(self.host, timeout=60)

    def send(self, request: Request) -> str:
        """Empty when answered as expected, else what came instead. A line that broke is opened anew for the next."""
        try:
            self.connection.request(request.method, request.target, request.body or None, dict(request.headers))
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            self.connection.close()
            return f"{request.method} {request.target}: {error!r}"
        if answer.status != request.expect or (request.holds and request.holds not in body):
            return f"{request.method} {request.target}: {answer.status}"
        return ""

    def close(self) -> None:
        self.connection.close()
