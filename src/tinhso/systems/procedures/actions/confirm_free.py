"""Confirm, for a whole sector, that what the catalogue only calls free is free."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.foundation.events.actions.record import record
from tinhso.systems.procedures.actions.keep_items import lay
from tinhso.systems.procedures.actions.settle import settle_items
from tinhso.systems.procedures.events import FreeConfirmed
from tinhso.systems.procedures.models import CatalogueRecord, ReviewItem
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.rules.review import Reason

State = ReviewItem.State


@transaction.atomic
def confirm_free(ctx: Context, sector_key: str, codes: Collection[str], *, newest: int, note: str) -> int:
    """Settle as free the bare "Miễn phí" of these procedures of a sector; returns how many procedures.

    `newest` is the highest item that was on the screen: what came in since stays open. Places with a further doubt
    about the fee stay open too. Raises Forbidden, Invalid, Conflict when nothing of it is open any more.
    """
    require(catalogue.may_settle(ctx))
    if not codes:
        raise Invalid("Chưa chọn thủ tục nào.", fields={"codes": "Đánh dấu ít nhất một thủ tục."})
    chosen = CatalogueRecord.objects.filter(sector_key=sector_key, code__in=codes)
    rows = {row.pk: row for row in chosen.select_for_update().order_by("code")}
    items: dict[int, list[ReviewItem]] = defaultdict(list)
    for item in ReviewItem.objects.filter(record__in=rows).order_by("id"):
        items[item.record_id].append(item)
    free = [item for own in items.values() for item in _bare(own) if item.pk <= newest]
    if not free:
        raise Conflict(
            "Các thủ tục này vừa được người khác xác nhận, hoặc vừa được nạp lại. Chưa có gì được ghi thêm.",
            what_to_do="Mở lại danh sách của lĩnh vực để xem còn thủ tục nào.",
        )
    settle_items(ctx, free, {"confirmed": True}, note)
    touched = {item.record_id for item in free}
    for pk in touched:
        lay(rows[pk], items[pk])
    CatalogueRecord.objects.bulk_update([rows[pk] for pk in touched], ["document"], 200)
    said = sorted(rows[pk].code for pk in touched)
    record(
        ctx,
        FreeConfirmed(sector=sector_key, codes=said, items=len(free)),
        subject=("catalogue_record", min(touched)),
    )
    return len(touched)


def _bare(items: list[ReviewItem]) -> list[ReviewItem]:
    """Open items of a bare nought, where nothing else about the same fee is open."""
    fees = [item for item in items if item.field == "channels.fee" and item.state == State.OPEN]
    doubted = {item.position for item in fees if item.reason != Reason.FREE_UNCONFIRMED}
    return [item for item in fees if item.position not in doubted]
