"""What an officer adds to a result, held against what the dossier says: the child's number is the child's. Pure.

Declared by the result's code in the national catalogue, so that dossiers under every release are held to it, those
published before too. How a personal number is built: foundation/forms/rules/numbers.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tinhso.foundation.cases.release import Result
from tinhso.foundation.forms.rules.checks import check_together
from tinhso.foundation.forms.rules.conditions import Answers
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.form import Check, Different, Form, NumberFits, Page, QuestionType


@dataclass(frozen=True, slots=True)
class Asked:
    """`new`: asks for a number given to somebody for the first time, so nobody's of the dossier; `checks`: what an ask
    (the check's first question) must satisfy together with the dossier's answers."""

    new: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


ASKED: Final[Mapping[str, Asked]] = {
    "KQ.G15.000031": Asked(
        new=("so_dinh_danh",),
        checks=(NumberFits("so_dinh_danh", born="nks.ngay_sinh", sex_question="nks.gioi_tinh"),),
    ),
}
"""Catalogue code of a result (Giấy khai sinh) -> how its asks stand to the form's answers."""


def with_asks(form: Form, result: Result) -> Form:
    """The dossier's form with the result's asks as a last page and what holds between the two as its checks."""
    asked = ASKED.get(result.code, Asked())
    numbers = [question.key for question in form.questions() if question.type is QuestionType.PERSONAL_NUMBER]
    nobodys = (Different(ask, than=key) for ask in asked.new for key in numbers)
    page = Page(result.key, result.name, result.asks)
    return replace(form, pages=(*form.pages, page), checks=(*nobodys, *_answerable(form, asked.checks)))


def ask_faults(form: Form, answers: Answers, content: Mapping[str, Any], facts: Facts) -> tuple[Fault, ...]:
    """What of `content` does not agree with the dossier's answers; `form` as `with_asks` gives it. Of each ask the
    first: that the number is the mother's says more than that it is a woman's."""
    together = {**answers, **content}
    found: dict[str, Fault] = {}
    for check in form.checks:
        if fault := check_together(check, together, facts):
            found.setdefault(fault.question, replace(fault, params={"of": check.question, **fault.params}))
    return tuple(found.values())


def _answerable(form: Form, checks: tuple[Check, ...]) -> Iterator[Check]:
    """The checks whose questions this release's form asks: a fault is told by the question's name."""
    return (check for check in checks if all(form.has(key) for key in check.uses()[1:]))
