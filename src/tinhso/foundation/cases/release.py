"""A procedure release: one immutable, dated, content-hashed document that says everything about a procedure.

Legal basis, form, papers, cases, time limits, fees, steps, letters and results are published together; a dossier
keeps the release it was received under (Decree 118/2025/NĐ-CP art. 17.3; Law on promulgation: old law for old
dossiers). Pure data: no Django. Texts are the Vietnamese source strings.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tinhso.core.canonical import digest
from tinhso.foundation.cases.rules.flow import Flow, flow_of
from tinhso.foundation.forms.reading import document
from tinhso.foundation.forms.rules.conditions import Answers, Condition
from tinhso.foundation.forms.rules.form import Form, Question
from tinhso.foundation.payments.rules.fees import Channel, FeeKind
from tinhso.foundation.payments.rules.law import Mark

SCHEMA = 1


class OnlineLevel(StrEnum):
    """Decree 42/2022/NĐ-CP art. 11: toàn trình, một phần; or no online service."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Level(StrEnum):
    """Levels at which a procedure is performed; a procedure has a set of them (CSDLQG về TTHC)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class Applicant(StrEnum):
    CITIZEN = "citizen"
    OVERSEAS = "overseas"
    FOREIGNER = "foreigner"
    BUSINESS = "business"
    FOREIGN_BUSINESS = "foreign_business"
    COOPERATIVE = "cooperative"
    ORGANISATION = "organisation"
    FOREIGN_ORGANISATION = "foreign_organisation"
    OFFICIAL = "official"


class AgencyKind(StrEnum):
    PROVINCE_COMMITTEE = "province_committee"
    DEPARTMENT = "department"
    PROVINCE_CENTRE = "province_centre"
    COMMUNE_COMMITTEE = "commune_committee"
    COMMUNE_CENTRE = "commune_centre"
    COMMUNE_POLICE = "commune_police"
    PROVINCE_POLICE = "province_police"
    LAND_OFFICE = "land_office"
    LAND_BRANCH = "land_branch"
    TAX = "tax"
    TAX_BRANCH = "tax_branch"
    SOCIAL_INSURANCE = "social_insurance"
    SOCIAL_INSURANCE_BRANCH = "social_insurance_branch"


class FoundBy(StrEnum):
    """How the one agency is found: of the commune that received; of the commune in an answer; the branch
    serving that commune; the only one of its kind in the province."""

    RECEIVING_COMMUNE = "receiving_commune"
    COMMUNE_OF_ANSWER = "commune_of_answer"
    BRANCH_OF_ANSWER = "branch_of_answer"
    PROVINCE = "province"


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    WITHIN_DAY = "within_day"
    NO_DATE = "no_date"


class StepKind(StrEnum):
    RECEIVE = "receive"
    ASSESS = "assess"
    CONSULT = "consult"
    SIGN = "sign"
    ISSUE = "issue"
    EXTERNAL = "external"
    RETURN = "return"


class Role(StrEnum):
    COUNTER = "counter"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    HEAD = "head"
    OPERATOR = "operator"


class Act(StrEnum):
    """What the post may do at a step beside passing on."""

    ACCEPT = "accept"
    REJECT = "reject"
    ASK_SUPPLEMENT = "ask_supplement"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    CONSULT = "consult"
    ASK_DUTY = "ask_duty"
    APOLOGISE = "apologise"
    REPEAT = "repeat"
    PROPOSE = "propose"
    DRAFT_RESULT = "draft_result"
    SEND_BACK = "send_back"
    SIGN = "sign"
    ISSUE = "issue"
    RECORD_OUTCOME = "record_outcome"
    ATTACH_RESULT = "attach_result"
    HAND_BACK = "hand_back"


class FeeRule(StrEnum):
    FREE = "free"
    FIXED = "fixed"
    TIERS = "tiers"
    COUNCIL = "council"


class Per(StrEnum):
    CASE = "case"
    COPY = "copy"


class Custody(StrEnum):
    """Nộp (kept in the dossier) or xuất trình (shown, given straight back)."""

    KEEP = "keep"
    PRESENT = "present"


@dataclass(frozen=True)
class Source:
    """Where the release comes from: the publishing decision and the catalogue's day."""

    decision: str
    catalogue: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True)
class LegalBasis:
    key: str
    title: str
    number: str
    mark: Mark
    article: str = ""


