"""Reading the catalogue and what is open in it: one function per question, a constant number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from tinhso.core.errors import NotFound
from tinhso.systems.procedures.models import CatalogueRecord, CatalogueRevision, ReviewItem, Settlement
from tinhso.systems.procedures.rules.review import Reason
from tinhso.systems.procedures.search import PAGE, Page, page


@dataclass(frozen=True, slots=True)
class Filter:
    """Which open items a page shows; empty texts mean all."""

    field: str = ""
    reason: str = ""
    sector: str = ""


def sector_counts() -> list[tuple[str, str, int]]:
    """Key, name and number of records of each sector, by name."""
    rows = (
        CatalogueRecord.objects.exclude(sector_key="")
        .values_list("sector_key")
        .annotate(name=F("sector"), count=Count("id"))
    )
    return sorted(((key, name, count) for key, name, count in rows), key=lambda row: row[0])


def find_record(code: str) -> CatalogueRecord | None:
    return CatalogueRecord.objects.filter(code=code).first()


def get_record(code: str) -> CatalogueRecord:
    """Raises NotFound."""
    found = find_record(code)
    if found is None:
        raise NotFound(
            _("Danh mục chưa có thủ tục mang mã %(code)s.") % {"code": code[:40]},
            what_to_do="Kiểm tra lại mã, hoặc nạp bản mới của danh mục.",
        )
    return found


def raw_of(record: CatalogueRecord) -> dict[str, Any]:
    """The newest content as the national catalogue shows it."""
    raw: dict[str, Any] = CatalogueRevision.objects.values_list("raw", flat=True).get(
        record=record, number=record.revision
    )
    return raw


def items_of(record: CatalogueRecord) -> list[ReviewItem]:
    """What is open or settled of a record, open first, by field and place."""
    rows = ReviewItem.objects.filter(record=record).exclude(state=ReviewItem.State.GONE)
    return list(rows.order_by("state", "field", "position", "id"))


def last_settlement(item: ReviewItem) -> Settlement | None:
    """Who settled an item last, from which post."""
    return Settlement.objects.filter(item=item).select_related("settled_by", "post").order_by("-number").first()


def open_items(wanted: Filter) -> QuerySet[ReviewItem]:
    rows = ReviewItem.objects.filter(state=ReviewItem.State.OPEN)
    if wanted.field:
        rows = rows.filter(field=wanted.field)
    if wanted.reason:
        rows = rows.filter(reason=wanted.reason)
    return rows.filter(record__sector_key=wanted.sector) if wanted.sector else rows


def open_records(wanted: Filter, *, limit: int = PAGE, after: str = "") -> Page:
    """Records with something open, by name, each with `open_count`. One query."""
    items = open_items(wanted).filter(record=OuterRef("pk")).order_by()
    counted = items.values("record").annotate(count=Count("id")).values("count")
    rows = CatalogueRecord.objects.filter(Exists(items)).defer("document")
    return Page(*page(rows.annotate(rank=Value(0, IntegerField()), open_count=Subquery(counted)), limit, after))


def find_next(wanted: Filter, record: CatalogueRecord, item_id: int = 0) -> ReviewItem | None:
    """The open item after this one: of the same record, then of the records that follow it by name."""
    rows = open_items(wanted).select_related("record").defer("record__parsed", "record__document")
    own = rows.filter(record=record).exclude(pk=item_id).order_by("id").first()
    if own is not None:
        return own
    later = Q(record__sort_key__gt=record.sort_key) | Q(record__sort_key=record.sort_key, record__code__gt=record.code)
    return rows.filter(later).order_by("record__sort_key", "record__code", "id").first()


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Records with an open doubt of one reason about one field, and how many of these leave the value empty."""

    field: str
    reason: str
    records: int
    withheld: bool


def open_counts(sector: str = "") -> list[OpenCount]:
    """By field and reason, most first. One query."""
    rows = open_items(Filter(sector=sector)).order_by().values_list("field", "reason", "withheld")
    counted = rows.annotate(records=Count("record", distinct=True))
    return [OpenCount(f, r, n, w) for f, r, w, n in sorted(counted, key=lambda row: (-row[3], row[0], row[1]))]


def count_open(codes: Collection[str]) -> dict[str, int]:
    """How many of these procedures have something open, by field, most first."""
    rows = ReviewItem.objects.filter(state=ReviewItem.State.OPEN, record__code__in=codes)
    counted = rows.order_by().values_list("field").annotate(records=Count("record", distinct=True))
    return dict(sorted(counted, key=lambda row: (-row[1], row[0])))


def count_open_records() -> int:
    """How many procedures have anything open."""
    return ReviewItem.objects.filter(state=ReviewItem.State.OPEN).aggregate(n=Count("record", distinct=True))["n"] or 0


@dataclass(frozen=True, slots=True)
class FreeSector:
    """A sector with procedures that the catalogue only calls free."""

    key: str
    name: str
    records: int


def free_sectors() -> list[FreeSector]:
    """Sectors in which a bare "Miễn phí" waits for a confirmation, most first. One query."""
    rows = _free_items().values_list("record__sector_key", "record__sector")
    counted = rows.annotate(records=Count("record", distinct=True))
    return [FreeSector(*row) for row in sorted(counted, key=lambda row: (-row[2], row[0]))]


def free_records(sector_key: str) -> tuple[list[tuple[str, str]], int]:
    """Code and name of a sector's procedures to confirm, by name, and the newest item among them. One query."""
    rows = _free_items().filter(record__sector_key=sector_key)
    found = list(
        rows.values_list("record__code", "record__name").annotate(newest=Max("id")).order_by("record__sort_key")
    )
    return [(code, name) for code, name, _ in found], max((newest for _, _, newest in found), default=0)


def _free_items() -> QuerySet[ReviewItem]:
    """Open items of a bare nought whose fee nothing else speaks against."""
    fees = ReviewItem.objects.filter(state=ReviewItem.State.OPEN, field="channels.fee")
    others = fees.filter(record=OuterRef("record"), position=OuterRef("position"))
    against = others.exclude(reason=Reason.FREE_UNCONFIRMED)
    return fees.filter(~Exists(against), reason=Reason.FREE_UNCONFIRMED).order_by()
