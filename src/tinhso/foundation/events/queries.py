"""Reading the spine."""

from tinhso.foundation.events.models import Event


def history(case_id: int) -> list[Event]:
    """Every event of a case, oldest first."""
    return list(Event.objects.filter(case_id=case_id).order_by("recorded_at", "id"))