@dataclass(frozen=True)
class Summary:
    """Plain words for the one who asks: what you need, how long, how much."""

    need: str
    time: str
    cost: str


@dataclass(frozen=True)
class Span:
    amount: int
    unit: Unit


@dataclass(frozen=True)
class Shortening:
    """A province's own decision to do it sooner than the law asks (cắt giảm thời gian); in the limit's own unit."""

    amount: int
    basis: str
    mark: Mark
    article: str = ""


@dataclass(frozen=True)
class TimeLimit:
    """`cut_off` (hh:mm) with `within_day`: received later, it is due on the next working day. `basis` is a key
    of the legal list; `text` the limit as people say it, after any `shortened` part."""

    amount: int
    unit: Unit
    text: str
    basis: str
    mark: Mark
    article: str = ""
    cut_off: str = ""
    shortened: Shortening | None = None


@dataclass(frozen=True)
class Supplement:
    """Where sector law sets other times than Decree 118/2025 art. 19.5 (3 working days, 15 days, restart)."""

    basis: str
    mark: Mark
    ask_within: Span | None = None
    close_after: Span | None = None


@dataclass(frozen=True)
class Duty:
    """The sector's law that leaves out of the time limit the days in which people do a financial duty (land: tax and
    land-use charges)."""

    basis: str
    mark: Mark
    article: str = ""


@dataclass(frozen=True)
class Tier:
    from_page: int
    amount: int


@dataclass(frozen=True)
class Counted:
    """The questions that say how many copies are asked for and, where it matters, how many pages an original
    has."""

    copies: str
    pages: str = ""


@dataclass(frozen=True)
class Exemption:
    """Who pays less: `percent` off for a dossier whose answers satisfy `when`."""

    key: str
    name: str
    when: Condition
    basis: str
    mark: Mark
    percent: int = 100
    article: str = ""


@dataclass(frozen=True)
class FeeLine:
    """One fee or charge. `amount` in đồng for `fixed`; `tiers` and `cap` (for each copy) by `counted` pages;
    `table` is the row of the province's dated fee table for `council`. `when` narrows it to some answers. Filing
    online costs `online_amount`, or `online_discount` percent less. `valid_to` is the first day it no longer holds."""

    key: str
    name: str
    kind: FeeKind
    rule: FeeRule
    basis: str
    mark: Mark
    amount: int = 0
    per: Per = Per.CASE
    online_amount: int | None = None
    online_discount: int = 0
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None
    counted: tuple[Counted, ...] = ()
    when: Condition | None = None
    table: str = ""
    exemptions: tuple[Exemption, ...] = ()
    refundable: bool = True
    article: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """A required paper. `declaration`: the form itself makes it. `when` narrows it to some answers. `known_from`
    names the result codes (KQ…) whose electronic original stands in for it: such a paper is not asked again."""

    key: str
    name: str
    custody: Custody
    basis: str
    mark: Mark
    originals: int = 0
    copies: int = 0
    required: bool = True
    declaration: bool = False
    form: str = ""
    when: Condition | None = None
    known_from: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Variant:
    """A case (trường hợp) of the procedure: the first whose `when` holds; the last has none."""

    key: str
    name: str
    limit: TimeLimit
    papers: tuple[str, ...]
    fees: tuple[str, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True)
class AgencyPart:
    """An agency's part in the procedure: `deciding` (it leads where several work side by side), or a named co-operating
    one. `place` is the question whose
    commune finds it; `sector` the one its posts name, when not the release's own (the tax branch of a land
    dossier) or when only one of several agencies of the kind has it (a department)."""

    key: str
    name: str
    agency: AgencyKind
    found_by: FoundBy
    place: str = ""
    sector: str = ""


@dataclass(frozen=True)
class CaseSpan:
    case: str
    amount: int
    unit: Unit


@dataclass(frozen=True)
class Step:
    """A piece of work of one post. `agency` is `receiving` or the key of an agency's part; `limit` its own time,
    other in some cases; `cases` the cases it belongs to (none named: all); `results` what it issues. It waits for the
    steps it names in `after`, or for the one before it in the list; an `optional` one is opened when whoever finishes
    the step before says so."""

    key: str
    name: str
    kind: StepKind
    role: Role
    agency: str
    limit: Span
    acts: tuple[Act, ...]
    limit_by_case: tuple[CaseSpan, ...] = ()
    cases: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    note: str = ""
    after: tuple[str, ...] = ()
    optional: bool = False

    def limit_in(self, case: str) -> Span:
        return next((Span(s.amount, s.unit) for s in self.limit_by_case if s.case == case), self.limit)


