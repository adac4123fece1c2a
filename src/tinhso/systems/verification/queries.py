"""What can be said of a file that somebody holds: by its signatures, and by our register. Nothing is stored."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from tinhso.core.errors import NotFound
from tinhso.core.settings import current
from tinhso.foundation.cases.queries import get_case
from tinhso.foundation.signing import words
from tinhso.foundation.signing.pades.read import validate
from tinhso.foundation.signing.trust import read_roots, trust_folder
from tinhso.foundation.signing.verdict import SignatureVerdict, Verdict, Whole
from tinhso.systems.onestop import public as onestop

_COVERED = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d{1,12})\s+(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as its page shows it."""

    who: str
    agency: str
    title: str
    when: datetime | None
    code: str
    words: str
    by_agency: bool


_CODE = re.compile(r"[0-9A-Z][0-9A-Z.]{1,34}-\d{6}-\d{4,6}")


@dataclass(frozen=True, slots=True)
class KnownSlip:
    """A slip of ours: what it is called, the dossier's code on it, and when it was given out."""

    title: str
    code: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a file. `known`: the results in our register that are exactly this file, to the byte.

    `expected`: where the person came by a QR code, whether this is that very paper; None otherwise.
    `slip`: the unsigned slip of a dossier that is exactly this file, found by the dossier's code.
    """

    verdict: Verdict
    words: str
    signed: list[Signed]
    known: list[onestop.ResultFace]
    expected: bool | None
    slip: KnownSlip | None = None

    @property
    def good(self) -> bool:
        """Whole, and every signature by somebody we trust."""
        return self.verdict.accepted and bool(self.signed)

    @property
    def unsigned(self) -> bool:
        """A sound PDF that nobody signed: not refused as forged, but nothing can be said of it."""
        return self.verdict.whole is Whole.UNSIGNED

    @property
    def unsealed(self) -> bool:
        """Signed by a person and by no agency: a paper that was not numbered and sealed is not issued yet."""
        return self.good and not self.known and not any(one.by_agency for one in self.signed)

    @property
    def tone(self) -> str:
        if self.slip:
            return "success"
        if self.good:
            return "success" if self.known and self.expected is not False else "info"
        return "error" if self.verdict.whole is Whole.CHANGED or self.signed else "warning"


def is_cut_short(pdf: bytes) -> bool:
    """Whether a PDF stops before its end, as a download that broke off does; nothing is said of its signatures.

    It has no end mark at all; or a signature covers bytes that are not there; or a later revision never ends.
    """
    _, mark, after = pdf.rpartition(b"%%EOF")
    promised = (int(start) + int(length) for start, length in _COVERED.findall(pdf))
    return not mark or max(promised, default=0) > len(pdf) or b" obj" in after


def find_slip(pdf: bytes, *told: str) -> KnownSlip | None:
    """The slip that is exactly this file, among those of the first dossier whose code is `told`: by the person, or in
    the file's name. Slips are not signed but drawn from what was kept, the same bytes each time, so that a match is
    proof; of a dossier nobody's file matches nothing is said."""
    code = next((found[0] for one in told if (found := _CODE.search(one.upper()))), "")
    try:
        case = get_case(code)
    except NotFound:
        return None
    for slip in onestop.slips_of(case.pk):
        if onestop.open_slip(case, slip.public_id).data == pdf:
            return KnownSlip(slip.title, case.code, slip.issued_at)
    return None


def check(
    pdf: bytes,
    now: datetime,
    language: str,
    expected: onestop.ResultFace | None = None,
    told: tuple[str, ...] = (),
) -> Checked:
    """Check a file as it was sent, offline, against the roots of this installation; an unsigned one against the slips
    of the dossier whose code was `told`."""
    verdict = validate(pdf, read_roots(trust_folder(current().home)), now)
    digest = hashlib.sha256(pdf).hexdigest()
    return Checked(
        verdict=verdict,
        words=words.whole_words(verdict, language),
        signed=[_signed(one, language) for one in verdict.signatures],
        known=onestop.find_results_with_file(digest),
        expected=None if expected is None else digest == expected.sha256,
        slip=find_slip(pdf, *told) if verdict.whole is Whole.UNSIGNED else None,
    )


def _signed(one: SignatureVerdict, language: str) -> Signed:
    said = words.SIGNATURES[one.code][1 if language == "en" else 0]
    return Signed(one.signer, one.agency, one.title, one.signed_at, one.code, said, one.by_agency)
