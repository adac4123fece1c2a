"""What happens to calendars."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("calendars.calendar.published", version=1)
@dataclass(frozen=True, slots=True)
class CalendarPublished:
    """A version came into being. `content_hash` in hexadecimal."""

    code: str
    number: int
    content_hash: str
    in_force_from: str
    decision: str


@event_type("calendars.calendar.assigned", version=1)
@dataclass(frozen=True, slots=True)
class CalendarAssigned:
    """An agency works by a calendar from a day on, for one procedure or (empty) all."""

    code: str
    procedure: str
    valid_from: str
    decision: str
