"""What the installation acknowledged, written down outside it: the audit's other book."""

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A write that was answered: its path, its once key, where the answer led, how often it was sent in all."""

    path: str
    key: str
    location: str
    sent: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A write that was sent and whose answer never came before the end: it may have been done, once."""

    path: str
    key: str


class Journal:
    """Lines of JSON, one an acknowledged write, on disk as soon as it is said."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._open: dict[str, Begun] = {}

    def begin(self, path: str, key: str) -> None:
        with self._lock:
            self._open[key] = Begun(path, key)

    def acknowledge(self, one: Acknowledged) -> None:
        with self._lock:
            self._open.pop(one.key, None)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(one)) + "\n")

    def refuse(self, key: str) -> None:
        """It was answered, and the answer was no."""
        with self._lock:
            self._open.pop(key, None)

    def unanswered(self) -> list[Begun]:
        with self._lock:
            return list(self._open.values())

    def acknowledged(self) -> Iterator[Acknowledged]:
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                yield Acknowledged(**json.loads(line))
