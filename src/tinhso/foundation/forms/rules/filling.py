"""Walking through a form: pages shown, one page's answers, the whole, the check before filing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.core.money import format_dong, group_digits
from tinhso.core.privacy import Class
from tinhso.foundation.forms.rules.checks import check_answer, check_together
from tinhso.foundation.forms.rules.conditions import Answers
from tinhso.foundation.forms.rules.dates import show_date
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.form import (
    Form,
    Offer,
    OneGiven,
    Page,
    Question,
    QuestionType,
    Say,
    told_at,
    unless_of,
)
from tinhso.foundation.forms.rules.values import Posted, clean, posted_from


@dataclass(frozen=True)
class Filled:
    """Cleaned answers and what is still wrong, in the form's order."""

    answers: dict[str, Any]
    faults: tuple[Fault, ...]

    @property
    def good(self) -> bool:
        return not self.faults


def shown_pages(form: Form, answers: Answers) -> tuple[Page, ...]:
    """The pages for these answers. An answer on a page that is not shown counts for nothing."""
    shown: list[Page] = []
    visible: dict[str, Any] = {}
    for page in form.pages:
        if page.show_if is None or page.show_if.holds(visible):
            shown.append(page)
            visible |= {q.key: answers[q.key] for q in page.questions if answers.get(q.key) is not None}
    return tuple(shown)


def visible_answers(form: Form, answers: Answers) -> dict[str, Any]:
    """Only what was asked: answers of pages that a changed mind has hidden are dropped."""
    keys = [question.key for page in shown_pages(form, answers) for question in page.questions]
    return {key: answers[key] for key in keys if answers.get(key) is not None}


def next_page(form: Form, page: Page, answers: Answers) -> Page | None:
    """The page after `page`, or None when the answers are to be checked."""
    after = form.pages.index(page) + 1
    later = set(form.pages[after:])
    return next((shown for shown in shown_pages(form, answers) if shown in later), None)


def fill_page(form: Form, page: Page, posted: Posted, facts: Facts, answers: Answers) -> Filled:
    """One page's posted fields against the answers so far: the new answers (good ones kept) and faults."""
    kept = {key: value for key, value in answers.items() if key not in {q.key for q in page.questions}}
    faults: list[Fault] = []
    for question in page.questions:
        value, fault = clean(question, posted, facts)
        fault = fault or (check_answer(question, value, facts) if value is not None else None)
        if fault:
            faults.append(fault)
        elif value is not None:
            kept[question.key] = value
    here = {question.key for question in page.questions}
    faults += _together(form, visible_answers(form, kept), here - {fault.question for fault in faults}, facts)
    return Filled(kept, tuple(faults))


def fill_form(form: Form, posted: Posted, facts: Facts) -> Filled:
    """Everything at once, as the API and the counter's single screen post it: page after page, so that a page
    is judged only when the ones before it show it."""
    answers: dict[str, Any] = {}
    faults: dict[tuple[str, str], Fault] = {}
    for page in form.pages:
        if page in shown_pages(form, answers):
            filled = fill_page(form, page, posted, facts, answers)
            answers = filled.answers
            faults |= {(fault.question, fault.code): fault for fault in filled.faults}
    return Filled(answers, tuple(faults.values()))


def check_answers(form: Form, answers: Answers, facts: Facts) -> Filled:
    """Cleaned answers judged again as a whole before they are filed: none missing, none out of date."""
    posted: dict[str, list[str]] = {}
    for question in form.questions():
        posted |= posted_from(question, answers.get(question.key))
    return fill_form(form, posted, facts)


def prefill(form: Form, sources: Mapping[str, Any], facts: Facts, answers: Answers | None = None) -> dict[str, Any]:
    """Answers offered before the person types: cleaned values by question, from `applicant.full_name` and the
    like, else as the question's `offers` say, by what was answered so far. They are offered, not taken: the page
    still asks. What the question would not accept is left out."""
    offered: dict[str, Any] = {}
    for question in form.questions():
        said = {**offered, **(answers or {})}
        for posted in _offers(form, question, sources, said):
            value, fault = clean(question, posted, facts)
            if value is not None and fault is None:
                offered[question.key] = value
                break
    return offered


