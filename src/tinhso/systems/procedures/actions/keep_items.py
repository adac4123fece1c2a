"""Keep the doubts of records in step with what was read last, and lay what persons settled over it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tinhso.core.context import Context
from tinhso.systems.procedures.models import CatalogueRecord, ReviewItem
from tinhso.systems.procedures.rules.drawn import draw
from tinhso.systems.procedures.rules.parse import ParsedProcedure
from tinhso.systems.procedures.rules.reconcile import Known, Plan, reconcile
from tinhso.systems.procedures.rules.review import Review
from tinhso.systems.procedures.rules.settled import Settled, overlay

State = ReviewItem.State


def keep_items(ctx: Context, read: Sequence[tuple[CatalogueRecord, ParsedProcedure]]) -> None:
    """Bring the items of these records, held for the transaction, to what their reading raised; sets `document`."""
    items: dict[int, list[ReviewItem]] = defaultdict(list)
    for item in ReviewItem.objects.filter(record__in=[row.pk for row, _ in read]).order_by("id"):
        items[item.record_id].append(item)
    created: list[ReviewItem] = []
    touched: list[ReviewItem] = []
    for row, parsed in read:
        own = items[row.pk]
        plan = reconcile((_known(item) for item in own), parsed.reviews)
        touched += _apply(ctx, {item.pk: item for item in own}, plan)
        created += [_item(ctx, row, review) for review in plan.created]
        lay(row, own)
    ReviewItem.objects.bulk_update(
        touched, ["position", "text", "withheld", "state", "value", "version", "opened_at"], 500
    )
    ReviewItem.objects.bulk_create(created, 1000)


def lay(row: CatalogueRecord, items: Iterable[ReviewItem]) -> None:
    """Set the document of a record, and what is drawn from it, from what was read and what `items` settled."""
    settled = [Settled(item.field, item.position, item.value or {}) for item in items if item.state == State.SETTLED]
    row.document = overlay(row.parsed, settled)
    for column, value in draw(row.code, row.document).columns().items():
        setattr(row, column, value)


def _known(item: ReviewItem) -> Known:
    return Known(item.pk, item.field, item.reason, item.text, item.position)


def _item(ctx: Context, row: CatalogueRecord, review: Review) -> ReviewItem:
    return ReviewItem(
        record=row,
        field=review.field,
        position=review.position,
        reason=review.reason,
        text=review.text,
        withheld=review.withheld,
        opened_at=ctx.now,
    )


def _apply(ctx: Context, items: dict[int, ReviewItem], plan: Plan) -> list[ReviewItem]:
    touched: list[ReviewItem] = []
    for pk, review in plan.kept:
        item = items[pk]
        state = item.state if item.state != State.GONE else State.OPEN if item.value is None else State.SETTLED
        if (item.position, item.withheld, item.state) != (review.position, review.withheld, state):
            item.position, item.withheld, item.state = review.position, review.withheld, state
            touched.append(item)
    for pk, review in plan.reopened:
        item = items[pk]
        item.text, item.withheld, item.state, item.value = review.text, review.withheld, State.OPEN, None
        item.opened_at = ctx.now
        touched.append(item)
    for pk in plan.gone:
        if items[pk].state != State.GONE:
            items[pk].state = State.GONE
            touched.append(items[pk])
    for item in touched:
        item.version += 1
    return touched
