"""A declared form: pages of questions, one thing per page, as immutable data.

Texts are the Vietnamese source strings; other languages are catalogues keyed by them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tinhso.core.privacy import Class
from tinhso.foundation.forms.reading import Faults, refuse
from tinhso.foundation.forms.rules.conditions import Condition, one_of_leaves

Say = Callable[[str], str]
"""Gives one of the form's own phrases in the reader's language."""


class QuestionType(StrEnum):
    """What kind of answer is expected; the cleaned value's JSON shape stands after each."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str, lines kept
    PERSON_NAME = "person_name"  # str, NFC, single spaces
    DATE = "date"  # "2026-01-05"; with `partial` also "2026-01" and "2026"
    YEAR = "year"  # int
    CHOICE = "choice"  # key of an option
    CHOICES = "choices"  # list of keys, in the options' order
    YES_NO = "yes_no"  # bool
    PERSONAL_NUMBER = "personal_number"  # 12 digits
    TAX_CODE = "tax_code"  # 10, 12 or 10-3 digits
    PHONE = "phone"  # "0912345678" or "+84..."
    EMAIL = "email"  # str
    NUMBER = "number"  # int
    MONEY = "money"  # int, đồng
    AREA = "area"  # decimal text in m² with a dot: "120.5"
    PLACE = "place"  # {"commune": code, "detail": str}
    COMMUNE = "commune"  # code
    STATEMENT = "statement"  # True: the person commits to the text


PREFILL_SOURCES = frozenset(
    {
        "applicant.full_name",
        "applicant.birth_date",
        "applicant.sex",
        "applicant.personal_number",
        "applicant.phone",
        "applicant.email",
        "applicant.residence",
        "applicant.ethnicity",
        "applicant.religion",
        "applicant.nationality",
        "organisation.name",
        "organisation.tax_code",
        "organisation.address",
    }
)
"""What the account's registers may offer; the person confirms or changes it (Decree 118/2025 art. 17.1b)."""


@dataclass(frozen=True)
class Option:
    """One answer to choose. `note` explains it to someone who does not know the word."""

    key: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """An answer offered before the person types, where `when` holds on earlier answers: a fixed `value` as a browser
    would post it, or what was said at the earlier question `same_as` (of a place, its commune for a commune)."""

    value: str = ""
    same_as: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class Question:
    """One thing asked. `at_least` and `at_most` bound numbers, money, years, areas (m²) and text lengths;
    `past`, `future` bound dates against today; `age_under`, `age_over` bound the years since a date.
    `why` is said together with a failed bound. `offers` are tried in order when no register knows the answer. A place
    with `anywhere` may lie outside the province: it is then written out, with its province, in place of a commune's
    code."""

    key: str
    title: str
    type: QuestionType
    privacy: Class = Class.PERSONAL
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    partial: bool = False
    anywhere: bool = False
    unit: str = ""
    prefill: str = ""
    offers: tuple[Offer, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    past: bool = False
    future: bool = False
    age_under: int | None = None
    age_over: int | None = None
    why: str = ""

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Page:
    """One thing at a time. Shown when `show_if` holds on the answers of earlier shown pages."""

    key: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    show_if: Condition | None = None


@dataclass(frozen=True)
class OlderBy:
    """The person born at `question` is at least `years` older than the one born at `than`."""

    kind: ClassVar[str] = "older_by"
    question: str
    than: str
    years: int
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, self.than)


@dataclass(frozen=True)
class NotBefore:
    """The date at `question` is the date at `than` or later; else the person says at the statement `unless` that it
    is so, where there is one."""

    kind: ClassVar[str] = "not_before"
    question: str
    than: str
    unless: str = ""
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, self.than)


@dataclass(frozen=True)
class NotMore:
    """The number, money or area at `question` is at most the one at `than`."""

    kind: ClassVar[str] = "not_more"
    question: str
    than: str
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, self.than)


@dataclass(frozen=True)
class Different:
    """The two answers are not the same: two people, two parcels. With `also`, pairs that must agree as well before it
    is a fault: two people may share a name, not a name and a day of birth. Only where `when` holds."""

    kind: ClassVar[str] = "different"
    question: str
    than: str
    also: tuple[str, ...] = ()
    when: Condition | None = None
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, self.than, *self.also)


@dataclass(frozen=True)
class Same:
    """The two answers are the same but for capitals, where `when` holds: the father who files is the father."""

    kind: ClassVar[str] = "same"
    question: str
    than: str
    when: Condition | None = None
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, self.than)


@dataclass(frozen=True)
class OneAmong:
    """The answer at `question` is one of those given at `among`, with marks or without, where `when` holds: a
    child's ethnicity is the mother's or the father's. Nothing given at `among` checks nothing."""

    kind: ClassVar[str] = "one_among"
    question: str
    among: tuple[str, ...]
    when: Condition | None = None
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, *self.among)


