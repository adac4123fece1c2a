"""The event types of identity."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("identity.party.created", version=1)
@dataclass(frozen=True, slots=True)
class PartyCreated:
    kind: str


@event_type("identity.session.opened", version=1)
@dataclass(frozen=True, slots=True)
class SessionOpened:
    realm: str
    method: str


@event_type("identity.session.refused", version=1)
@dataclass(frozen=True, slots=True)
class SessionRefused:
    realm: str
    reason: str


@event_type("identity.record.opened", version=1)
@dataclass(frozen=True, slots=True)
class RecordOpened:
    """Somebody opened a person's record or dossier, or searched by a personal number."""

    what: str
    purpose: str
