"""Make a dossier out of what was filled in: the same for the citizen's phone and the counter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Agency, Place
from tinhso.foundation.agencies.queries import current_code, find_agency_at, find_commune, find_provincial_agency
from tinhso.foundation.cases.models import Case, CaseAgency, CaseAnswers, CasePaper, ProcedureRelease, StepRecord
from tinhso.foundation.cases.queries import find_elsewhere
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import AgencyPart, FoundBy, Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.files.actions.give import give
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.identity.models import Party
from tinhso.foundation.numbering.actions.take import take
from tinhso.systems.onestop.events import DossierSubmitted
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.money import ask_payment
from tinhso.systems.onestop.rules import code_book, dossier_code


@dataclass(frozen=True, slots=True)
class PaperIn:
    """A paper handed in: a file, paper originals or copies, or several of these."""

    key: str
    file: FileRef | None = None
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed. `receiving` and `returning` are centres; `filing` and `channel` as in the models."""

    release: ProcedureRelease
    applicant: Party
    answers: dict[str, Any]
    papers: tuple[PaperIn, ...]
    channel: str
    filing: str
    receiving: Agency
    returning: Agency
    return_by: str
    phone: str = ""
    email: str = ""
    helped_by: Agency | None = None


def file_dossier(ctx: Context, filing: Filing, act: str) -> Case:
    """The case of a filing, in state `submitted`, with its code (Decree 118/2025/NĐ-CP art. 28), papers and answers.

    Inside the caller's transaction; `act` is `submit` or `receive`. Raises Invalid where the deciding agency cannot
    be told from the answers.
    """
    release = read_release(filing.release)
    day = business_date(ctx.now)
    parts = {part.key: find_part(release, part, filing.answers, filing.receiving, day) for part in release.agencies}
    deciding = parts[release.agencies[0].key]
    _must_be_offered(release, deciding, day)
    case = Case.objects.create(
        public_id=uuid7(ctx.now),
        code=_take_code(ctx, deciding, day),
        kind="dossier",
        release=filing.release,
        case_key=release.case_for(filing.answers).key,
        channel=filing.channel,
        applicant=filing.applicant,
        filed_by_id=ctx.account_id,
        helped_by=filing.helped_by,
        received_by=filing.receiving,
        decided_by=deciding,
        returned_by=filing.returning,
        business=Case.Business.SUBMITTED,
        custody=Case.Custody.AT_CENTRE if any(p.originals or p.copies for p in filing.papers) else Case.Custody.NONE,
        submitted_at=ctx.now,
    )
    CaseAgency.objects.bulk_create(CaseAgency(case=case, part=key, agency=agency) for key, agency in parts.items())
    CaseAnswers.objects.create(case=case, version=1, answers=filing.answers, recorded_at=ctx.now)
    keep_papers(ctx, case, filing.papers, 0)
    Dossier.objects.create(
        case=case,
        procedure=release.code,
        filing=filing.filing,
        return_by=filing.return_by,
        place=deciding.place,
        contact_phone=filing.phone or filing.applicant.phone,
        contact_email=filing.email or filing.applicant.email,
    )
    case.money = ask_payment(ctx, case, release, filing.answers)
    case.save(update_fields=["money"])
    StepRecord.objects.create(
        id=uuid7(ctx.now),
        recorded_at=ctx.now,
        case_id=case.pk,
        case_version=case.version,
        step="",
        act=act,
        from_state="",
        to_state=case.business,
        actor_id=ctx.account_id,
        post_id=ctx.post_id,
        agency_id=ctx.agency_id,
    )
    submitted = DossierSubmitted(
        code=case.code,
        procedure=release.code,
        channel=filing.channel,
        filing=filing.filing,
        release=filing.release.content_hash,
    )
    record(ctx, submitted, subject=("case", case.pk), case_id=case.pk, agency_id=filing.receiving.pk)
    return case


def find_part(release: Release, part: AgencyPart, answers: dict[str, Any], receiving: Agency, day: date) -> Agency:
    """The agency that has `part`, as the release says it is found. Raises Invalid with words."""
    found: Agency | None = None
    if part.found_by is FoundBy.PROVINCE:
        found = find_provincial_agency(part.agency, part.sector or release.sector, day)
    elif place := _place(part, answers, receiving, day):
        found = find_agency_at(part.agency, place.pk, day)
    if found is None:
        raise Invalid(
            f"Chưa xác định được cơ quan giải quyết ({part.name.lower()}) cho thủ tục {release.name}.",
            what_to_do="Kiểm tra lại câu trả lời về xã, phường rồi nộp lại; những gì đã nhập vẫn được giữ.",
        )
    return found


def _must_be_offered(release: Release, deciding: Agency, day: date) -> None:
    if elsewhere := find_elsewhere(release.code, deciding.pk, day):
        where = f" Nơi giải quyết: {elsewhere.instead}." if elsewhere.instead else ""
        raise Invalid(
            f"{elsewhere.agency} không giải quyết thủ tục này. {elsewhere.reason}{where}",
            what_to_do="Chọn nơi khác rồi nộp lại; những gì đã nhập vẫn được giữ.",
        )


def keep_papers(ctx: Context, case: Case, papers: tuple[PaperIn, ...], round: int) -> None:
    """Add papers to a case: round 0 with the filing, then one round for each supplement asked for."""
    give((paper.file.pk for paper in papers if paper.file), ("case", case.pk))
    CasePaper.objects.bulk_create(
        CasePaper(
            case=case,
            key=paper.key,
            round=round,
            file=paper.file,
            originals=paper.originals,
            copies=paper.copies,
            recorded_at=ctx.now,
        )
        for paper in papers
    )


def _place(part: AgencyPart, answers: dict[str, Any], receiving: Agency, day: date) -> Place | None:
    if part.found_by is FoundBy.RECEIVING_COMMUNE:
        return receiving.place
    answer = answers.get(part.place)
    code = answer.get("commune", "") if isinstance(answer, dict) else str(answer or "")
    return find_commune(code, day)


def _take_code(ctx: Context, deciding: Agency, day: date) -> str:
    agency = current_code(deciding.pk, day)
    return dossier_code(agency, day, take(code_book(agency, day), day.year, now=ctx.now))
