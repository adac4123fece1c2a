"""Load the calendars that come with the program."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.foundation.calendars.actions.publish_version import publish_version
from tinhso.foundation.calendars.law import in_force_from, read_documents
from tinhso.foundation.calendars.models import CalendarVersion


@transaction.atomic
def load_calendars(ctx: Context) -> tuple[CalendarVersion, ...]:
    """Publish each shipped calendar whose document is new; safe to repeat. Returns the newest versions.

    The first version serves clocks of the past too; a later one serves those started from today on.
    """
    shipped = in_force_from()
    versions = []
    for document in read_documents():
        known = CalendarVersion.objects.filter(calendar__code=document["code"]).exists()
        since = business_date(ctx.now) if known else shipped
        decision = "Luật và các quyết định ngày nghỉ kèm theo phần mềm"
        versions.append(publish_version(ctx, document, in_force_from=since, decision=decision))
    return tuple(versions)
