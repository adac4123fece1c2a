"""Take a file of the national catalogue in. The same content again changes nothing."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from tinhso.core.context import Context
from tinhso.foundation.events.actions.record import record
from tinhso.systems.procedures.actions.keep_items import keep_items, lay
from tinhso.systems.procedures.actions.keep_words import keep_words
from tinhso.systems.procedures.events import RecordsImported
from tinhso.systems.procedures.models import CatalogueRecord, CatalogueRevision
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.queries import count_open
from tinhso.systems.procedures.rules.document import stored_document
from tinhso.systems.procedures.rules.parse import PARSER_VERSION, ParsedProcedure, parse_record
from tinhso.systems.procedures.rules.record import RawRecord, read_records

BATCH = 1_000
"""Records of one transaction: the whole catalogue of a province in one or two."""

_ONE_AT_A_TIME = 7_265_410
_COLUMNS = ["fingerprint", "revision", "parser_version", "parsed", "document", "imported_at", "name", "sector"]
_COLUMNS += ["sector_key", "levels", "search_key", "squash_key", "sort_key"]


@dataclass(frozen=True, slots=True)
class Imported:
    """Records of the file, how many brought something new, how many did not, and procedures to look at by field."""

    read: int
    imported: int
    unchanged: int
    review: dict[str, int]


def import_catalogue(ctx: Context, path: Path) -> Imported:
    """Bring the catalogue to what the file at `path` says; records it does not name stay as they are.

    For the command line, and for an officer whose post is `publisher`. The whole file is checked before anything is
    written; each batch is one transaction with its event. Raises Invalid naming the line at fault, Forbidden.
    """
    require(ctx.account_id is None or catalogue.may_settle(ctx))
    records = read_records(path)
    name = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    imported = sum(_import_batch(ctx, name, records[at : at + BATCH]) for at in range(0, len(records), BATCH))
    review = count_open([one.code for one in records])
    return Imported(len(records), imported, len(records) - imported, review)


@dataclass(slots=True)
class _Work:
    """What a batch writes: rows with what was read for them."""

    created: list[tuple[CatalogueRecord, RawRecord, ParsedProcedure]] = field(default_factory=list)
    changed: list[tuple[CatalogueRecord, RawRecord, ParsedProcedure]] = field(default_factory=list)
    read_again: list[tuple[CatalogueRecord, RawRecord, ParsedProcedure]] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[CatalogueRecord, RawRecord, ParsedProcedure]]:
        yield from (*self.created, *self.changed, *self.read_again)


@transaction.atomic
def _import_batch(ctx: Context, file: str, records: Sequence[RawRecord]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    work = _compare(ctx, records)
    everything = list(work)
    if not everything:
        return 0
    CatalogueRecord.objects.bulk_create([row for row, _, _ in work.created], 500)
    keep_items(ctx, [(row, parsed) for row, _, parsed in everything])
    CatalogueRecord.objects.bulk_update([row for row, _, _ in (*work.changed, *work.read_again)], _COLUMNS, 200)
    CatalogueRevision.objects.bulk_create(
        CatalogueRevision(
            record=row, number=row.revision, fingerprint=raw.fingerprint, raw=dict(raw.content), imported_at=ctx.now
        )
        for row, raw, _ in (*work.created, *work.changed)
    )
    keep_words()
    event = RecordsImported(
        file=file,
        parser_version=PARSER_VERSION,
        created=len(work.created),
        changed=len(work.changed),
        read_again=len(work.read_again),
        codes=[row.code for row, _, _ in everything],
    )
    record(ctx, event, subject=("catalogue", min(row.pk for row, _, _ in everything)))
    return len(everything)


def _compare(ctx: Context, records: Sequence[RawRecord]) -> _Work:
    """The records that are new, whose content is, or that older rules read."""
    stored = CatalogueRecord.objects.select_for_update().filter(code__in=[one.code for one in records])
    known = {
        row.code: row for row in stored.order_by("code").only("id", "code", "fingerprint", "revision", "parser_version")
    }
    work = _Work()
    for raw in records:
        row = known.get(raw.code)
        if row is None:
            row = CatalogueRecord(code=raw.code, revision=1)
            kind = work.created
        elif row.fingerprint != raw.fingerprint:
            row.revision += 1
            kind = work.changed
        elif row.parser_version != PARSER_VERSION:
            kind = work.read_again
        else:
            continue
        kind.append((row, raw, _read(ctx, row, raw)))
    return work


def _read(ctx: Context, row: CatalogueRecord, raw: RawRecord) -> ParsedProcedure:
    parsed = parse_record(raw.content)
    row.fingerprint, row.parser_version, row.imported_at = raw.fingerprint, PARSER_VERSION, ctx.now
    row.parsed = stored_document(parsed)
    lay(row, ())
    return parsed