@dataclass(frozen=True)
class NotWhen:
    """Answers that do not go together: where `when` holds it is said at `question`, the last of them asked; else the
    person says at the statement `unless` that it is so, where there is one."""

    kind: ClassVar[str] = "not_when"
    question: str
    when: Condition
    unless: str = ""
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question,)


@dataclass(frozen=True)
class OfAge:
    """The person born at `born` is `years` old on the day at `at`, or today when none is given there; only where
    `when` holds, said at `question`."""

    kind: ClassVar[str] = "of_age"
    question: str
    born: str
    years: int
    at: str = ""
    when: Condition | None = None
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return tuple(key for key in (self.question, self.born, self.at) if key)


@dataclass(frozen=True)
class Ahead:
    """The date at `question` lies no more than `days` after today."""

    kind: ClassVar[str] = "ahead"
    question: str
    days: int
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question,)


@dataclass(frozen=True)
class NumberFits:
    """The personal number at `question` agrees with the birth date at `born` and the sex: a choice question
    `sex_question` with options `nam`, `nu`, or the fixed `sex` (a mother is `nu`)."""

    kind: ClassVar[str] = "number_fits"
    question: str
    born: str = ""
    sex_question: str = ""
    sex: str = ""

    def uses(self) -> tuple[str, ...]:
        return tuple(key for key in (self.question, self.born, self.sex_question) if key)


@dataclass(frozen=True)
class Within:
    """The date at `question` lies no more than `days` before today; else the person says at the statement `unless`
    that it is so: what is unusual may be true, but is never taken without a word."""

    kind: ClassVar[str] = "within"
    question: str
    days: int
    unless: str
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question,)


@dataclass(frozen=True)
class OneGiven:
    """One of two is answered: a personal number, or another paper for who has none."""

    kind: ClassVar[str] = "one_given"
    question: str
    than: str
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question, self.than)


@dataclass(frozen=True)
class YoungerThan:
    """The person born at `question` is not yet `years` old today: for a question shared by forms that differ."""

    kind: ClassVar[str] = "younger_than"
    question: str
    years: int
    why: str = ""

    def uses(self) -> tuple[str, ...]:
        return (self.question,)


Check = (
    OlderBy
    | YoungerThan
    | NotBefore
    | Within
    | NotMore
    | Different
    | Same
    | OneAmong
    | NotWhen
    | OfAge
    | Ahead
    | OneGiven
    | NumberFits
)


def unless_of(check: Check) -> str:
    """The statement by which a person confirms what the check finds unusual; empty where it is simply wrong."""
    return check.unless if isinstance(check, NotBefore | Within | NotWhen) else ""


def when_of(check: Check) -> Condition | None:
    """The answers on which the check is made at all; None: always."""
    return check.when if isinstance(check, Different | Same | OneAmong | NotWhen | OfAge) else None


def told_at(check: Check) -> tuple[str, ...]:
    """The questions on whose page the check is told. What hangs on a condition is told at its own question only: who
    goes back to change an earlier answer is let through, and meets the fault where it can be mended."""
    return (check.question,) if when_of(check) else check.uses()


