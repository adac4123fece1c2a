"""Remove what nothing refers to: blobs whose last reference is gone, files whose transaction never committed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef

from tinhso.core.settings import current
from tinhso.foundation.files.actions.hold import hold_alone
from tinhso.foundation.files.models import Blob, FileRef

ORPHAN_AGE = timedelta(days=1)
_BATCH = 500


def sweep(now: datetime) -> int:
    """Delete blobs older than a day without a reference, then files older than a day without a blob; how many files.

    A row goes and commits before its file: a crash in between leaves an orphan for the next time, never a row without
    its file. Each is looked at again under its lock, and one that somebody is keeping just now is left.
    """
    before = now - ORPHAN_AGE
    forgotten = Blob.objects.filter(_unreferenced(), stored_at__lt=before)
    for digest in list(forgotten.values_list("sha256", flat=True)):
        _forget(digest)
    old = (path for path in current().blobs.glob("*/*/*") if _is_old(path, before))
    return sum(
        _unlink(path, before) for batch in iter(lambda: list(islice(old, _BATCH)), []) for path in _orphans(batch)
    )


@transaction.atomic
def _forget(digest: str) -> None:
    if hold_alone(digest):
        Blob.objects.filter(_unreferenced(), sha256=digest).delete()


@transaction.atomic
def _unlink(path: Path, before: datetime) -> bool:
    digest = path.name.removeprefix(".").split(".")[0]  # a half-written file is `.<digest>.<random>`
    if not hold_alone(digest) or not _is_old(path, before) or Blob.objects.filter(sha256=path.name).exists():
        return False
    path.unlink(missing_ok=True)
    return True


def _orphans(paths: list[Path]) -> Iterator[Path]:
    known = set(Blob.objects.filter(sha256__in=[path.name for path in paths]).values_list("sha256", flat=True))
    return (path for path in paths if path.name not in known)


def _is_old(path: Path, before: datetime) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False


def _unreferenced() -> Exists:
    return ~Exists(FileRef.objects.filter(blob=OuterRef("pk")))  # type: ignore[return-value]
