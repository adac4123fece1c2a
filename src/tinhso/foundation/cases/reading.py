"""The parsed documents of stored releases: each parsed once per process, for it never changes."""

import json
from collections.abc import Iterable

from django.db.models import Max

from tinhso.foundation.cases.models import Case, ProcedureRelease
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release_reading import parse_release

_KEPT = 4096
_parsed: dict[str, Release] = {}
"""By content hash: the same document under another id, or in another database, is the same release."""


def release_of(case: Case) -> Release:
    """The release a case was received under. Raises ValueError for a kind of case that has none."""
    if case.release is None:
        raise ValueError(f"case {case.pk} has no release")
    return read_release(case.release)


def read_release(row: ProcedureRelease) -> Release:
    """The document of a stored release."""
    known = _parsed.get(row.content_hash)
    return known or _keep(row.content_hash, row.document)


def releases_with(ids: Iterable[int]) -> dict[int, Release]:
    """The releases with these ids. One narrow query; the long documents are read, together, when not known yet."""
    hashes = dict(ProcedureRelease.objects.filter(pk__in=set(ids)).values_list("pk", "content_hash"))
    if unknown := set(hashes.values()) - _parsed.keys():
        rows = ProcedureRelease.objects.filter(content_hash__in=unknown)
        fresh = {key: _keep(key, document) for key, document in rows.values_list("content_hash", "document")}
        return {pk: fresh.get(key) or _parsed[key] for pk, key in hashes.items()}
    return {pk: _parsed[key] for pk, key in hashes.items()}


def newest_releases(procedures: Iterable[str]) -> dict[str, Release]:
    """The latest release of each of these procedures, by its code. Two narrow queries; none for no procedure."""
    wanted = set(procedures)
    rows = ProcedureRelease.objects.filter(procedure__in=wanted).values_list("procedure").annotate(last=Max("pk"))
    last = dict(rows) if wanted else {}
    found = releases_with(last.values()) if last else {}
    return {code: found[pk] for code, pk in last.items()}


def _keep(content_hash: str, document: str) -> Release:
    if len(_parsed) >= _KEPT:
        _parsed.clear()
    found = _parsed[content_hash] = parse_release(json.loads(document))
    return found
