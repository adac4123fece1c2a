"""The event types of filling in. Public payloads name no person."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("services.draft.begun", version=1)
@dataclass(frozen=True, slots=True)
class DraftBegun:
    procedure: str


@event_type("services.draft.answered", version=1)
@dataclass(frozen=True, slots=True)
class DraftAnswered:
    """A page of the form was filled in, or the way to receive the result chosen."""

    page: str


@event_type("services.draft.paper_changed", version=1)
@dataclass(frozen=True, slots=True)
class DraftPaperChanged:
    paper: str
    added: bool


@event_type("services.draft.dropped", version=1)
@dataclass(frozen=True, slots=True)
class DraftDropped:
    procedure: str


@event_type("services.draft.submitted", version=1)
@dataclass(frozen=True, slots=True)
class DraftSubmitted:
    code: str
