"""The event types of the engine itself; systems declare their own for what their cases go through."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("cases.release.published", version=1)
@dataclass(frozen=True, slots=True)
class ReleasePublished:
    procedure: str
    release: str
    effective: str
