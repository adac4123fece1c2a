"""From what a browser posts to a cleaned, JSON-serialisable value, and back.

A date comes in three fields (`key.day`, `key.month`, `key.year`) or in one (`key`: 5/1/2026 or 2026-01-05);
a place in two (`key.commune`, `key.detail`); everything else in `key`. Never raises, whatever is posted.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tinhso.core.text import fold
from tinhso.foundation.forms.rules.facts import Facts, Fault
from tinhso.foundation.forms.rules.form import Question, QuestionType
from tinhso.foundation.forms.rules.numbers import (
    is_phone,
    personal_number_fault,
    tax_code_fault,
    tidy_phone,
    tidy_tax_code,
)

Posted = Mapping[str, Sequence[str]]
"""Field name to posted texts, as `dict(request.POST.lists())`."""

LONGEST = {QuestionType.TEXT: 300, QuestionType.LONG_TEXT: 4000, QuestionType.PERSON_NAME: 100}
_NAME_LONGEST = 120
_NOT_IN_NAME = re.compile(r"[^\w\s.'’-]|[\d_]")
_NOT_IN_ORGANISATION = re.compile(r"[^\w\s.,'’()&/–-]|_")
_DETAIL_LONGEST = 200
_FIRST_YEAR, _LAST_YEAR = 1850, 2200


class _Bad(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def field_names(question: Question) -> tuple[str, ...]:
    """The names of the question's input fields."""
    parts = {QuestionType.DATE: ("day", "month", "year"), QuestionType.PLACE: ("commune", "detail")}
    return tuple(f"{question.key}.{part}" for part in parts.get(question.type, ())) or (question.key,)


def clean(question: Question, posted: Posted, facts: Facts) -> tuple[Any, Fault | None]:
    """The cleaned value (None when unanswered) or the one fault worth telling first."""
    try:
        value = _READERS.get(question.type, _read_line)(question, posted, facts)
    except _Bad as bad:
        return None, Fault(question.key, bad.code, bad.params)
    if value is None or value in ("", []):
        return None, Fault(question.key, "required") if question.required else None
    return value, None


def posted_from(question: Question, value: Any) -> dict[str, list[str]]:
    """What a browser would post to mean `value`: to show a form again, or to fill one in beforehand."""
    match question.type:
        case _ if value is None:
            return {}
        case QuestionType.DATE:
            parts = [str(part) for part in str(value).split("-")]
            return {
                f"{question.key}.{name}": [part] for name, part in zip(("year", "month", "day"), parts, strict=False)
            }
        case QuestionType.PLACE:
            return {f"{question.key}.{part}": [str(value.get(part, ""))] for part in ("commune", "detail")}
        case QuestionType.CHOICES:
            return {question.key: [str(part) for part in value]}
        case QuestionType.YES_NO | QuestionType.STATEMENT:
            return {question.key: ["yes" if value else "no"]}
        case QuestionType.AREA:
            return {question.key: [str(value).replace(".", ",")]}
    return {question.key: [str(value)]}


def one_line(text: str) -> str:
    """One line of text: composed (NFC), single spaces, no control or direction characters."""
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return "".join(letter for letter in spaced if unicodedata.category(letter)[0] != "C").strip()


def is_name(name: str, *, person: bool) -> bool:
    """Whether a line can be a person's name, or (with digits and a few signs) an organisation's."""
    strange = _NOT_IN_NAME if person else _NOT_IN_ORGANISATION
    return 2 <= len(name) <= _NAME_LONGEST and not strange.search(name)


def _one(posted: Posted, name: str) -> str:
    return one_line((posted.get(name) or [""])[0])


