"""The law of a dossier's states, and its code. Pure; sources are Decree 118/2025/NĐ-CP unless said."""

import re
from collections.abc import Collection
from datetime import date

from tinhso.foundation.cases.release import Act

CODE = "{agency}-{day:%y%m%d}-{ordinal:04d}"
"""Dossier code (art. 28): agency with authority, day of reception, ordinal in the day. The decree fixes the parts;
their order and width follow practice (assumed)."""

CODE_SHAPE = re.compile(r"^[0-9A-Z.]{2,35}-\d{6}-\d{4,6}$")

FIRST_REPLY_HOURS = 8
"""Working hours to accept, redirect or ask about what was filed online (art. 17.2; read)."""

HAND_OVER_DAYS = 1
"""Working days for a centre to make a result ready to be handed over (assumed)."""

ASK_WITHIN_DAYS = 3
"""Working days after reception within which a supplement may be asked for (art. 19.5; read)."""

CLOSE_AFTER_DAYS = 15
"""Days without the supplement after which a dossier is closed (art. 19.5; read)."""

TRANSITIONS: dict[str, dict[str, str]] = {
    "submitted": {
        "accept": "accepted",
        "reject": "rejected",
        "claim": "submitted",
        "transfer": "submitted",
        "withdraw": "stopped",
    },
    "accepted": {
        "claim": "in_process",
        "transfer": "accepted",
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
    "supplement": {"supply": "in_process", "withdraw": "stopped", "close": "closed"},
    "resolved": {"hand_result": "returned"},
    "refused": {"hand_result": "returned"},
    "rejected": {"hand_result": "rejected"},
    "stopped": {"hand_result": "stopped"},
    "closed": {"hand_result": "closed"},
}
"""What may happen next, by state: act -> state after (art. 17 to 23). A state without a row is an end."""


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
}
"""The acts a release's step may declare, by the verb that does each. Consultation, tax duty and apology come later."""

WITHIN_ANY_STEP = frozenset({"claim", "transfer"})
"""What a post may do with its open work whatever the step declares."""


def step_allows(declared: Collection[Act], act: str) -> bool:
    """Whether a step that declares these acts lets its post do `act`."""
    return act in WITHIN_ANY_STEP or act in {DECLARED.get(one) for one in declared}


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
