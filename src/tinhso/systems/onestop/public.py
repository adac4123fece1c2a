"""What other systems may call of the one-stop shop: filing, following, receiving, and what a result's paper says.

Verbs are the actions themselves; questions answer with the plain values below, never with this room's rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from tinhso.core.errors import NotFound
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.calendars.queries import get_calendar
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import AgencyPart, FoundBy, Release
from tinhso.foundation.files.actions.keep import read
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.actions.file_dossier import Filing, PaperIn, find_part
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.actions.supplement import supply
from tinhso.systems.onestop.actions.withdraw import withdraw
from tinhso.systems.onestop.following import is_tracking_key, tracking_address, tracking_key
from tinhso.systems.onestop.models import Dossier, Result, Slip, Supplement
from tinhso.systems.onestop.money import cost
from tinhso.systems.onestop.policies import dossiers
from tinhso.systems.onestop.rules import CODE_SHAPE, filing_faults, may
from tinhso.systems.onestop.slips import TITLES, print_slip, slip_name
from tinhso.systems.onestop.words import STATE_TONES, Left, say_condition, say_left

__all__ = [
    "CODE_SHAPE",
    "STATE_TONES",
    "DossierFacts",
    "Filing",
    "Left",
    "PaperFile",
    "PaperIn",
    "ResultFace",
    "SlipFace",
    "Wanted",
    "agencies_of",
    "cost",
    "dossier_facts",
    "dossiers_of",
    "filing_faults",
    "find_part",
    "find_result",
    "find_results_with_file",
    "is_tracking_key",
    "may",
    "may_see",
    "open_result",
    "open_slip",
    "open_supplement",
    "phone_ends_with",
    "place_questions",
    "results_of",
    "say_condition",
    "say_due",
    "slips_of",
    "submit",
    "supply",
    "tracking_address",
    "tracking_key",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What the one-stop shop knows of a case beside the case: `explanation` by language, empty before reception."""

    procedure: str
    filing: str
    return_by: str
    explanation: dict[str, str]


@dataclass(frozen=True, slots=True)
class SlipFace:
    public_id: UUID
    kind: str
    title: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class ResultFace:
    """A result that was issued, as its register knows it. `sha256` is the digest of the file that was given out."""

    public_id: UUID
    case_id: int
    code: str
    procedure: str
    name: str
    agency: str
    notation: str
    issued_at: datetime
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A supplement that is waited for: (paper key, name, what is wrong with it), all asked at one time."""

    id: int
    reason: str
    papers: tuple[tuple[str, str, str], ...]
    asked_at: datetime
    close_on: date


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A PDF to hand over."""

    name: str
    data: bytes


def may_see(account: Account, case: Case) -> bool:
    """Whether a citizen's account may open this dossier with all it holds."""
    return dossiers.may_see(account, case)


def phone_ends_with(case: Case, digits: str) -> bool:
    """Whether a phone number that was given with a dossier, or the applicant's own, ends with these four digits."""
    given = Dossier.objects.filter(case=case).values_list("contact_phone", flat=True)
    known = [*given, case.applicant.phone if case.applicant else ""]
    last = "".join(sign for sign in digits if sign.isdecimal())
    return len(last) == 4 and any(phone.endswith(last) for phone in known if phone)


def dossiers_of(account: Account, before: int = 0, limit: int = 20) -> list[Case]:
    """A citizen's dossiers, newest first, from the one before `before` on. One query."""
    cases = dossiers.which(account).filter(kind="dossier").select_related("release", "received_by", "decided_by")
    if before:
        cases = cases.filter(pk__lt=before)
    return list(cases.order_by("-pk")[:limit])


def dossier_facts(case_id: int) -> DossierFacts:
    """Raises NotFound for a case that is no dossier."""
    row = Dossier.objects.filter(pk=case_id).first()
    if row is None:
        raise NotFound("Không tìm thấy hồ sơ này.", what_to_do="Kiểm tra lại mã hồ sơ trên giấy tiếp nhận.")
    return DossierFacts(row.procedure, row.filing, row.return_by, row.explanation or {})


