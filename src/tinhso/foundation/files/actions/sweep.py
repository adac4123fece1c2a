"""Remove blobs that no row knows: their transaction never committed."""

from datetime import datetime, timedelta
from pathlib import Path

from tinhso.core.settings import current
from tinhso.foundation.files.models import Blob

ORPHAN_AGE = timedelta(days=1)
_BATCH = 500


def sweep(now: datetime) -> int:
    """Delete files older than a day that have no Blob row; returns how many."""
    before = (now - ORPHAN_AGE).timestamp()
    swept, batch = 0, []
    for path in current().blobs.glob("*/*/*"):
        if path.is_file() and path.stat().st_mtime < before:
            batch.append(path)
        if len(batch) == _BATCH:
            swept += _sweep(batch)
            batch = []
    return swept + _sweep(batch)


def _sweep(paths: list[Path]) -> int:
    known = set(Blob.objects.filter(sha256__in=[path.name for path in paths]).values_list("sha256", flat=True))
    orphans = [path for path in paths if path.name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