@dataclass(frozen=True)
class Form:
    """The whole form of one release."""

    pages: tuple[Page, ...]
    checks: tuple[Check, ...] = ()

    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions

    def question(self, key: str) -> Question:
        """Raises KeyError when the form has no such question."""
        for question in self.questions():
            if question.key == key:
                return question
        raise KeyError(key)

    def has(self, key: str) -> bool:
        return any(question.key == key for question in self.questions())

    def name_of(self, key: str, say: Say = str) -> str:
        """A question as it is called away from its page: with the page's title where others have the same title."""
        asked = self.question(key)
        title = say(asked.title)
        if sum(question.title == asked.title for question in self.questions()) == 1:
            return title
        page = next(page for page in self.pages if asked in page.questions)
        return f"{title} ({say(page.title)})"

    def confirmations(self) -> frozenset[str]:
        """The statements that are asked only of whom a check has found something unusual with."""
        return frozenset(unless_of(check) for check in self.checks) - {""}

    def alternatives(self) -> frozenset[str]:
        """The questions of which one must be answered, though none is required by itself."""
        return frozenset(key for check in self.checks if isinstance(check, OneGiven) for key in check.uses())

    def page(self, key: str) -> Page:
        """Raises KeyError when the form has no such page."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)


_DATES = {QuestionType.DATE}
_AMOUNTS = {QuestionType.NUMBER, QuestionType.MONEY, QuestionType.AREA, QuestionType.YEAR}


def check_form(form: Form, path: str, faults: Faults) -> None:
    """Note what the shape alone cannot say: keys twice, a page that depends on a later one (so conditions
    have no cycles), options missing, a check on a question of another type."""
    seen: dict[str, Question] = {}
    for place, page in enumerate(form.pages):
        here = f"{path}.pages[{place}]"
        if page.key in {earlier.key for earlier in form.pages[:place]}:
            refuse(faults, f"{here}.key", f"Trang “{page.key}” đã có ở trên.")
        if page.show_if:
            check_condition(page.show_if, seen, f"{here}.show_if", faults)
        for number, question in enumerate(page.questions):
            spot = f"{here}.questions[{number}]"
            if question.key in seen:
                refuse(faults, f"{spot}.key", f"Câu hỏi “{question.key}” đã có ở trên.")
            _check_offers(question, seen, spot, faults)
            seen[question.key] = question
            check_question(question, spot, faults)
    for place, check in enumerate(form.checks):
        _check_check(check, seen, f"{path}.checks[{place}]", faults)


def _check_offers(question: Question, known: dict[str, Question], path: str, faults: Faults) -> None:
    for number, offer in enumerate(question.offers):
        spot = f"{path}.offers[{number}]"
        if bool(offer.value) == bool(offer.same_as):
            refuse(faults, spot, "Điền sẵn cần một giá trị, hoặc một câu hỏi phía trước.")
        if offer.same_as and offer.same_as not in known:
            refuse(faults, spot, f"Không có câu hỏi “{offer.same_as}” ở phía trước.")
        if offer.when:
            check_condition(offer.when, known, spot, faults)


def check_condition(condition: Condition, known: dict[str, Question], path: str, faults: Faults) -> None:
    """A condition reads known questions only, and compares choices with options that exist."""
    for leaf in one_of_leaves(condition):
        question = known.get(leaf.question)
        if question is None:
            refuse(faults, path, f"Không có câu hỏi “{leaf.question}” ở phía trước.")
        elif question.options and (lost := [v for v in leaf.values if not question.option(str(v))]):
            refuse(faults, path, f"Câu hỏi “{leaf.question}” không có lựa chọn “{lost[0]}”.")
        elif question.type in (QuestionType.YES_NO, QuestionType.STATEMENT) and not all(
            isinstance(value, bool) for value in leaf.values
        ):
            refuse(faults, path, f"Câu hỏi “{leaf.question}” chỉ so với true hoặc false.")


def check_question(question: Question, path: str, faults: Faults) -> None:
    """Note what is wrong with one question by itself."""
    chosen = question.type in (QuestionType.CHOICE, QuestionType.CHOICES)
    if chosen and len(question.options) < 2:
        refuse(faults, f"{path}.options", "Câu hỏi lựa chọn cần ít nhất hai lựa chọn.")
    if not chosen and question.options:
        refuse(faults, f"{path}.options", "Chỉ câu hỏi lựa chọn mới có danh sách lựa chọn.")
    if len({option.key for option in question.options}) < len(question.options):
        refuse(faults, f"{path}.options", "Có hai lựa chọn trùng khóa.")
    if question.prefill and question.prefill not in PREFILL_SOURCES:
        refuse(faults, f"{path}.prefill", f"Không có nguồn điền sẵn “{question.prefill}”.")
    dated = question.partial or question.past or question.future or question.age_under or question.age_over
    if dated and question.type not in _DATES:
        refuse(faults, path, "Giới hạn về ngày chỉ dùng cho câu hỏi ngày.")


def _check_check(check: Check, known: dict[str, Question], path: str, faults: Faults) -> None:
    for key in check.uses():
        if key not in known:
            refuse(faults, path, f"Không có câu hỏi “{key}”.")
            return
    types = [known[key].type for key in check.uses()]
    if when := when_of(check):
        check_condition(when, known, f"{path}.when", faults)
    if (unless := unless_of(check)) and (unless not in known or known[unless].type is not QuestionType.STATEMENT):
        refuse(faults, f"{path}.unless", "Cần tên một câu cam đoan để người khai xác nhận.")
    dated = dict.fromkeys((OlderBy, YoungerThan, NotBefore, Within, Ahead), _DATES)
    wanted = {**dated, NotMore: _AMOUNTS}.get(type(check))
    if wanted and not set(types) <= wanted:
        refuse(faults, path, "Phép kiểm tra này không dùng được cho loại câu hỏi đó.")
    if isinstance(check, OfAge) and not {known[key].type for key in (check.born, check.at) if key} <= _DATES:
        refuse(faults, path, "Tuổi chỉ tính được giữa các câu hỏi ngày.")
    if isinstance(check, Different) and len(check.also) not in (0, 2):
        refuse(faults, f"{path}.also", "Cần đúng hai câu hỏi, mỗi người một câu.")
    if isinstance(check, NumberFits) and types[0] is not QuestionType.PERSONAL_NUMBER:
        refuse(faults, path, "Phép kiểm tra này chỉ dùng cho số định danh cá nhân.")
