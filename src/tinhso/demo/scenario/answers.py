"""Sample answers typed into whatever controls a page asks them with."""

import re
from collections.abc import Mapping
from typing import Any

from tinhso.demo.scenario.forms import TICKED, Form, NoSuchControl

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_DECIMAL = re.compile(r"\d+\.\d+")


def fill_answers(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """Type every answer that the form asks for; returns the questions answered. What is shown already and not in
    `answers` stays."""
    return [key for key, value in answers.items() if _fill(form, key, value)]


def _fill(form: Form, key: str, value: Any) -> bool:
    if isinstance(value, Mapping):
        return _fill_place(form, key, value)
    if form.has(f"{key}_day"):
        year, month, day, *_ = [*str(value).split("-"), "", ""]
        for part, text in (("day", day), ("month", month), ("year", year)):
            form.fill(f"{key}_{part}", text.lstrip("0"))
        return True
    if not form.has(key):
        return False
    control = next(control for control in form.controls if control.name == key)
    match value:
        case bool():
            _fill_yes_no(form, key, value)
        case list():
            form.fill(key, *map(str, value))
        case _:
            chosen = bool(control.options) or control.type in TICKED
            form.fill(key, str(value) if chosen else typed(str(value)))
    return True


def typed(text: str) -> str:
    """As a Vietnamese hand types it: 5/1/2026 for a date, a comma in a decimal number."""
    if _DATE.fullmatch(text) and "-" in text:
        return "/".join(reversed(text.split("-")))
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text


def _fill_place(form: Form, key: str, value: Mapping[str, Any]) -> bool:
    if not form.has(f"{key}.commune"):
        return False
    form.fill(f"{key}.commune", str(value.get("commune", "")))
    form.fill(f"{key}.detail", str(value.get("detail", "")))
    return True


def _fill_yes_no(form: Form, key: str, value: bool) -> None:
    """Two radio buttons, a list of two, or one box to tick."""
    offered = {control.value for control in form.controls if control.name == key}
    offered |= {option for control in form.controls if control.name == key for option, _ in control.options}
    word = "yes" if value else "no"
    if word in offered:
        form.fill(key, word)
    elif offered <= {"on", "yes"}:
        form.fill(key, *offered) if value else form.fill(key)
    else:
        raise NoSuchControl(f"{key!r} takes no yes or no: {sorted(offered)}")
