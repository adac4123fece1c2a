"""A declared question as one or two dense controls of the desk: what the template draws; posted values read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tinhso.core.web.tags.words import translated
from tinhso.foundation.forms.controls import WIDTHS
from tinhso.foundation.forms.rules.checks import check_answer
from tinhso.foundation.forms.rules.dates import show_date
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.form import Page, Question, QuestionType
from tinhso.foundation.forms.rules.values import Posted, clean, posted_from

_KINDS = {
    QuestionType.LONG_TEXT: "textarea",
    QuestionType.CHOICE: "select",
    QuestionType.PHONE: "phone",
    QuestionType.EMAIL: "email",
    QuestionType.NUMBER: "number",
    QuestionType.MONEY: "money",
    QuestionType.AREA: "number",
    QuestionType.YEAR: "number",
    QuestionType.PERSONAL_NUMBER: "number",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One labelled control: `kind` as `{% field %}` takes it, or `choices` (radios, boxes)."""

    name: str
    label: str
    kind: str
    value: Any
    error: str = ""
    hint: str = ""
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()
    width: int | str = ""
    suffix: str = ""
    list: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form on the dense screen. `shown`: its condition holds; `when` says the condition."""

    page: Page
    controls: list[Control]
    shown: bool
    when: str = ""


def controls_of(question: Question, values: Posted, error: str, communes: Mapping[str, str]) -> list[Control]:
    """The controls of one question with what was typed into them."""

    def typed(name: str) -> str:
        return (values.get(name) or [""])[0]

    key, title = question.key, translated(question.title)
    base: dict[str, Any] = {"hint": translated(question.hint), "optional": not question.required}
    options: tuple[tuple[str, str], ...]
    match question.type:
        case QuestionType.PLACE:
            commune = typed(f"{key}.commune")
            shown = communes.get(commune, commune)
            place = Control(
                f"{key}.commune",
                _("%(question)s: xã, phường") % {"question": title},
                "text",
                shown,
                error,
                list="communes",
                **base,
            )
            detail = Control(f"{key}.detail", _("Số nhà, đường, thôn"), "text", typed(f"{key}.detail"), optional=True)
            return [place, detail]
        case QuestionType.COMMUNE:
            shown = communes.get(typed(key), typed(key))
            return [Control(key, title, "text", shown, error, list="communes", **base)]
        case QuestionType.YES_NO:
            options = (("yes", _("Có")), ("no", _("Không")))
            return [Control(key, title, "choices", typed(key), error, options=options, **base)]
        case QuestionType.STATEMENT:
            options = (("yes", title),)
            return [
                Control(key, _("Cam đoan"), "choices", values.get(key), error, options=options, several=True, **base)
            ]
        case QuestionType.CHOICES:
            options = tuple((option.key, translated(option.title)) for option in question.options)
            return [Control(key, title, "choices", values.get(key), error, options=options, several=True, **base)]
        case QuestionType.CHOICE:
            options = (("", _("Chọn…")), *((option.key, translated(option.title)) for option in question.options))
            return [Control(key, title, "select", typed(key), error, options=options, **base)]
        case QuestionType.DATE:
            base["hint"] = base["hint"] or (
                _("Ngày/tháng/năm, hoặc chỉ năm.") if question.partial else _("Ngày/tháng/năm.")
            )
            return [Control(key, title, "text", _date(key, values), error, width=WIDTHS[question.type], **base)]
    suffix = "m²" if question.type is QuestionType.AREA else translated(question.unit)
    kind, width = _KINDS.get(question.type, "text"), WIDTHS.get(question.type, "")
    return [Control(key, title, kind, typed(key), error, width=width, suffix=suffix, **base)]


def posted_values(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a browser would post to mean these answers."""
    posted: dict[str, list[str]] = {}
    for question in questions:
        posted |= posted_from(question, answers.get(question.key))
    return posted


def under(prefix: str, question: Question) -> Question:
    """The same question under a longer name, so that two results may both ask for a number."""
    return replace(question, key=f"{prefix}.{question.key}")


def read_answers(questions: Iterable[Question], posted: Posted, facts: Facts) -> tuple[dict[str, Any], list[Fault]]:
    """Cleaned answers of loose questions (those of a result), and what is wrong with the others."""
    answers: dict[str, Any] = {}
    faults: list[Fault] = []
    for question in questions:
        value, fault = clean(question, posted, facts)
        fault = fault or (check_answer(question, value, facts) if value is not None else None)
        if fault:
            faults.append(fault)
        elif value is not None:
            answers[question.key] = value
    return answers, faults


def _date(key: str, values: Posted) -> str:
    """What was typed in one line; else the three parts of a kept answer."""
    if typed := (values.get(key) or [""])[0]:
        return typed
    parts = [(values.get(f"{key}.{part}") or [""])[0] for part in ("year", "month", "day")]
    return show_date("-".join(part for part in parts if part)) if parts[0] else ""
