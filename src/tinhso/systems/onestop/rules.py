"""The law of a dossier's states, and its code. Pure; sources are Decree 118/2025/NĐ-CP unless said."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tinhso.foundation.cases.release import Act, Release
from tinhso.foundation.forms.rules.conditions import Answers
from tinhso.foundation.forms.rules.facts import Fault
from tinhso.foundation.forms.rules.filling import Filled
from tinhso.foundation.forms.rules.form import Form

CODE = "{agency}-{day:%y%m%d}-{ordinal:04d}"
"""Dossier code (art. 28): agency with authority, day of reception, ordinal in the day. The decree fixes the parts;
their order and width follow practice (assumed)."""

CODE_SHAPE = re.compile(r"^[0-9A-Z.]{2,35}-\d{6}-\d{4,6}$")

TRANSITIONS: dict[str, dict[str, str]] = {
    "submitted": {
        "accept": "accepted",
        "reject": "rejected",
        "ask_supplement": "supplement",
        "claim": "submitted",
        "transfer": "submitted",
        "assign": "submitted",
        "withdraw": "stopped",
    },
    "accepted": {
        "claim": "in_process",
        "transfer": "accepted",
        "assign": "accepted",
        "direct": "accepted",
        "apologise": "accepted",
        "ask_duty": "duty",
        "repeat": "in_process",
        "send_back": "in_process",
        "ask_supplement": "supplement",
        "draft_result": "in_process",
        "propose": "in_process",
        "refuse": "refused",
        "record_outcome": "in_process",
        "withdraw": "stopped",
    },
    "in_process": {
        "claim": "in_process",
        "transfer": "in_process",
        "assign": "in_process",
        "direct": "in_process",
        "apologise": "in_process",
        "ask_duty": "duty",
        "repeat": "in_process",
        "ask_supplement": "supplement",
        "draft_result": "in_process",
        "propose": "in_process",
        "send_back": "in_process",
        "sign": "in_process",
        "issue": "in_process",
        "record_outcome": "in_process",
        "resolve": "resolved",
        "refuse": "refused",
        "withdraw": "stopped",
    },
    "duty": {"confirm_duty": "in_process", "withdraw": "stopped"},
    "supplement": {"complete": "submitted", "supply": "in_process", "withdraw": "stopped", "close": "closed"},
    "resolved": {"hand_result": "returned"},
    "refused": {"hand_result": "returned"},
    "rejected": {"give_back": "rejected", "settle": "rejected"},
    "stopped": {"give_back": "stopped", "settle": "stopped"},
    "closed": {"give_back": "closed", "settle": "closed"},
}
"""What may happen next, by state: act -> state after (art. 17 to 23). A state without a row is an end."""

ENDED = frozenset({"rejected", "stopped", "closed"})
"""States that end a dossier without anything decided on it: papers and money go back, no result does."""

DECLARED: dict[Act, str] = {
    Act.ACCEPT: "accept",
    Act.REJECT: "reject",
    Act.ASK_SUPPLEMENT: "ask_supplement",
    Act.REFUSE: "refuse",
    Act.TRANSFER: "transfer",
    Act.PROPOSE: "propose",
    Act.DRAFT_RESULT: "draft_result",
    Act.SEND_BACK: "send_back",
    Act.SIGN: "sign",
    Act.ISSUE: "issue",
    Act.RECORD_OUTCOME: "record_outcome",
    Act.HAND_BACK: "hand_result",
    Act.CONSULT: "direct",
    Act.ASK_DUTY: "ask_duty",
    Act.APOLOGISE: "apologise",
    Act.REPEAT: "repeat",
}
"""The acts a release's step may declare, by the verb that does each."""

WITHIN_ANY_STEP = frozenset({"claim", "transfer", "direct"})
"""What a post may do with its open work whatever the step declares."""

FOLLOWS = {"confirm_duty": Act.ASK_DUTY, "give_back": Act.HAND_BACK, "settle": Act.HAND_BACK}
"""What a step lets its post do because of another act it declares: who asked for the duty takes in that it was done;
who hands results over gives back what a dossier without one left behind."""


