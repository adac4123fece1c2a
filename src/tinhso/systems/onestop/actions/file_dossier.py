"""Make a dossier out of what was filled in: the same for the citizen's phone and the counter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Agency, Place
from tinhso.foundation.agencies.queries import current_code, find_agency_at, find_commune, find_provincial_agency
from tinhso.foundation.cases.actions.open_task import DECIDING
from tinhso.foundation.cases.models import Case, CaseAgency, CaseAnswers, CasePaper, ProcedureRelease, StepRecord
from tinhso.foundation.cases.queries import find_elsewhere
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import AgencyPart, Custody, FoundBy, Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.files.actions.give import give
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import check_answers
from tinhso.foundation.identity.models import Party
from tinhso.foundation.numbering.actions.take import take
from tinhso.foundation.payments.rules.fees import Assessment
from tinhso.systems.onestop.events import DossierSubmitted
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.money import ask_payment
from tinhso.systems.onestop.rules import code_book, dossier_code, filing_faults
from tinhso.systems.onestop.words import say_filing_fault


@dataclass(frozen=True, slots=True)
class PaperIn:
    """A paper handed in: a file, paper originals or copies, or several of these."""

    key: str
    file: FileRef | None = None
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed. `receiving` and `returning` are centres; `filing` and `channel` as in the models.

    `facts` of the day, where the caller has read them already.
    """

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
    facts: Facts | None = None


def lay_down(ctx: Context, filing: Filing, act: str) -> Case:
    """The case of a filing in state `submitted`, with papers and answers; code and dossier's row come by `enter`.

    Inside the caller's transaction; `act` is `submit` or `receive`. Raises Invalid naming every answer and paper that
    is missing or wrong, and where the deciding agency cannot be told from the answers.
    """
    release = read_release(filing.release)
    day = business_date(ctx.now)
    _must_be_whole(filing, release, day)
    parts = {part.key: find_part(release, part, filing.answers, filing.receiving, day) for part in release.agencies}
    deciding = parts[DECIDING]
    _must_be_offered(release, deciding, day)
    public_id = uuid7(ctx.now)
    case = Case.objects.create(
        public_id=public_id,
        code=str(public_id),
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
        custody=custody_of(release, filing.papers),
        submitted_at=ctx.now,
    )
    CaseAgency.objects.bulk_create(CaseAgency(case=case, part=key, agency=agency) for key, agency in parts.items())
    CaseAnswers.objects.create(case=case, version=1, answers=filing.answers, recorded_at=ctx.now)
    keep_papers(ctx, case, filing.papers, 0)
    case.dossier = Dossier(
        case=case,
        procedure=release.code,
        filing=filing.filing,
        return_by=filing.return_by,
        place_id=deciding.place_id,
        contact_phone=filing.phone or filing.applicant.phone,
        contact_email=filing.email or filing.applicant.email,
    )
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
    return case


def enter(ctx: Context, case: Case, filing: Filing, assessment: Assessment) -> None:
    """Give the case its code (Decree 118/2025/NĐ-CP art. 28), ask for its fees, and say that it was submitted.

    The book of the day's codes stays locked from here to the end of the transaction, so whatever can be written
    without the code is written before. `assessment` is what the dossier costs.
    """
    day = business_date(ctx.now)
    case.dossier.save(force_insert=True)
    agency = current_code(_deciding(case).pk, day)
    case.code = dossier_code(agency, day, take(code_book(agency, day), day.year, now=ctx.now))
    case.money = ask_payment(ctx, case, assessment)
    case.save(update_fields=["code", "money"])
    submitted = DossierSubmitted(
        code=case.code,
        procedure=case.dossier.procedure,
        channel=filing.channel,
        filing=filing.filing,
        release=filing.release.content_hash,
    )
    record(ctx, submitted, subject=("case", case.pk), case_id=case.pk, agency_id=filing.receiving.pk)


def custody_of(release: Release, papers: tuple[PaperIn, ...]) -> Case.Custody:
    """Where the paper originals are: kept at the centre, or only shown there and taken home again."""
    held = {paper.key for paper in papers if paper.originals or paper.copies}
    if any(paper.key in held and paper.custody is Custody.KEEP for paper in release.papers):
        return Case.Custody.AT_CENTRE
    return Case.Custody.WITH_APPLICANT if held else Case.Custody.NONE


def _must_be_whole(filing: Filing, release: Release, day: date) -> None:
    filled = check_answers(release.form, filing.answers, filing.facts or facts_on(day))
    given = {paper.key for paper in filing.papers}
    if faults := filing_faults(release, filled, given, filing.return_by):
        raise Invalid(
            "Hồ sơ còn chỗ thiếu hoặc chưa đúng nên chưa nộp được.",
            what_to_do="Xem từng chỗ rồi nộp lại; những gì đã nhập vẫn được giữ.",
            fields={fault.key or fault.what: say_filing_fault(fault, release) for fault in faults},
        )


def _deciding(case: Case) -> Agency:
    if case.decided_by is None:
        raise ValueError(f"case {case.pk} is decided by nobody")
    return case.decided_by


def find_part(release: Release, part: AgencyPart, answers: dict[str, Any], receiving: Agency, day: date) -> Agency:
    """The agency that has `part`, as the release says it is found. Raises Invalid with words."""
    found: Agency | None = None
    if part.found_by is FoundBy.PROVINCE:
        found = find_provincial_agency(part.agency, part.sector or release.sector, day)
    elif place := _place(part, answers, receiving, day):
        found = find_agency_at(part.agency, place.pk, day)
    if found is None:
        raise Invalid(
            _("Chưa xác định được cơ quan giải quyết (%(part)s) cho thủ tục %(procedure)s.")
            % {"part": translated(part.name).lower(), "procedure": translated(release.name)},
            what_to_do="Kiểm tra lại câu trả lời về xã, phường rồi nộp lại; những gì đã nhập vẫn được giữ.",
        )
    return found


def _must_be_offered(release: Release, deciding: Agency, day: date) -> None:
    if elsewhere := find_elsewhere(release.code, deciding.pk, day):
        raise Invalid(
            _("%(agency)s không giải quyết thủ tục này. %(reason)s")
            % {"agency": elsewhere.agency, "reason": translated(elsewhere.reason)},
            what_to_do=_("Nơi giải quyết: %(instead)s. Những gì đã nhập vẫn được giữ.") % {"instead": elsewhere.instead}
            if elsewhere.instead
            else "Chọn nơi khác rồi nộp lại; những gì đã nhập vẫn được giữ.",
        )


def keep_papers(ctx: Context, case: Case, papers: tuple[PaperIn, ...], round: int) -> None:
    """Add papers to a case: round 0 with the filing, then one round for each supplement asked for."""
    if files := [paper.file.pk for paper in papers if paper.file]:
        give(files, ("case", case.pk))
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
