"""What checks of answers need to know of the world on a day."""

from datetime import date

from tinhso.foundation.agencies.models import CodeEntry
from tinhso.foundation.agencies.queries import communes, on_day
from tinhso.foundation.forms.rules.facts import Facts

PERSONAL_PREFIXES = "personal_number_prefix"
COUNTRIES = frozenset(str(code) for code in range(101, 1000))
"""Leading digits of who was registered abroad; the table of countries was not read, so any is taken (assumed)."""


def facts_on(day: date) -> Facts:
    """The day, today's communes, and the prefixes a personal number may have. Two queries.

    While the country's list is not loaded (only a demo's entries are there), no prefix is checked.
    """
    rows = CodeEntry.objects.filter(on_day(day), list=PERSONAL_PREFIXES).values_list("code", "demo")
    known = dict(rows)
    prefixes = sorted(COUNTRIES | known.keys()) if not all(known.values()) else []
    return Facts(today=day, prefixes=prefixes, communes={place.code: str(place) for place in communes(day)})