@dataclass(frozen=True)
class Result:
    """What comes out. `code` is the national catalogue's (KQ…); `template` a `.typ` file, empty when the file is
    received from another system; `book` the number book; `notation` with {n} and {y}; `valid_for` empty:
    without end. `asks` is what the specialist adds when drafting it: a number from a national database, a grade;
    of each group in `one_of` at least one of them, though none is required by itself: the number, or why not yet."""

    key: str
    name: str
    code: str
    mark: Mark
    template: str = ""
    book: str = ""
    notation: str = ""
    valid_for: Span | None = None
    when: Condition | None = None
    permanent: bool = True
    asks: tuple[Question, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Discretion:
    """Why nobody but its people is told that a dossier of this procedure exists: the reason, and its legal basis."""

    reason: str
    basis: str
    mark: Mark
    article: str = ""


@dataclass(frozen=True)
class Letter:
    """A paper handed to people on the way: what it is for, and the template of the one-stop shop that prints it."""

    key: str
    template: str


@dataclass(frozen=True)
class Release:
    """The document. Equal documents have equal hashes, whatever the order of keys in the file. In use from
    `valid_from` until `valid_to`, the first day it no longer is."""

    schema: int
    code: str
    name: str
    name_en: str
    sector: str
    sector_name: str
    levels: tuple[Level, ...]
    applicants: tuple[Applicant, ...]
    channels: tuple[Channel, ...]
    online: OnlineLevel
    valid_from: date
    source: Source
    summary: Summary
    legal: tuple[LegalBasis, ...]
    filed_at: tuple[AgencyKind, ...]
    agencies: tuple[AgencyPart, ...]
    cases: tuple[Variant, ...]
    papers: tuple[Paper, ...]
    fees: tuple[FeeLine, ...]
    form: Form
    steps: tuple[Step, ...]
    results: tuple[Result, ...]
    letters: tuple[Letter, ...]
    valid_to: date | None = None
    short_name: str = ""
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    supplement: Supplement | None = None
    duty: Duty | None = None
    discretion: Discretion | None = None

    def case_for(self, answers: Answers) -> Variant:
        """The first case whose condition holds; the last one always does."""
        return next(case for case in self.cases if case.when is None or case.when.holds(answers))

    def case(self, key: str) -> Variant:
        return next(case for case in self.cases if case.key == key)

    def papers_for(self, case: Variant, answers: Answers) -> tuple[Paper, ...]:
        return tuple(
            paper
            for paper in self.papers
            if paper.key in case.papers and (paper.when is None or paper.when.holds(answers))
        )

    def fees_for(self, case: Variant, answers: Answers) -> tuple[FeeLine, ...]:
        return tuple(fee for fee in self.fees if fee.key in case.fees and (fee.when is None or fee.when.holds(answers)))

    def part(self, key: str) -> AgencyPart:
        return next(part for part in self.agencies if part.key == key)

    def result(self, key: str) -> Result:
        return next(result for result in self.results if result.key == key)

    def steps_for(self, case: Variant) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.cases or case.key in step.cases)

    def step(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)

    def flow(self, case: Variant, left_out: Collection[str] = ()) -> Flow:
        """Which steps come after which in a case, without those that people left out."""
        elsewhere = {step.key for step in self.steps if step.cases and case.key not in step.cases}
        return flow_of(self.steps, {*elsewhere, *left_out})

    def results_for(self, answers: Answers) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.when is None or result.when.holds(answers))

    def legal_text(self, key: str, article: str = "") -> str:
        """`Điều 16 Nghị định 123/2015/NĐ-CP`, as cited beside a figure."""
        law = next(law for law in self.legal if law.key == key)
        return " ".join(part for part in (article or law.article, law.title, law.number) if part)


def release_document(release: Release) -> dict[str, Any]:
    """The canonical JSON value of a release: what is stored, shown and hashed."""
    whole: dict[str, Any] = document(release)
    return whole


def content_hash(release: Release) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of the release."""
    return digest(release_document(release)).hex()