def step_allows(declared: Collection[Act], act: str) -> bool:
    """Whether a step that declares these acts lets its post do `act`."""
    begun = FOLLOWS.get(act)
    return act in WITHIN_ANY_STEP or begun in declared or act in {DECLARED.get(one) for one in declared}


def answer_act(*, accepted: bool) -> str:
    """What answering a supplement is: after acceptance it sets the work going again, before it the dossier is looked at
    anew and no time limit has begun (art. 17.1c, 17.2, 19.5)."""
    return "supply" if accepted else "complete"


def may(state: str, act: str) -> bool:
    return act in TRANSITIONS.get(state, {})


def after(state: str, act: str) -> str:
    """The state after `act`. Raises KeyError where the table does not allow it."""
    return TRANSITIONS[state][act]


def dossier_code(agency: str, day: date, ordinal: int) -> str:
    """`H44.01.02-261122-0007`."""
    return CODE.format(agency=agency, day=day, ordinal=ordinal)


def code_book(agency: str, day: date) -> str:
    """The book whose numbers are the ordinals of one agency's dossiers in one day."""
    return f"dossier:{agency}:{day:%y%m%d}"


@dataclass(frozen=True, slots=True)
class FilingFault:
    """One thing that keeps a dossier from being filed.

    `what`: `answer` (`key` the question, `fault` what the form finds wrong), `paper` (`key` the paper not handed in),
    `return_by` (nobody said how the result is wanted), `undecided` (a fee has no amount yet), `cash` (`amount` đồng is
    what is to pay, and another sum was given).
    """

    what: str
    key: str = ""
    fault: Fault | None = None
    amount: int = 0


WAYS_BACK = frozenset({"online", "centre", "post"})
"""How a result may be wanted (art. 22)."""


def filing_faults(release: Release, filled: Filled, given: Collection[str], return_by: str) -> tuple[FilingFault, ...]:
    """Everything that keeps a dossier from being filed (art. 17.1), the same at the counter and online.

    `filled`: the answers with what the form finds wrong in them; `given`: the papers handed in, by key.
    """
    answers = filled.answers
    needed = release.papers_for(release.case_for(answers), answers)
    missing = [paper.key for paper in needed if paper.required and not paper.declaration and paper.key not in given]
    return (
        *(FilingFault("answer", fault.question, fault) for fault in filled.faults),
        *(FilingFault("paper", key) for key in missing),
        *([] if return_by in WAYS_BACK else [FilingFault("return_by")]),
    )


def cash_fault(total: int | None, cash: int) -> FilingFault | None:
    """What is wrong with the cash at the counter: proof of payment comes with the dossier (art. 24).

    `total` is what the dossier costs, None while the provincial council's amount is not known.
    """
    if total is None:
        return FilingFault("undecided")
    return FilingFault("cash", amount=total) if cash != total else None


IDENTIFYING = frozenset(
    {
        "applicant.full_name",
        "applicant.birth_date",
        "applicant.personal_number",
        "organisation.name",
        "organisation.tax_code",
    }
)
"""What tells one applicant from another, by the names under which a form takes it over from the record."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question about the applicant that is answered otherwise than their record says."""

    question: str
    answered: str
    kept: str


def disagreements(form: Form, answers: Answers, known: Answers) -> tuple[Disagreement, ...]:
    """Where the answers and the applicant's record tell of two people, or of one written down wrongly.

    `known` is what the record would answer, by question. A birth year alone agrees with a whole date of that year.
    """
    asked = [question.key for question in form.questions() if question.prefill in IDENTIFYING]
    pairs = [(key, str(answers[key]), str(known[key])) for key in asked if answers.get(key) and known.get(key)]
    return tuple(Disagreement(key, said, kept) for key, said, kept in pairs if not _agree(said, kept))


def _agree(said: str, kept: str) -> bool:
    one, other = ("".join(text.split()).casefold() for text in (said, kept))
    short, long = sorted((one, other), key=len)
    return one == other or (_DATE.match(long) is not None and long.startswith(f"{short}-"))


_DATE = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")
