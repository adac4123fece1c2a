"""Read positioned events in batches, each follower with a cursor of its own."""

from collections.abc import Callable, Sequence

from django.db import transaction

from tinhso.foundation.events.models import Cursor, Event, Position

Handler = Callable[[Sequence[Event]], None]


def follow(name: str, handle: Handler, batch: int = 500) -> int:
    """Give the next `batch` events after the cursor `name` to `handle`; returns how many.

    The cursor moves in the transaction of the handler's effects; a handler that raises moves nothing.
    """
    Cursor.objects.get_or_create(name=name)
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(name=name)
        places = list(Position.objects.filter(position__gt=cursor.position).order_by("position")[:batch])
        if not places:
            return 0
        low, high = min(p.recorded_at for p in places), max(p.recorded_at for p in places)
        rows = Event.objects.filter(recorded_at__range=(low, high), id__in=[p.event_id for p in places])
        found = {row.id: row for row in rows}
        handle([found[place.event_id] for place in places])
        cursor.position = places[-1].position
        cursor.save(update_fields=["position"])
        return len(places)
