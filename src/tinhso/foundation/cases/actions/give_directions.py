"""Ask others on a case: to lead, to co-operate, to give an opinion, or to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.ids import uuid7
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.actions.keep_record import keep_record
from tinhso.foundation.cases.events import DirectionGiven
from tinhso.foundation.cases.models import Case, Direction, Task
from tinhso.foundation.cases.queries import direction_tree
from tinhso.foundation.cases.rules.directions import Part, Wanted
from tinhso.foundation.cases.words import say_direction_fault
from tinhso.foundation.events.actions.record import record

SHORTEST = 5
"""Characters of a request, at least: "?" asks nobody anything."""

_FIELDS = {"past": "until", "after_parent": "until"}
"""What of an order a fault is about; for the others, who is asked."""


@dataclass(frozen=True, slots=True)
class Order:
    """One direction to give: which post, what part it has, by when, and in what words."""

    post: Post
    part: Part
    due: datetime
    content: str


@transaction.atomic
def give_directions(
    ctx: Context, case: Case, orders: Sequence[Order], *, parent: Direction | None = None
) -> list[Direction]:
    """Give `orders` on a case that the caller holds locked and may act on, under `parent` where the acting post was
    itself asked. Each opens a task at the post asked.

    Raises Invalid with each fault by the order's place and field (`0.post`, `1.until`, `0.content`; kinds in
    rules/directions.py); then none is given.
    """
    _must_work(ctx, case, orders, parent)
    given = [_give(ctx, case, order, parent) for order in orders]
    keep_record(ctx, case, "direct", note="; ".join(order.content for order in orders), counts=False)
    return given


def _must_work(ctx: Context, case: Case, orders: Sequence[Order], parent: Direction | None) -> None:
    wanted = [Wanted(order.post.pk, order.part, order.due) for order in orders]
    found = direction_tree(case.pk).faults(parent.pk if parent else None, ctx.post, wanted, ctx.now, case.due_at)
    fields = {f"{fault.place}.{_FIELDS.get(fault.kind, 'post')}": say_direction_fault(fault.kind) for fault in found}
    for place, order in enumerate(orders):
        if len(order.content.strip()) < SHORTEST:
            fields[f"{place}.content"] = say_direction_fault("words")
    if fields or not orders:
        raise Invalid(
            "Chưa giao được việc này, chưa ai nhận được gì.",
            what_to_do="Sửa những chỗ nêu dưới đây rồi giao lại.",
            fields=fields or {"0.post": say_direction_fault("nobody")},
        )


def _give(ctx: Context, case: Case, order: Order, parent: Direction | None) -> Direction:
    direction = Direction.objects.create(
        public_id=uuid7(ctx.now),
        case=case,
        parent=parent,
        part=order.part.value,
        from_post_id=ctx.post,
        from_account_id=ctx.actor,
        to_post=order.post,
        content=order.content.strip(),
        asked_at=ctx.now,
        due_at=order.due,
    )
    procedure = case.release.procedure if case.release else ""
    Task.objects.create(
        case=case,
        procedure=procedure,
        direction=direction,
        post=order.post,
        opened_at=ctx.now,
        due_at=order.due,
        look_at=ctx.now,
    )
    given = DirectionGiven(
        direction=str(direction.public_id),
        parent=str(parent.public_id) if parent else "",
        part=order.part.value,
        to_post=order.post.key,
        due=order.due.isoformat(),
    )
    record(ctx, given, subject=("direction", direction.pk), case_id=case.pk, private={"content": direction.content})
    return direction
