"""The roots this installation trusts, and the demo authority it may keep beside them."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from tinhso.core.errors import Forbidden
from tinhso.foundation.signing.pki import Authority, load_authority, new_authority

_KINDS = {".pem", ".crt", ".cer", ".der"}
_DEMO_ROOT = "tinhso-demo.pem"


def trust_folder(home: Path) -> Path:
    """Where the trusted roots lie: the national root and the State's own, or the demo's."""
    return home / "trust"


def read_roots(*paths: Path) -> tuple[bytes, ...]:
    """The certificates in the given files and folders; a path that is not there holds none."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(file for file in path.iterdir() if file.suffix in _KINDS)
        elif path.exists():
            files.append(path)
    return tuple(file.read_bytes() for file in files)


def get_demo_authority(home: Path, *, now: datetime, production: bool) -> Authority:
    """The demo authority of this installation, made at the first call; its root becomes a trusted one.

    Raises Forbidden in production: papers signed under it have no legal value.
    """
    if production:
        raise Forbidden(
            "Bộ chứng thư số dùng thử không được tạo khi chạy thật.",
            what_to_do="Dùng chứng thư số chuyên dùng công vụ và chép chứng thư gốc vào thư mục trust.",
        )
    folder = home / "pki"
    kept, password = folder / "authority.p12", folder / "password"
    if kept.exists():
        return load_authority(kept.read_bytes(), password.read_text(encoding="utf-8"))
    authority = new_authority(now=now)
    word = secrets.token_urlsafe(24)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(password, word.encode(), 0o600)
    roots = trust_folder(home)
    roots.mkdir(parents=True, exist_ok=True)
    _write(roots / _DEMO_ROOT, authority.root_pem, 0o644)
    _write(kept, authority.kept(word), 0o600)
    return authority


def _write(path: Path, data: bytes, mode: int) -> None:
    """The file appears whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
    draft.replace(path)
