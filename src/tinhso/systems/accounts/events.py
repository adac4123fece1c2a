"""The event types of accounts."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("accounts.contact.changed", version=1)
@dataclass(frozen=True, slots=True)
class ContactChanged:
    """Somebody changed how they are reached and where they live; before and after lie in the private part."""

    fields: list[str]
