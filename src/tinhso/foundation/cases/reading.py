"""The parsed document of a stored release: parsed once per process, for it never changes."""

import json
from functools import lru_cache

from tinhso.foundation.cases.models import Case, ProcedureRelease
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release_reading import parse_release


def release_of(case: Case) -> Release:
    """The release a case was received under. Raises ValueError for a kind of case that has none."""
    if case.release is None:
        raise ValueError(f"case {case.pk} has no release")
    return read_release(case.release)


def read_release(row: ProcedureRelease) -> Release:
    """The document of a stored release."""
    return _parse(row.content_hash, row.document)


@lru_cache(maxsize=4096)
def _parse(content_hash: str, document: str) -> Release:
    return parse_release(json.loads(document))
