"""Reads signed PDFs and judges them. Speaks pyHanko; hostile files are its daily bread.

Offline: no revocation list is fetched. A signature without time-stamp is judged at the time of checking.
"""

# mypy: disable-error-code="no-untyped-call"
# (much of pyHanko is untyped)

import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tinhso.core.time import VN_ZONE
from tinhso.foundation.signing.verdict import Additions, Attack, SignatureVerdict, Trust, Verdict, Whole

_HEADER_WINDOW = 1024
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d+)\s+(\d+)")
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f\s]*>")
_PARTS = 4

# pyHanko tells its log at length why a forged file is forged; the verdict says it once.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def validate(pdf: bytes, trust_roots: Sequence[bytes], now: datetime) -> Verdict:
    """The verdict on a file. `trust_roots`: certificates, PEM or DER. Raises nothing for any bytes."""
    if b"%PDF-" not in pdf[:_HEADER_WINDOW]:
        return Verdict(Whole.NOT_A_PDF)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            return Verdict(Whole.ENCRYPTED)
        embedded = list(reader.embedded_regular_signatures)
    except Exception:  # a hostile file may break the parser anywhere
        return _unreadable(pdf)
    if not embedded:
        # Signature bytes that no form field leads to any more: somebody cut them off.
        hidden = Verdict(Whole.CHANGED, attack=Attack.INCREMENTAL_SAVE)
        return hidden if _BYTE_RANGE.search(pdf) else Verdict(Whole.UNSIGNED)
    context = ValidationContext(
        trust_roots=[_certificate(root) for root in trust_roots],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=now.astimezone(UTC),
    )
    return _judged(pdf, embedded, context, now)


def _unreadable(pdf: bytes) -> Verdict:
    """A file that no reader can follow: damaged, or signed once and then written over or into."""
    ends = [int(start) + int(length) for start, length in _BYTE_RANGE.findall(pdf)]
    if not ends:
        return Verdict(Whole.NOT_A_PDF)
    appended = max(ends) < len(pdf.rstrip())
    return Verdict(Whole.CHANGED, attack=Attack.INCREMENTAL_SAVE if appended else Attack.FORGERY)


def _judged(pdf: bytes, embedded: Sequence[EmbeddedPdfSignature], context: ValidationContext, now: datetime) -> Verdict:
    signatures, attack = [], None
    for signature in embedded:
        verdict, found = _one(pdf, signature, context, now, last=signature is embedded[-1])
        signatures.append(verdict)
        attack = attack or found
    fine = attack is None and all(one.code not in {"broken", "changed"} for one in signatures)
    return Verdict(Whole.INTACT if fine else Whole.CHANGED, tuple(signatures), attack)


def _one(
    pdf: bytes, signature: EmbeddedPdfSignature, context: ValidationContext, now: datetime, *, last: bool
) -> tuple[SignatureVerdict, Attack | None]:
    try:
        status = validate_pdf_signature(signature, context)
        intact, trusted = status.intact and status.valid, status.trusted
        additions = Additions.FORBIDDEN if _tail(pdf, signature) else _additions(signature, status, last=last)
        attack = _attack(pdf, signature, additions)
    except Exception:  # as above: whatever breaks, the signature proves nothing
        intact, trusted, additions, attack = False, False, Additions.FORBIDDEN, Attack.FORGERY
    certificate = signature.signer_cert
    trust = Trust.TRUSTED if trusted else Trust.UNKNOWN
    if not trusted and not certificate.not_valid_before <= now <= certificate.not_valid_after:
        trust = Trust.OUT_OF_DATE
    name = certificate.subject.native
    signer, agency = _text(name.get("common_name")), _text(name.get("organization_name"))
    verdict = SignatureVerdict(
        field=signature.field_name,
        signer=agency if agency.startswith(signer) else signer,
        title=_text(name.get("title")),
        agency=agency,
        agency_code=_text(name.get("organization_identifier")),
        signed_at=_claimed_time(signature),
        intact=intact,
        trust=trust,
        additions=additions,
    )
    return verdict, attack


