"""What a single answer must satisfy beyond its type, and what answers must satisfy together.

A date known only to the year fails a check only when no day of that year could pass it.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tinhso.core.text import fold
from tinhso.foundation.forms.rules.conditions import Answers
from tinhso.foundation.forms.rules.dates import add_years, show_date, span
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.form import (
    Ahead,
    Check,
    Different,
    NotBefore,
    NotMore,
    NotWhen,
    NumberFits,
    OfAge,
    OlderBy,
    OneAmong,
    OneGiven,
    Question,
    QuestionType,
    Same,
    Within,
    YoungerThan,
    unless_of,
    when_of,
)
from tinhso.foundation.forms.rules.numbers import PersonalNumber


def check_answer(question: Question, value: Any, facts: Facts) -> Fault | None:
    """The first bound of its own that a cleaned value breaks."""
    if question.type is QuestionType.DATE:
        return _check_date(question, value, facts)
    if isinstance(value, str) and question.type is not QuestionType.AREA:
        size, unit = Decimal(len(value)), "length"
    elif isinstance(value, list):
        size, unit = Decimal(len(value)), "choices"
    elif isinstance(value, bool | dict):
        return None
    else:
        size, unit = Decimal(str(value)), "number"
    if question.at_least is not None and size < question.at_least:
        return Fault(question.key, f"{unit}_at_least", {"least": question.at_least}, question.why)
    if question.at_most is not None and size > question.at_most:
        return Fault(question.key, f"{unit}_at_most", {"most": question.at_most}, question.why)
    return None


def check_together(check: Check, answers: Answers, facts: Facts) -> Fault | None:
    """The fault of a cross-check, put at its first question; none while an answer is missing."""
    values: list[Any] = [answers.get(key) for key in check.uses()]
    if isinstance(check, OneGiven):
        return Fault(check.question, "one_given", {"than": check.than}, check.why) if values == [None, None] else None
    if answers.get(unless_of(check)) or ((when := when_of(check)) and not when.holds(answers)):
        return None
    if isinstance(check, NotWhen):
        return _unless_said(check.unless, Fault(check.question, "not_when", {}, check.why))
    if isinstance(check, OneAmong):
        return _among(check, answers)
    if isinstance(check, OfAge):
        return _of_age(check, answers, facts)
    if values[0] is None or (not isinstance(check, NumberFits) and None in values):
        return None
    match check:
        case OlderBy(question, than, years, why):
            if add_years(span(values[0])[0], years) > span(values[1])[1]:
                return Fault(question, "older_by", {"than": than, "years": years}, why)
        case YoungerThan(question, years, why):
            if add_years(span(values[0])[1], years) <= facts.today:
                return Fault(question, "age_under", {"years": years}, why)
        case NotBefore(question, than, unless, why):
            if span(values[0])[1] < span(values[1])[0]:
                return _unless_said(unless, Fault(question, "not_before", {"than": than}, why))
        case Within(question, days, unless, why):
            if span(values[0])[1] + timedelta(days=days) < facts.today:
                return _unless_said(unless, Fault(question, "long_ago", {"days": days}, why))
        case NotMore(question, than, why):
            if Decimal(str(values[0])) > Decimal(str(values[1])):
                return Fault(question, "not_more", {"than": than}, why)
        case Ahead(question, days, why):
            if span(values[0])[0] > facts.today + timedelta(days=days):
                return Fault(question, "too_far_ahead", {"days": days}, why)
        case Different(question, than, why=why):
            if all(_same(one, other) for one, other in zip(values[::2], values[1::2], strict=True)):
                return Fault(question, "different", {"than": than}, why)
        case Same(question, than, why=why):
            if not _same(values[0], values[1]):
                return Fault(question, "same", {"than": than}, why)
        case NumberFits():
            return _number_fits(check, answers)
    return None


def _same(one: Any, other: Any) -> bool:
    """Whether two answers are the same; marks count (Tài is not Tại), capitals do not."""
    return one.casefold() == other.casefold() if isinstance(one, str) and isinstance(other, str) else bool(one == other)


def _alike(one: Any, other: Any) -> bool:
    """Whether two answers say the same, marks or not: `viet nam` is Việt Nam."""
    return fold(one) == fold(other) if isinstance(one, str) and isinstance(other, str) else bool(one == other)


def _among(check: OneAmong, answers: Answers) -> Fault | None:
    value = answers.get(check.question)
    known = {key: answers[key] for key in check.among if answers.get(key) is not None}
    if value is None or not known or any(_alike(value, other) for other in known.values()):
        return None
    keys = list(known)
    if len(keys) == 1:
        return Fault(check.question, "same", {"than": keys[0]}, check.why)
    return Fault(check.question, "one_among", {"than": keys[0], "or_than": keys[-1]}, check.why)


def _of_age(check: OfAge, answers: Answers, facts: Facts) -> Fault | None:
    born, told = answers.get(check.born), answers.get(check.at)
    if born is None:
        return None
    day = span(told)[1] if told else facts.today
    if add_years(span(born)[0], check.years) <= day:
        return None
    params = {"than": check.born, "years": check.years, "day": show_date(day.isoformat())}
    return Fault(check.question, "not_of_age", params, check.why)


def _unless_said(unless: str, fault: Fault) -> Fault:
    """The fault as one that the person may confirm away, where there is a statement for it."""
    if not unless:
        return fault
    return Fault(fault.question, f"{fault.code}_unless", {**fault.params, "unless": unless}, fault.why)


def _check_date(question: Question, value: str, facts: Facts) -> Fault | None:
    first, last = span(value)
    if question.past and first > facts.today:
        return Fault(question.key, "date_in_future", {}, question.why)
    if question.future and last < facts.today:
        return Fault(question.key, "date_in_past", {}, question.why)
    if question.age_under is not None and add_years(last, question.age_under) <= facts.today:
        return Fault(question.key, "age_under", {"years": question.age_under}, question.why)
    if question.age_over is not None and add_years(first, question.age_over) > facts.today:
        return Fault(question.key, "age_over", {"years": question.age_over}, question.why)
    return None


def _number_fits(check: NumberFits, answers: Answers) -> Fault | None:
    number = PersonalNumber(str(answers[check.question]))
    sex = answers.get(check.sex_question) if check.sex_question else check.sex
    said = {"digit": number.digits[3], "says_sex": number.sex, "says_year": number.birth_year}
    if sex in ("nam", "nu") and sex != number.sex:
        if check.sex_question:
            return Fault(check.question, "personal_number_sex", said | {"sex": sex, "than": check.sex_question})
        return Fault(check.question, "personal_number_other", said | {"sex": sex})
    born = answers.get(check.born) if check.born else None
    if born is not None and int(str(born)[:4]) != number.birth_year:
        said |= {"year": int(str(born)[:4]), "digits": number.digits[4:6], "than": check.born}
        return Fault(check.question, "personal_number_year", said)
    return None
