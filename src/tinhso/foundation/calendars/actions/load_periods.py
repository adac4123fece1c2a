"""Load the periods of law that come with the program."""

from django.db import transaction

from tinhso.foundation.calendars.law import read_periods
from tinhso.foundation.calendars.models import Period
from tinhso.foundation.calendars.rules.limit import Unit

_OWN = ("name", "amount", "unit", "basis", "mark", "valid_to")


@transaction.atomic
def load_periods() -> int:
    """Bring the shipped periods in, each by its key and first day; safe to repeat. Returns how many changed."""
    changed = 0
    for row in read_periods():
        values = {name: row[name] for name in _OWN} | {"unit": Unit(row["unit"]).value}
        place = {"key": row["key"], "valid_from": row["valid_from"]}
        if not Period.objects.filter(**place, **values).exists():
            Period.objects.update_or_create(**place, defaults=values)
            changed += 1
    return changed