def _tail(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether bytes follow the signed ones that no later revision explains."""
    covered = sum(_span(signature)[2:])
    newest = signature.signed_revision == signature.reader.total_revisions - 1
    return (newest and bool(pdf[covered:].strip())) or not pdf.rstrip().endswith(b"%%EOF")


def _additions(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, *, last: bool) -> Additions:
    """What stands after the signed bytes. After the last signature only its upkeep may follow."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Additions.NOTHING
    result = status.diff_result
    if not isinstance(result, DiffResult) or not status.docmdp_ok:
        return Additions.FORBIDDEN
    if result.modification_level <= ModificationLevel.LTA_UPDATES:
        return Additions.NOTHING
    signed = {one.field_name for one in signature.reader.embedded_signatures}
    if result.changed_form_fields <= signed:
        return Additions.FORBIDDEN if last else Additions.SIGNATURES
    return Additions.FORBIDDEN if last else Additions.FORMS


def _attack(pdf: bytes, signature: EmbeddedPdfSignature, additions: Additions) -> Attack | None:
    """The forgery whose traces are there. A hint for people; refusing never depends on it."""
    span = _span(signature)
    if len(span) != _PARTS or span[0] != 0 or min(span) < 0 or sum(span[2:]) > len(pdf):
        return Attack.FORGERY
    if _HEXADECIMAL.fullmatch(pdf[span[1] : span[2]]) is None:
        return Attack.WRAPPING
    if additions is not Additions.FORBIDDEN:
        return None
    try:
        return _traces(signature)
    except Exception:  # the traces of a broken file may not be readable
        return Attack.INCREMENTAL_SAVE


def _span(signature: EmbeddedPdfSignature) -> list[int]:
    return [int(number) for number in signature.byte_range]


def _traces(signature: EmbeddedPdfSignature) -> Attack:
    reader = signature.reader
    newest = reader.total_revisions - 1
    signed = reader.get_historical_resolver(signature.signed_revision)
    before, after = _reachable(signed), _reachable(reader.get_historical_resolver(newest))
    changed = {
        ref
        for revision in range(signature.signed_revision + 1, newest + 1)
        for ref in reader.xrefs.explicit_refs_in_revision(revision)
    }
    if changed & _appearances(signed, signature):
        return Attack.APPEARANCE
    freed = any(
        reader.get_historical_resolver(revision).refs_freed_in_revision()
        for revision in range(signature.signed_revision + 1, newest + 1)
    )
    sleeping = {ref for ref in after - before - changed if not signed.is_ref_unassignable(ref)}
    if freed or sleeping or any(_is_font(signed, ref) for ref in changed & before):
        return Attack.SHADOW
    return Attack.INCREMENTAL_SAVE


def _reachable(resolver: HistoricalResolver) -> set[generic.Reference]:
    found: set[generic.Reference] = resolver.collect_dependencies(resolver.root)
    return found


def _appearances(signed: HistoricalResolver, signature: EmbeddedPdfSignature) -> set[generic.Reference]:
    """What a signed field shows, as it was when signed."""
    ref = signature.sig_field.container_ref
    if not isinstance(ref, generic.Reference):
        return set()
    widget = signed.get_object(ref)
    found: set[generic.Reference] = signed.collect_dependencies(widget.raw_get("/AP"))
    return found


def _is_font(resolver: HistoricalResolver, ref: generic.Reference) -> bool:
    value = resolver.get_object(ref)
    return isinstance(value, generic.DictionaryObject) and value.get("/Type") == "/Font"


def _claimed_time(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        moment: datetime | None = signature.self_reported_timestamp
    except Exception:  # an unreadable date is no date
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=VN_ZONE)


def _text(value: object) -> str:
    """A name's part; several parts of one kind come as a list."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value) if value is not None else ""


def _certificate(data: bytes) -> x509.Certificate:
    if pem.detect(data):
        _, _, data = pem.unarmor(data)
    return x509.Certificate.load(data)
