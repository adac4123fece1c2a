"""What people keep of themselves in their account: how they are reached, where they live. Read as any form is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinhso.core.errors import Invalid
from tinhso.core.time import business_date
from tinhso.foundation.agencies.queries import find_commune
from tinhso.foundation.forms.controls import control_name
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.form import Form, Page, Question, QuestionType
from tinhso.foundation.forms.rules.values import Posted, clean
from tinhso.foundation.forms.words import say_fault
from tinhso.foundation.identity.models import Party

PHONE = Question("dien_thoai", "Số điện thoại", QuestionType.PHONE, required=False)
EMAIL = Question("thu", "Thư điện tử", QuestionType.EMAIL, required=False)
HOME = Question("noi_o", "Nơi ở", QuestionType.PLACE, required=False)
_FORM = Form((Page("thong-tin", "Thông tin liên hệ", (PHONE, EMAIL, HOME)),))


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is reached. `place_id`: a commune of today, None when none is told."""

    phone: str = ""
    email: str = ""
    place_id: int | None = None
    address: str = ""


def read_contact(posted: Posted, facts: Facts, language: str) -> Contact:
    """What a browser posted. Raises Invalid, by control."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for question in _FORM.questions():
        answers[question.key], fault = clean(question, posted, facts)
        if fault:
            faults[control_name(question)] = say_fault(fault, _FORM, "en" if language == "en" else "vi")
    if faults:
        raise Invalid("Chưa lưu được thông tin; những gì bạn nhập vẫn còn.", fields=faults)
    home = answers[HOME.key] or {}
    place = find_commune(home["commune"], facts.today) if home else None
    return Contact(
        phone=answers[PHONE.key] or "",
        email=answers[EMAIL.key] or "",
        place_id=place.pk if place else None,
        address=home.get("detail", ""),
    )


def contact_values(party: Party) -> dict[str, str]:
    """What the controls show of a record."""
    place = str(party.place) if party.place else ""
    return {PHONE.key: party.phone, EMAIL.key: party.email, "noi_o.commune": place, "noi_o.detail": party.address}


def contact_facts(now: datetime) -> Facts:
    """Today and its communes."""
    return facts_on(business_date(now))
