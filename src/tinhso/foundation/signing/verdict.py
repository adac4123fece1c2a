"""What can be said of a signed PDF: plain data, no sentence (those are in `words`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Whole(StrEnum):
    """The file as a whole."""

    INTACT = "intact"
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    ENCRYPTED = "encrypted"
    NOT_A_PDF = "not_a_pdf"


class Attack(StrEnum):
    """A published way of forging signed PDFs whose traces were found (names as in the literature)."""

    INCREMENTAL_SAVE = "incremental-save"
    SHADOW = "shadow"
    WRAPPING = "wrapping"
    FORGERY = "forgery"
    APPEARANCE = "forged-appearance"


class Trust(StrEnum):
    """Whether the certificate leads to a root that this installation trusts, at the time of checking."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    OUT_OF_DATE = "out_of_date"


class Additions(StrEnum):
    """What was appended to the file after a signature."""

    NOTHING = "nothing"
    SIGNATURES = "signatures"
    FORMS = "forms"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature. `signed_at` is the signer's own claim (no time-stamp at level B-B), None when unreadable.

    `intact`: the covered bytes are the ones that were signed, and the certificate's key signed them.
    """

    field: str
    signer: str
    title: str
    agency: str
    agency_code: str
    signed_at: datetime | None
    intact: bool
    trust: Trust
    additions: Additions

    @property
    def by_agency(self) -> bool:
        """An agency's certificate names the agency twice (assumed for the State's profile)."""
        return not self.agency or self.signer == self.agency

    @property
    def code(self) -> str:
        """`valid`, or the first thing wrong: `broken`, `changed`, `out_of_date`, `untrusted`."""
        if not self.intact:
            return "broken"
        if self.additions is Additions.FORBIDDEN:
            return "changed"
        if self.trust is Trust.OUT_OF_DATE:
            return "out_of_date"
        return "valid" if self.trust is Trust.TRUSTED else "untrusted"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A whole file: `accepted` when it is intact and every signature in it is valid."""

    whole: Whole
    signatures: tuple[SignatureVerdict, ...] = ()
    attack: Attack | None = None

    @property
    def accepted(self) -> bool:
        return self.whole is Whole.INTACT and all(one.code == "valid" for one in self.signatures)
