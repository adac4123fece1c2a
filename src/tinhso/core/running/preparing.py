"""What must be true before the web opens: tables of this version, static files in place."""

import hashlib

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from tinhso.core.database.migrating import migrate, pending_migrations
from tinhso.core.errors import Conflict
from tinhso.core.running.progress import phase
from tinhso.core.settings import Settings


def prepare_installation(site: Settings) -> None:
    """Migrate (in production only the operator does, so refuse), and gather static files when they changed."""
    if not site.production:
        migrate()
    elif pending := pending_migrations():
        raise Conflict(
            f"Còn {len(pending)} bước nâng cấp dữ liệu chưa chạy.",
            what_to_do="Sao lưu, chạy tinhso migrate, rồi chạy lại.",
        )
    with phase("Tệp giao diện"):
        gather_static(site)


def gather_static(site: Settings) -> None:
    """Collect, compress and fingerprint the static files; nothing to do while the sources are as they were."""
    stamp = site.home / "static.stamp"
    now = _fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != now:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(now, encoding="ascii")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = storage.size(path), storage.get_modified_time(path).timestamp()
            digest.update(f"{path}\0{found}\n".encode())
    return digest.hexdigest()