def _figures(posted: Posted, name: str) -> str:
    """One line whose digits may come from any keyboard: full-width ones are the same figures."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in _one(posted, name))


def _read_line(question: Question, posted: Posted, facts: Facts) -> str:
    text = _one(posted, question.key)
    if len(text) > LONGEST.get(question.type, 300):
        raise _Bad("too_long", most=LONGEST.get(question.type, 300))
    return text


def _read_lines(question: Question, posted: Posted, facts: Facts) -> str:
    raw = unicodedata.normalize("NFC", (posted.get(question.key) or [""])[0]).replace("\r\n", "\n")
    text = "".join(letter for letter in raw if letter == "\n" or unicodedata.category(letter)[0] != "C").strip()
    if len(text) > LONGEST[QuestionType.LONG_TEXT]:
        raise _Bad("too_long", most=LONGEST[QuestionType.LONG_TEXT])
    return text


def _read_name(question: Question, posted: Posted, facts: Facts) -> str:
    text = _read_line(question, posted, facts)
    if strange := _NOT_IN_NAME.search(text):
        raise _Bad("name_character", character=strange.group())
    return text


def _read_date(question: Question, posted: Posted, facts: Facts) -> str | None:
    day, month, year = (_figures(posted, f"{question.key}.{part}") for part in ("day", "month", "year"))
    if not (day or month or year):
        whole = _figures(posted, question.key)
        if not whole:
            return None
        parts = re.split(r"[/.-]", whole)
        if not 1 <= len(parts) <= 3:
            raise _Bad("date_form")
        ordered = parts if len(parts[0]) == 4 else parts[::-1]
        year, month, day = [*ordered, "", ""][:3]
    if not all(re.fullmatch(r"[0-9]{0,4}", part) for part in (day, month, year)):
        raise _Bad("date_form")
    if not year or (day and not month) or (not question.partial and not (day and month)):
        raise _Bad("date_incomplete_partial" if question.partial else "date_incomplete")
    if len(year) != 4:
        raise _Bad("date_year_digits")
    return _checked_date(int(year), int(month or 0), int(day or 0))


def _checked_date(year: int, month: int, day: int) -> str:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _Bad("year_range", least=_FIRST_YEAR, most=_LAST_YEAR)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise _Bad("date_does_not_exist", day=day, month=month, year=year) from None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _read_choice(question: Question, posted: Posted, facts: Facts) -> str | None:
    key = _one(posted, question.key)
    if key and not question.option(key):
        raise _Bad("not_an_option")
    return key or None


def _read_choices(question: Question, posted: Posted, facts: Facts) -> list[str]:
    given = {key.strip() for key in posted.get(question.key, ()) if key.strip()}
    known = [option.key for option in question.options]
    if given - set(known):
        raise _Bad("not_an_option")
    return [key for key in known if key in given]


def _read_yes_no(question: Question, posted: Posted, facts: Facts) -> bool | None:
    text = _one(posted, question.key)
    if text not in ("", "yes", "no"):
        raise _Bad("not_an_option")
    return None if not text else text == "yes"


def _read_statement(question: Question, posted: Posted, facts: Facts) -> bool | None:
    return True if _one(posted, question.key) == "yes" else None


def _read_personal_number(question: Question, posted: Posted, facts: Facts) -> str:
    text = re.sub(r"[\s.-]", "", _figures(posted, question.key))
    if text and (code := personal_number_fault(text, facts.prefixes, facts.today.year)):
        raise _Bad(code, digits=len(text), prefix=text[:3])
    return text


def _read_tax_code(question: Question, posted: Posted, facts: Facts) -> str:
    text = tidy_tax_code(_figures(posted, question.key))
    if text and (code := tax_code_fault(text)):
        raise _Bad(code)
    return text


def _read_phone(question: Question, posted: Posted, facts: Facts) -> str:
    text = tidy_phone(_figures(posted, question.key))
    if text and not is_phone(text):
        raise _Bad("phone")
    return text


def _read_email(question: Question, posted: Posted, facts: Facts) -> str:
    text = _one(posted, question.key)
    if text and not re.fullmatch(r"[^@\s,;<>()]{1,64}@[^@\s,;<>().]+(\.[^@\s,;<>().]+)+", text[:300]):
        raise _Bad("email")
    return text


def _read_number(question: Question, posted: Posted, facts: Facts) -> int | None:
    text = _figures(posted, question.key)
    if question.type is QuestionType.MONEY:
        text = re.sub(r"\s*(đồng|đ|₫|vnd|vnđ)$", "", text, flags=re.IGNORECASE)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,15}|[0-9]{1,3}([. ,][0-9]{3}){1,4}", text):
        raise _Bad("money_form" if question.type is QuestionType.MONEY else "number_form")
    return int(re.sub(r"[. ,]", "", text))


def _read_year(question: Question, posted: Posted, facts: Facts) -> int | None:
    text = _figures(posted, question.key)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise _Bad("date_year_digits")
    if not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        raise _Bad("year_range", least=_FIRST_YEAR, most=_LAST_YEAR)
    return int(text)


def _read_area(question: Question, posted: Posted, facts: Facts) -> str | None:
    """Vietnam writes 1.250,5; a dot before one or two digits is taken for a comma."""
    text = re.sub(r"\s*(m2|m²)$", "", _figures(posted, question.key), flags=re.IGNORECASE)
    if not text:
        return None
    if not (found := re.fullmatch(r"([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+)(?:[,.]([0-9]{1,2}))?", text)):
        raise _Bad("area_form")
    number = Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")
    return format(number.normalize(), "f")


def _read_place(question: Question, posted: Posted, facts: Facts) -> dict[str, str] | None:
    commune, detail = (_one(posted, f"{question.key}.{part}") for part in ("commune", "detail"))
    if not commune and not detail:
        return None
    if not commune:
        raise _Bad("place_commune")
    if len(detail) > _DETAIL_LONGEST:
        raise _Bad("too_long", most=_DETAIL_LONGEST)
    return {"commune": _commune(commune, facts, anywhere=question.anywhere), "detail": detail}


def _read_commune(question: Question, posted: Posted, facts: Facts) -> str | None:
    text = _one(posted, question.key)
    return _commune(text, facts) if text else None


def _commune(text: str, facts: Facts, *, anywhere: bool = False) -> str:
    """The code for a code or a name that only one commune has; with `anywhere` also "commune, province" as it is."""
    if not facts.communes or text in facts.communes:
        return text
    if code := find_commune_code(text, facts.communes):
        return code
    if anywhere and "," in text and len(text) <= _DETAIL_LONGEST:
        return text
    raise _Bad("place_unknown_anywhere" if anywhere else "place_unknown", text=text)


def find_commune_code(text: str, communes: Mapping[str, str]) -> str:
    """The code of the one commune that a typed name can mean, with or without marks and "xã", "phường"; else "".

    The whole name goes before a name that only holds what was typed; of that, at least two words are needed.
    """
    typed, bare = fold(text), bare_name(text)
    names = {code: fold(name) for code, name in communes.items()}
    for means in (
        lambda name: name == typed,
        lambda name: name.partition(",")[0] == typed,
        lambda name: bare and bare_name(name) == bare,
        lambda name: " " in bare and f" {bare} " in f" {bare_name(name)} ",
    ):
        if found := [code for code, name in names.items() if means(name)]:
            return found[0] if len(found) == 1 else ""
    return ""


def bare_name(name: str) -> str:
    """A commune's own name, folded: `Phường Việt Trì, tỉnh Phú Thọ` as `viet tri`."""
    return re.sub(r"^(xa|phuong|dac khu) ", "", fold(name).partition(",")[0]).strip()


_READERS: dict[QuestionType, Callable[[Question, Posted, Facts], Any]] = {
    QuestionType.LONG_TEXT: _read_lines,
    QuestionType.PERSON_NAME: _read_name,
    QuestionType.DATE: _read_date,
    QuestionType.YEAR: _read_year,
    QuestionType.CHOICE: _read_choice,
    QuestionType.CHOICES: _read_choices,
    QuestionType.YES_NO: _read_yes_no,
    QuestionType.STATEMENT: _read_statement,
    QuestionType.PERSONAL_NUMBER: _read_personal_number,
    QuestionType.TAX_CODE: _read_tax_code,
    QuestionType.PHONE: _read_phone,
    QuestionType.EMAIL: _read_email,
    QuestionType.NUMBER: _read_number,
    QuestionType.MONEY: _read_number,
    QuestionType.AREA: _read_area,
    QuestionType.PLACE: _read_place,
    QuestionType.COMMUNE: _read_commune,
}
