"""What a person has to look at: one field, why, and the words of the page that made us stop."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a reading was withheld, or why a reading that was kept deserves a look."""

    MISSING = "missing"
    NOT_TEXT = "not_text"
    UNKNOWN_SHAPE = "unknown_shape"
    UNKNOWN_VALUE = "unknown_value"
    FIELD_BLED = "field_bled"
    MAYBE_CUT = "maybe_cut"
    SPLIT_UNSURE = "split_unsure"

    LIMIT_MISSING = "limit_missing"
    LIMIT_WITHOUT_UNIT = "limit_without_unit"
    LIMIT_IN_WORDS = "limit_in_words"
    LIMIT_UNIT_DISPUTED = "limit_unit_disputed"
    LIMIT_DIFFERS_BY_CHANNEL = "limit_differs_by_channel"
    LIMIT_NOT_IN_TEXT = "limit_not_in_text"
    LIMIT_BY_CASE = "limit_by_case"
    LIMIT_ONE_OF_SEVERAL = "limit_one_of_several"
    LIMIT_WITHIN_DAY = "limit_within_day"
    LIMIT_LONGER_NAMED = "limit_longer_named"
    SEVERAL_ROWS = "several_rows"

    FEE_MISSING = "fee_missing"
    FEE_TOO_SMALL = "fee_too_small"
    FEE_FOREIGN = "fee_foreign"
    FEE_GLUED_TO_LIMIT = "fee_glued_to_limit"
    FEE_NOT_IN_TEXT = "fee_not_in_text"
    FEE_SEVERAL_AMOUNTS = "fee_several_amounts"
    FEE_VARIES = "fee_varies"
    FEE_BY_OTHER_TEXT = "fee_by_other_text"
    FEE_BY_COUNCIL = "fee_by_council"
    FREE_WITH_CONDITIONS = "free_with_conditions"
    FREE_BUT_ELSEWHERE = "free_but_elsewhere"
    FREE_UNCONFIRMED = "free_unconfirmed"
    FEE_HAS_EXEMPTIONS = "fee_has_exemptions"
    BRACKET_OPEN = "bracket_open"

    COUNT_UNSURE = "count_unsure"
    COUNT_ZERO = "count_zero"
    COUNT_DISPUTED = "count_disputed"
    FORM_FILE_UNSURE = "form_file_unsure"
    PAPERS_MAYBE_MERGED = "papers_maybe_merged"
    PAPER_IS_HEADING = "paper_is_heading"

    RESULT_CODE_UNKNOWN = "result_code_unknown"
    RESULT_WITHOUT_CODE = "result_without_code"
    LEGAL_NUMBER_UNSURE = "legal_number_unsure"


KEPT = frozenset(
    {
        Reason.LIMIT_ONE_OF_SEVERAL,
        Reason.SEVERAL_ROWS,
        Reason.FREE_UNCONFIRMED,
        Reason.FEE_HAS_EXEMPTIONS,
        Reason.PAPERS_MAYBE_MERGED,
        Reason.PAPER_IS_HEADING,
        Reason.MAYBE_CUT,
    }
)
"""Reasons that keep the reading: the page says so, but the page may not be the whole story."""


def withholds(reason: Reason | None) -> bool:
    """True when a value is left empty for this reason."""
    return reason is not None and reason not in KEPT


@dataclass(frozen=True, slots=True)
class Review:
    """One doubt. `field` is a dotted name (`channels.fee`); `position` counts rows of that field from 0.

    `text` is the whole passage that was doubted: a later reading with the same passage raises the same doubt.
    """

    field: str
    reason: Reason
    text: str
    position: int | None = None

    @property
    def excerpt(self) -> str:
        """`text`, cut to a length a list can show."""
        return cut(self.text)

    @property
    def withheld(self) -> bool:
        """True when the value was left empty because of this doubt."""
        return withholds(self.reason)


EXCERPT_LENGTH = 300


def cut(text: str) -> str:
    """At most `EXCERPT_LENGTH` characters."""
    return text if len(text) <= EXCERPT_LENGTH else text[: EXCERPT_LENGTH - 1] + "…"
