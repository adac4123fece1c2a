"""What every page that draws a declared form shares: how wide a control is, what it is called, what a record offers."""

from collections.abc import Mapping
from typing import Any, Final

from tinhso.foundation.forms.rules.form import Question, QuestionType
from tinhso.foundation.identity.models import Party

WIDTHS: Final[Mapping[QuestionType, int]] = {
    QuestionType.DATE: 10,
    QuestionType.PERSONAL_NUMBER: 20,
    QuestionType.TAX_CODE: 20,
    QuestionType.PHONE: 20,
    QuestionType.NUMBER: 10,
    QuestionType.MONEY: 20,
    QuestionType.YEAR: 4,
    QuestionType.AREA: 10,
}
"""Characters that the answer takes, as `{% field %}` knows them."""

SEXES: Final[Mapping[str, str]] = {"male": "nam", "female": "nu"}
"""A record's sexes as forms name them."""


def control_name(question: Question) -> str:
    """The name of a question's first control: where a fault's link leads."""
    return f"{question.key}.commune" if question.type is QuestionType.PLACE else question.key


def sources_of(party: Party | None) -> dict[str, Any]:
    """What an applicant's record offers to a form (Decree 118/2025/NĐ-CP art. 17.1b): asked still, not taken."""
    if party is None:
        return {}
    home = {"commune": party.place.code, "detail": party.address} if party.place else None
    reach = {"applicant.phone": party.phone or None, "applicant.email": party.email or None}
    if party.kind != Party.Kind.CITIZEN:
        who = {"name": party.name, "tax_code": party.number, "address": home}
        return {**{f"organisation.{name}": value for name, value in who.items()}, **reach}
    return {
        "applicant.full_name": party.name,
        "applicant.birth_date": party.birth_date.isoformat() if party.birth_date else None,
        "applicant.sex": SEXES.get(party.sex),
        "applicant.personal_number": party.number,
        "applicant.residence": home,
        **reach,
    }
