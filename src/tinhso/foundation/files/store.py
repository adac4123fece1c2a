"""The blob folder: blobs/ab/cd/<sha256>, each file encrypted with the installation key."""

import hashlib
import os
import secrets
from pathlib import Path

from tinhso.core.account import keep_owner
from tinhso.core.crypto import open_bytes, seal_bytes
from tinhso.core.settings import current


def name_of(data: bytes) -> str:
    """The name that `data` would be kept under: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> str:
    """Keep `data`; returns its SHA-256 in hex. The file and its folder entry are on disk when this returns.

    A file that is there already is young again, so that a sweep leaves it alone for a day.
    """
    name = name_of(data)
    path = path_of(name)
    try:
        os.utime(path)
    except FileNotFoundError:
        _write(path, seal_bytes(data, f"blob:{name}"))
    _sync_folders(path.parent)
    return name


def get(name: str) -> bytes:
    """The bytes kept under `name`. Raises FileNotFoundError, or crypto.WrongKey for a changed file."""
    return open_bytes(path_of(name).read_bytes(), f"blob:{name}")


def path_of(name: str) -> Path:
    return current().blobs / name[:2] / name[2:4] / name


def _write(path: Path, sealed: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in (path.parent.parent, path.parent):
        keep_owner(folder, folder.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        keep_owner(file.fileno(), path.parent)
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _sync_folders(folder: Path) -> None:
    for place in (folder, folder.parent, current().blobs):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
