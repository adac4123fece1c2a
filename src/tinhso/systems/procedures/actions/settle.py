"""Settle one value that the catalogue leaves open."""

from collections.abc import Sequence

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.time import local
from tinhso.foundation.events.actions.record import record
from tinhso.systems.procedures.actions.keep_items import lay
from tinhso.systems.procedures.events import ReviewSettled
from tinhso.systems.procedures.models import CatalogueRecord, ReviewItem, Settlement
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.rules.channels import beside_channel
from tinhso.systems.procedures.rules.settled import Value, find_fault
from tinhso.systems.procedures.words import FAULTS, say_value

State = ReviewItem.State


@transaction.atomic
def settle(
    ctx: Context, item_id: int, value: Value, *, version: int, note: str = "", alike: bool = False
) -> list[ReviewItem]:
    """Settle an item with `value` (see rules.settled), and with it every doubt about the same place.

    `alike`: also the places of the procedure whose passage is the same but for the channel. A settled item may be
    settled anew. Returns the items. Raises Forbidden, NotFound, Invalid; Conflict when the item is no longer as it
    was on the screen (`version`).
    """
    require(catalogue.may_settle(ctx))
    row, items = hold(item_id)
    item = next(one for one in items if one.pk == item_id)
    if item.version != version or item.state == State.GONE:
        raise Conflict(
            "Chỗ này vừa được người khác xác nhận, hoặc nội dung gốc vừa được nạp lại. Lựa chọn của bạn chưa được ghi.",
            what_to_do="Mở lại thủ tục để xem thay đổi rồi xác nhận tiếp nếu vẫn cần.",
            changes=_changes(item, version),
        )
    targets = _targets(item, items, alike=alike)
    fault = find_fault(item.field, value, withheld=any(one.withheld for one in targets), note=note)
    if fault is not None:
        where, words, _ = FAULTS[fault]
        raise Invalid("Chưa xác nhận được.", what_to_do="Xem lại ô được đánh dấu.", fields={where: words})
    settle_items(ctx, targets, value, note)
    lay(row, items)
    row.save()
    event = ReviewSettled(
        code=row.code,
        field=item.field,
        positions=sorted({one.position for one in targets}, key=lambda place: -1 if place is None else place),
        reasons=sorted({one.reason for one in targets}),
        value=dict(value),
    )
    record(ctx, event, subject=("catalogue_record", row.pk))
    return targets


def hold(item_id: int) -> tuple[CatalogueRecord, list[ReviewItem]]:
    """The record of an item, locked until the transaction ends, and all its items. Raises NotFound."""
    row = CatalogueRecord.objects.select_for_update().filter(items=item_id).first()
    if row is None:
        raise NotFound("Không có chỗ cần xem này.", what_to_do="Mở lại danh sách và chọn một dòng.")
    return row, list(ReviewItem.objects.filter(record=row).order_by("id"))


def settle_items(ctx: Context, items: Sequence[ReviewItem], value: Value, note: str) -> None:
    """Write `value` and its settlement for each of the items, whose records the caller holds."""
    for item in items:
        item.state, item.value, item.version = State.SETTLED, dict(value), item.version + 1
    ReviewItem.objects.bulk_update(items, ["state", "value", "version"], 500)
    Settlement.objects.bulk_create(
        Settlement(
            item=item,
            number=item.version,
            value=dict(value),
            text=item.text,
            note=note.strip(),
            settled_by_id=ctx.actor,
            post_id=ctx.post,
            settled_at=ctx.now,
        )
        for item in items
    )


def _targets(item: ReviewItem, items: Sequence[ReviewItem], *, alike: bool) -> list[ReviewItem]:
    of_field = [one for one in items if one.field == item.field and one.state != State.GONE]
    said = beside_channel(item.text)
    same = {one.position for one in of_field if one.state == State.OPEN and beside_channel(one.text) == said}
    places = {item.position} | (same if alike else set())
    return [
        one for one in of_field if one.position in places and (one.state == State.OPEN or one.position == item.position)
    ]


def _changes(item: ReviewItem, version: int) -> tuple[str, ...]:
    since = Settlement.objects.filter(item=item, number__gt=version).select_related("settled_by").order_by("number")
    return tuple(
        f"{local(one.settled_at):%H:%M %d/%m/%Y}, {one.settled_by.full_name}: {say_value(item.field, one.value)}"
        for one in since
    )
