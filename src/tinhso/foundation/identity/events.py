"""The event types of identity."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("identity.party.created", version=1)
@dataclass(frozen=True, slots=True)
class PartyCreated:
    kind: str


@event_type("identity.party.reached", version=1)
@dataclass(frozen=True, slots=True)
class PartyReached:
    """Empty ways to reach a known party were filled in at the counter; before and after lie in the private part."""

    filled: list[str]


@event_type("identity.party.corrected", version=1)
@dataclass(frozen=True, slots=True)
class PartyCorrected:
    """A counter corrected a party's record; reason, before and after lie in the private part."""

    fields: list[str]


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


@event_type("identity.session.closed", version=1)
@dataclass(frozen=True, slots=True)
class SessionClosed:
    """`reason`: `asked` (signed out) or `idle` (no request for too long)."""

    realm: str
    reason: str


@event_type("signing.pin.refused", version=1)
@dataclass(frozen=True, slots=True)
class PinRefused:
    """A wrong PIN for a signing key; the subject is the account that typed it."""


@event_type("identity.record.opened", version=1)
@dataclass(frozen=True, slots=True)
class RecordOpened:
    """Somebody opened a person's record or dossier, or searched by a personal number."""

    what: str
    purpose: str


@event_type("identity.delegation.given", version=1)
@dataclass(frozen=True, slots=True)
class DelegationGiven:
    """Somebody stands in for the holder of a post, from a day until before another (ISO dates)."""

    post: str
    holder: str
    deputy: str
    valid_from: str
    valid_to: str


@event_type("identity.delegation.ended", version=1)
@dataclass(frozen=True, slots=True)
class DelegationEnded:
    post: str
    holder: str
    deputy: str
    valid_to: str
