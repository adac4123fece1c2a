"""Between a declared form and a page of HTML: which control asks a question, under which names its answer comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tinhso.core.text import fold
from tinhso.core.web.tags.words import translated
from tinhso.foundation.forms.controls import WIDTHS, control_name
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.form import Form, Page, Question, QuestionType
from tinhso.foundation.forms.rules.values import posted_from
from tinhso.foundation.forms.words import say_fault

RADIOS = 7
"""More options than this are a list to choose from, not radio buttons."""

_TEXTS = {
    QuestionType.LONG_TEXT: "textarea",
    QuestionType.PHONE: "phone",
    QuestionType.EMAIL: "email",
    QuestionType.PERSONAL_NUMBER: "number",
    QuestionType.TAX_CODE: "number",
    QuestionType.NUMBER: "number",
    QuestionType.MONEY: "money",
    QuestionType.YEAR: "number",
    QuestionType.AREA: "text",
}


@dataclass(frozen=True, slots=True)
class Control:
    """How one question is drawn; `part` chooses the branch of the template."""

    part: str
    question: Question
    kind: str = "text"
    width: int | str = ""
    suffix: str = ""
    autocomplete: str = ""
    options: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    optional: bool = False

    @property
    def name(self) -> str:
        return self.question.key

    @property
    def commune_name(self) -> str:
        return f"{self.name}.commune" if self.question.type is QuestionType.PLACE else self.name

    @property
    def commune_hint(self) -> str:
        if self.question.anywhere:
            return _("Gõ vài chữ của tên rồi chọn. Ngoài tỉnh thì ghi cả tên tỉnh: Phường Cửa Nam, Hà Nội.")
        return _("Gõ vài chữ của tên rồi chọn.")

    @property
    def place_options(self) -> tuple[tuple[str, str], ...]:
        """The places that sound alike; none is chosen beforehand, and leaving it open lets the person type again."""
        return (("", _("Chọn một nơi; để trống nếu muốn gõ lại")), *self.places)

    @property
    def detail_name(self) -> str:
        return f"{self.name}.detail"


def controls(form: Form, page: Page, faults: Sequence[Fault], facts: Facts, values: Mapping[str, Any]) -> list[Control]:
    """The controls of a page. A place that was not found is asked again as a choice among those that sound alike;
    what only confirms something unusual is asked once a fault asks for it, or it was ticked."""
    unknown = {f.question: str(f.params["text"]) for f in faults if f.code.startswith("place_unknown")}
    wanted = {str(fault.params.get("unless")) for fault in faults}
    unasked = {key for key in form.confirmations() - wanted if values.get(key) not in ("yes", "on")}
    drawn = [_control(q, _alike(unknown.get(q.key, ""), facts)) for q in page.questions if q.key not in unasked]
    needed = form.alternatives()
    return [replace(c, optional=not c.question.required and c.name not in needed) for c in drawn]


def shown_values(page: Page, answers: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """What the controls show for cleaned answers."""
    values: dict[str, Any] = {}
    for question in page.questions:
        for name, texts in posted_from(question, answers.get(question.key)).items():
            values[_shown_name(question, name)] = texts if question.type is QuestionType.CHOICES else texts[0]
        if question.type in (QuestionType.PLACE, QuestionType.COMMUNE):
            name = control_name(question)
            if name in values:
                values[name] = facts.communes.get(values[name], values[name])
    return values


def typed_values(page: Page, typed: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the controls show for what was typed, right or wrong."""
    several = {question.key for question in page.questions if question.type is QuestionType.CHOICES}
    return {name: texts if name in several else texts[0] for name, texts in typed.items() if texts}


def as_posted(page: Page, typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What a browser sent, under the names the form's rules read."""
    posted = dict(typed)
    for question in page.questions:
        if question.type is QuestionType.DATE:
            for part in ("day", "month", "year"):
                if f"{question.key}_{part}" in typed:
                    posted[f"{question.key}.{part}"] = typed[f"{question.key}_{part}"]
        elif question.type is QuestionType.STATEMENT and posted.get(question.key) == ["on"]:
            posted[question.key] = ["yes"]
    return posted


def said_faults(page: Page, faults: Sequence[Fault], form: Form, language: str) -> dict[str, str]:
    """Faults by the control that the summary leads to, in the page's order."""
    said: dict[str, str] = {}
    for question in page.questions:
        for fault in faults:
            if fault.question == question.key:
                said.setdefault(
                    control_name(question), say_fault(fault, form, "en" if language == "en" else "vi", translated)
                )
    return said


def named_faults(page: Page, faults: Sequence[Fault], form: Form, language: str) -> dict[str, str]:
    """The same for the summary above the page, where each line must name its question and be short."""
    short = [replace(fault, why="") for fault in faults]
    titles = {question.key: translated(question.title) for question in page.questions}
    named = {}
    for name, fault in said_faults(page, short, form, language).items():
        title = titles[name.removesuffix(".commune")]
        named[name] = fault if f"“{title}" in fault else f"{title}: {fault[0].lower()}{fault[1:]}"
    return named


def _control(question: Question, places: tuple[tuple[str, str], ...]) -> Control:
    match question.type:
        case QuestionType.DATE:
            return Control("date", question)
        case QuestionType.PLACE | QuestionType.COMMUNE:
            return Control(question.type.value, question, places=places)
        case QuestionType.STATEMENT:
            return Control("statement", question)
        case QuestionType.YES_NO:
            return Control("yes_no", question, options=(("yes", _("Có")), ("no", _("Không"))))
        case QuestionType.CHOICES:
            return Control("choices", question, kind="checkbox", options=_options(question))
        case QuestionType.CHOICE if len(question.options) <= RADIOS:
            return Control("choices", question, kind="radio", options=_options(question))
        case QuestionType.CHOICE:
            return Control("select", question, options=(("", _("Chọn một mục")), *_options(question, notes=False)))
    suffix = "m²" if question.type is QuestionType.AREA else translated(question.unit)
    kind = _TEXTS.get(question.type, "text")
    autocomplete = "name" if question.prefill == "applicant.full_name" else ""
    return Control("text", question, kind, WIDTHS.get(question.type, ""), suffix, autocomplete)


def _options(question: Question, notes: bool = True) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (o.key, translated(o.title), translated(o.note)) if notes and o.note else (o.key, translated(o.title))
        for o in question.options
    )


def _alike(text: str, facts: Facts) -> tuple[tuple[str, str], ...]:
    """Communes whose name holds what was typed (without "xã", "phường"), or shares its longest word."""
    words = [word for word in fold(text).split() if word not in ("xa", "phuong", "dac", "khu", "tinh")]
    if not words:
        return ()
    named = [(code, name, fold(name)) for code, name in facts.communes.items()]
    found = [(c, n) for c, n, folded in named if all(word in folded for word in words)]
    longest = max(words, key=len)
    found = found or [(c, n) for c, n, folded in named if longest in folded.split()]
    return tuple(found[:12])


def _shown_name(question: Question, name: str) -> str:
    if question.type is QuestionType.DATE:
        return f"{question.key}_{name.removeprefix(f'{question.key}.')}"
    return name
