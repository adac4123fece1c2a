"""Publish a version of a calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from tinhso.core.canonical import digest
from tinhso.core.context import Context
from tinhso.foundation.calendars.events import CalendarPublished
from tinhso.foundation.calendars.models import Calendar, CalendarVersion
from tinhso.foundation.calendars.rules.calendar import compile_calendar
from tinhso.foundation.events.actions.record import record


@transaction.atomic
def publish_version(
    ctx: Context, document: Mapping[str, Any], *, in_force_from: date, decision: str
) -> CalendarVersion:
    """Publish `document` (see rules/calendar.py) as the next version of the calendar it names; returns the version.

    The same document as the newest version is that version: nothing is written. Running cases are not touched.
    Called by the installation's own commands and by the room above that has checked who asks: rights by post stand
    above this room. Raises Invalid when the document gives no working day or has unreadable hours.
    """
    compile_calendar(document)
    Calendar.objects.get_or_create(code=document["code"], defaults={"name": document["name"]})
    calendar = Calendar.objects.select_for_update().get(code=document["code"])
    newest = calendar.versions.order_by("-number").first()
    content_hash = digest(dict(document))
    if newest and bytes(newest.content_hash) == content_hash:
        return newest
    version = CalendarVersion(
        calendar=calendar,
        number=newest.number + 1 if newest else 1,
        document=dict(document),
        content_hash=content_hash,
        in_force_from=in_force_from,
        decision=decision,
        published_at=ctx.now,
    )
    version.save(force_insert=True)
    told = CalendarPublished(
        calendar.code, version.number, content_hash.hex(), in_force_from.isoformat(), version.decision
    )
    record(ctx, told, subject=("calendar", calendar.id))
    return version
