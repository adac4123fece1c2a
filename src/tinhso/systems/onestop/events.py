"""The event types of dossiers. Public payloads name no person."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("onestop.dossier.submitted", version=1)
@dataclass(frozen=True, slots=True)
class DossierSubmitted:
    code: str
    procedure: str
    channel: str
    filing: str
    release: str


@event_type("onestop.dossier.accepted", version=1)
@dataclass(frozen=True, slots=True)
class DossierAccepted:
    code: str
    due_at: str


@event_type("onestop.dossier.acted", version=1)
@dataclass(frozen=True, slots=True)
class DossierActed:
    """An act of handling that moves work but issues nothing (claim, transfer, propose, send back …)."""

    code: str
    act: str
    step: str
    state: str


@event_type("onestop.dossier.supplement_asked", version=1)
@dataclass(frozen=True, slots=True)
class SupplementAsked:
    code: str
    round: int
    close_on: str


@event_type("onestop.dossier.supplied", version=1)
@dataclass(frozen=True, slots=True)
class DossierSupplied:
    code: str
    round: int
    due_at: str


@event_type("onestop.dossier.refused", version=1)
@dataclass(frozen=True, slots=True)
class DossierRefused:
    """Rejected at the desk, or refused after appraisal."""

    code: str
    at_desk: bool


@event_type("onestop.result.signed", version=1)
@dataclass(frozen=True, slots=True)
class ResultSigned:
    code: str
    result: str
    file: str


@event_type("onestop.result.issued", version=1)
@dataclass(frozen=True, slots=True)
class ResultIssued:
    code: str
    result: str
    number: str
    file: str


@event_type("onestop.dossier.resolved", version=1)
@dataclass(frozen=True, slots=True)
class DossierResolved:
    code: str
    on_time: bool


@event_type("onestop.dossier.returned", version=1)
@dataclass(frozen=True, slots=True)
class DossierReturned:
    code: str
    way: str


@event_type("onestop.dossier.stopped", version=1)
@dataclass(frozen=True, slots=True)
class DossierStopped:
    code: str
    by: str


@event_type("onestop.dossier.reappointed", version=1)
@dataclass(frozen=True, slots=True)
class DossierReappointed:
    """The applicant was told of a later date, with an apology."""

    code: str
    before: str
    due_at: str


@event_type("onestop.dossier.duty_asked", version=1)
@dataclass(frozen=True, slots=True)
class DutyAsked:
    """The clock stands while the applicant does a financial duty."""

    code: str


@event_type("onestop.dossier.duty_done", version=1)
@dataclass(frozen=True, slots=True)
class DutyDone:
    code: str
    due_at: str


@event_type("onestop.dossier.recounted", version=1)
@dataclass(frozen=True, slots=True)
class DossierRecounted:
    """The dossier counts by a newer version of its calendar; the dates are equal where nothing moved."""

    code: str
    before: str
    due_at: str