def _offers(form: Form, question: Question, sources: Mapping[str, Any], said: Answers) -> Iterator[Posted]:
    """What a browser would post for each offer that holds, best first."""
    if question.prefill:
        yield posted_from(question, sources.get(question.prefill))
    for offer in question.offers:
        if offer.when is None or offer.when.holds(said):
            yield {question.key: [offer.value]} if offer.value else _as_before(form, question, offer, said)


def _as_before(form: Form, question: Question, offer: Offer, said: Answers) -> Posted:
    before = form.question(offer.same_as)
    value = said.get(before.key)
    if before.type is QuestionType.PLACE and question.type is QuestionType.COMMUNE and value is not None:
        value = value["commune"]
    return posted_from(question, value)


CONFIRMED = "Người khai đã xác nhận"
"""Said of an unusual answer that was taken because the person confirmed it: who decides looks at it with care."""


@dataclass(frozen=True)
class SummaryRow:
    """One line of "check your answers": the page to go back to, the question's key and title, the answer in words."""

    page: str
    key: str
    title: str
    value: str
    privacy: Class


def summary(form: Form, answers: Answers, communes: Mapping[str, str], say: Say = str) -> tuple[SummaryRow, ...]:
    """Every shown question with its answer in words; unanswered ones with an empty value, except what is asked only
    when something unusual was said.

    `say` gives the form's own words (titles, options, units) in the reader's language; what was typed stays.
    """
    unasked = form.confirmations()
    return tuple(
        SummaryRow(
            page.key,
            q.key,
            say(q.title),
            say(CONFIRMED) if q.key in unasked else say_value(q, answers.get(q.key), communes, say),
            q.privacy,
        )
        for page in shown_pages(form, answers)
        for q in page.questions
        if q.key not in unasked or answers.get(q.key) is not None
    )


def say_value(question: Question, value: Any, communes: Mapping[str, str], say: Say = str) -> str:
    """A cleaned value as a Vietnamese reader writes it, the form's own words through `say`."""
    if value is None:
        return ""
    match question.type:
        case QuestionType.DATE:
            return show_date(str(value))
        case QuestionType.CHOICE:
            return say(_title(question, str(value)))
        case QuestionType.CHOICES:
            return "; ".join(say(_title(question, str(part))) for part in value)
        case QuestionType.YES_NO:
            return say("Có" if value else "Không")
        case QuestionType.STATEMENT:
            return say("Tôi cam đoan")
        case QuestionType.MONEY:
            return format_dong(int(value))
        case QuestionType.NUMBER:
            return f"{group_digits(int(value))} {say(question.unit)}".strip()
        case QuestionType.AREA:
            whole, _, rest = str(value).partition(".")
            return f"{group_digits(int(whole))}{',' + rest if rest else ''} m²"
        case QuestionType.COMMUNE:
            return communes.get(str(value), str(value))
        case QuestionType.PLACE:
            commune = communes.get(value.get("commune", ""), value.get("commune", ""))
            return ", ".join(part for part in (value.get("detail", ""), commune) if part)
    return str(value)


def _title(question: Question, key: str) -> str:
    option = question.option(key)
    return option.title if option else key


def _together(form: Form, answers: Answers, here: set[str], facts: Facts) -> Iterator[Fault]:
    """Cross-checks that an answer on this page completes; a fault is told where the person is."""
    for check in form.checks:
        mine = [key for key in told_at(check) if key in here]
        if (unless := unless_of(check)) and unless not in here:
            continue  # asked where it can be confirmed
        if isinstance(check, OneGiven) and len(mine) < len(check.uses()):
            continue  # one was given, wrongly: that is told already
        fault = check_together(check, answers, facts) if mine else None
        if fault:
            where = fault.question if fault.question in here else mine[0]
            yield Fault(where, fault.code, {"of": check.question, **fault.params}, fault.why)