def say_due(case: Case, now: datetime) -> Left | None:
    """When a dossier is due, in words; None before reception, while the clock is stopped, and after the end."""
    if case.due_at is None or case.business not in (Case.Business.ACCEPTED, Case.Business.IN_PROCESS):
        return None
    procedure = case.release.procedure if case.release else ""
    return say_left(case.due_at, now, get_calendar(case.decided_by_id, procedure, business_date(now)))


def place_questions(parts: Iterable[AgencyPart]) -> frozenset[str]:
    """The questions whose answer decides which agency handles a dossier."""
    return frozenset(part.place for part in parts if part.found_by is not FoundBy.PROVINCE and part.place)


def slips_of(case_id: int) -> list[SlipFace]:
    """The slips given out for a dossier, oldest first."""
    rows = Slip.objects.filter(case_id=case_id).order_by("id").only("public_id", "kind", "issued_at")
    return [SlipFace(row.public_id, row.kind, TITLES[row.kind], row.issued_at) for row in rows]


def open_slip(case: Case, public_id: UUID) -> PaperFile:
    """A slip's PDF. Raises NotFound."""
    slip = Slip.objects.filter(case=case, public_id=public_id).first()
    if slip is None:
        raise NotFound("Hồ sơ này không có phiếu như vậy.", what_to_do="Mở lại trang hồ sơ để xem các phiếu đã cấp.")
    return PaperFile(slip_name(slip), print_slip(slip))


def results_of(case_id: int) -> list[ResultFace]:
    """The issued results of a dossier."""
    return _faces(case_id=case_id)


def open_result(case: Case, public_id: UUID) -> PaperFile:
    """An issued result's file. Raises NotFound."""
    rows = Result.objects.filter(case=case, public_id=public_id, state=Result.State.ISSUED).select_related("file")
    result = rows.first()
    if result is None or result.file is None:
        raise NotFound("Hồ sơ này chưa có kết quả như vậy.", what_to_do="Mở lại trang hồ sơ để xem tình trạng.")
    return PaperFile(result.file.name, read(result.file))


def find_result(public_id: UUID) -> ResultFace | None:
    """The issued result that a QR code leads to."""
    return next(iter(_faces(public_id=public_id)), None)


def find_results_with_file(sha256: str) -> list[ResultFace]:
    """The issued results whose file has exactly this digest."""
    return _faces(file__blob_id=sha256)


def open_supplement(case: Case) -> Wanted | None:
    """What is being waited for, if anything."""
    asked = Supplement.objects.filter(case=case, answered_at__isnull=True).first()
    if asked is None or case.release is None:
        return None
    names = {paper.key: paper.name for paper in read_release(case.release).papers}
    papers = tuple(
        (row["paper"], names.get(row["paper"], row["paper"]), row.get("note", "")) for row in asked.wanted["papers"]
    )
    return Wanted(asked.pk, asked.wanted["reason"], papers, asked.asked_at, asked.close_on)


def _faces(**wanted: Any) -> list[ResultFace]:
    rows = (
        Result.objects.filter(state=Result.State.ISSUED, **wanted)
        .select_related("case__release", "agency")
        .annotate(sha256=F("file__blob_id"), size=F("file__blob__size"))
        .order_by("id")
    )
    return [_face(row) for row in rows]


def _face(row: Any) -> ResultFace:
    release: Release = read_release(row.case.release)
    return ResultFace(
        public_id=row.public_id,
        case_id=row.case_id,
        code=row.case.code,
        procedure=release.short_name or release.name,
        name=release.result(row.key).name,
        agency=row.agency.name,
        notation=row.notation,
        issued_at=row.issued_at,
        sha256=row.sha256,
        size=row.size,
    )


def agencies_of(release: Release, answers: dict[str, Any], receiving: Agency, day: date) -> list[Agency]:
    """The agencies that would have a part in a dossier with these answers. Raises Invalid where one cannot be told."""
    return [find_part(release, part, answers, receiving, day) for part in release.agencies]
