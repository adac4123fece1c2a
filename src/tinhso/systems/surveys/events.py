"""The event types of rating."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("surveys.rating.given", version=1)
@dataclass(frozen=True, slots=True)
class RatingGiven:
    code: str
    time: int
    information: int
    attitude: int
    result: int
    overall: int
