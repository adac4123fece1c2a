"""The blob folder: blobs/ab/cd/<sha256>, each file encrypted with the installation key."""

import hashlib
import os
import secrets
from pathlib import Path

from tinhso.core.crypto import open_bytes, seal_bytes
from tinhso.core.settings import current


def put(data: bytes) -> str:
    """Keep `data`; returns its SHA-256 in hex. The file and its folder entry are on disk when this returns."""
    name = hashlib.sha256(data).hexdigest()
    path = path_of(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(seal_bytes(data, f"blob:{name}"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folders(path.parent)
    return name


def get(name: str) -> bytes:
    """The bytes kept under `name`. Raises FileNotFoundError, or crypto.WrongKey for a changed file."""
    return open_bytes(path_of(name).read_bytes(), f"blob:{name}")


def path_of(name: str) -> Path:
    return current().blobs / name[:2] / name[2:4] / name


def _sync_folders(folder: Path) -> None:
    for place in (folder, folder.parent, current().blobs):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
