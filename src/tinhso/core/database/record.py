"""What is written down about the embedded database: one small file beside it, readable by its owner alone."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tinhso.core.account import keep_owner

APP, OWNER, ERASER = ROLES = ("tinhso_app", "tinhso_owner", "tinhso_eraser")
SUPERUSER = "tinhso_admin"
DATABASE = "tinhso"


@dataclass(frozen=True, slots=True)
class Record:
    """`socket`: folder of the socket. `passwords`: by role. `prepared`: roles and database exist.

    `kept`: started for its own sake (`tinhso db start`), so that no supervisor stops it.
    """

    socket: str
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    prepared: bool = False
    kept: bool = False


def folder(home: Path) -> Path:
    return home / "database"


def read(home: Path) -> Record:
    """What is recorded under `home`; before the first start, a folder where nobody answers."""
    try:
        return Record(**json.loads(_path(home).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Record(socket=str(folder(home) / "socket"))


def write(home: Path, record: Record) -> None:
    """Replace the record in one step; survives being killed half-way."""
    path = _path(home)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(record), file, indent=2)
        if path.exists():
            keep_owner(file.fileno(), path)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _path(home: Path) -> Path:
    return home / "database.json"
