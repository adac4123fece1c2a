"""What the counter asks before it takes a dossier in: which procedures, who applies, what the form already knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.text import fold, mask_number, squash
from tinhso.core.web.dates import PartialDate
from tinhso.foundation.agencies.models import Place
from tinhso.foundation.agencies.queries import find_commune
from tinhso.foundation.cases.queries import releases_in_force
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.forms.controls import SEXES, sources_of
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import prefill
from tinhso.foundation.forms.rules.numbers import (
    PersonalNumber,
    is_phone,
    personal_number_fault,
    tax_code_fault,
    tidy_phone,
    tidy_tax_code,
)
from tinhso.foundation.forms.rules.values import is_name, one_line
from tinhso.foundation.identity.actions.keep_party import PartyDetails
from tinhso.foundation.identity.events import RecordOpened
from tinhso.foundation.identity.models import Party
from tinhso.foundation.identity.queries import find_party
from tinhso.systems.onestop.queries import name_in_lists

AT_COUNTER = ("in_person", "post")
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure that can be brought to this counter, with the channels it may come by."""

    release: Release
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody found, as a list shows them: enough to know them again, not enough to learn of them.

    The whole record stands on the next page, whose opening is recorded.
    """

    public_id: UUID
    name: str
    number: str
    born: date | None
    place: str

    @classmethod
    def of(cls, party: Party) -> "Candidate":
        place = str(party.place) if party.place else ""
        return cls(party.public_id, name_in_lists(party), mask_number(party.number or ""), party.birth_date, place)


def offered_at(kind: str, day: date, words: str = "") -> list[Offered]:
    """The procedures in force that an agency of `kind` takes in over the counter, by name; `words` narrows them."""
    found = []
    for row in releases_in_force(day).values():
        release = read_release(row)
        channels = tuple(channel for channel in AT_COUNTER if channel in release.channels)
        if kind in release.filed_at and channels and _fits(release, words):
            found.append(Offered(release, channels))
    return sorted(found, key=lambda offered: fold(offered.release.short_name or offered.release.name))


@transaction.atomic
def find_by_number(ctx: Context, number: str) -> list[Party]:
    """The person and the organisation with this number. The search is recorded before the answer is known."""
    bare = re.sub(r"[\s.]", "", number)
    event = RecordOpened(what="search", purpose="find applicant by number")
    record(ctx, event, subject=("account", ctx.actor), private={"number": bare})
    kinds = (Party.Kind.CITIZEN, Party.Kind.ORGANISATION)
    return [party for kind in kinds if (party := find_party(bare, kind))]


@transaction.atomic
def find_by_name(ctx: Context, name: str, born: str) -> list[Party]:
    """People of exactly this name (marks aside) born on `born`, an ISO date or only its year; recorded likewise."""
    event = RecordOpened(what="search", purpose="find applicant by name and birth date")
    record(ctx, event, subject=("account", ctx.actor), private={"name": name, "born": born})
    named = Party.objects.filter(search_key=fold(name))
    whole = len(born) == len("2026-01-31")
    rows = named.filter(birth_date=born) if whole else named.filter(birth_date__year=int(born[:4]))
    return list(rows.select_related("place").order_by("pk")[:MOST_FOUND])


def read_details(posted: Mapping[str, str], facts: Facts) -> PartyDetails:
    """A new applicant as typed, checked: number against birth year and sex. Raises Invalid naming every field."""
    kind, name = posted.get("kind", ""), one_line(posted.get("name", ""))
    faults: dict[str, str] = {}
    if kind not in Party.Kind.values:
        faults["kind"] = _("Chọn loại người nộp.")
    person = kind == Party.Kind.CITIZEN
    if not is_name(name, person=person):
        faults["name"] = _(
            "Ghi họ tên, tên tổ chức đúng như trên giấy tờ: chữ cái, không ký hiệu, không quá 120 ký tự."
        )
    born = PartialDate.parse(posted, "born")
    sex = posted.get("sex", "")
    day = born.whole()
    if person and (day is None or day > facts.today):
        faults["born"] = _("Ghi đủ ngày, tháng, năm sinh; ngày này phải có trong lịch và không ở tương lai.")
    if person and sex not in SEXES:
        faults["sex"] = _("Chọn giới tính.")
    number = re.sub(r"[\s.]", "", posted.get("number", ""))
    if fault := _number_fault(number, person, day if person else None, sex, facts):
        faults["number"] = fault
    phone = tidy_phone(posted.get("phone", ""))
    if phone and not is_phone(phone):
        faults["phone"] = _("Số điện thoại chưa đúng: 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.")
    place = _place(posted.get("commune", ""), facts)
    if place is None:
        faults["commune"] = _("Chọn xã, phường trong danh sách.")
    if faults:
        raise Invalid("Thông tin người nộp có chỗ cần xem lại.", fields=faults)
    return PartyDetails(
        kind=kind,
        name=name,
        number=tidy_tax_code(number) if not person else number,
        birth_date=day if person else None,
        sex=sex if person else "",
        phone=phone,
        email=posted.get("email", "").strip(),
        place_id=place.pk if place else None,
        address=posted.get("address", "").strip(),
    )


def known_answers(release: Release, party: Party, facts: Facts) -> dict[str, Any]:
    """What the form is offered from the applicant's record before the officer types."""
    return prefill(release.form, sources_of(party), facts)


def recorded_answers(release: Release, party: Party) -> dict[str, Any]:
    """What the record itself would answer to the questions that take over from it, by question."""
    known = sources_of(party)
    return {one.key: known[one.prefill] for one in release.form.questions() if known.get(one.prefill) is not None}


def _fits(release: Release, words: str) -> bool:
    text = squash(" ".join((release.code, release.name, release.short_name, release.sector_name, *release.keywords)))
    return all(squash(word) in text for word in words.split())


def _number_fault(number: str, person: bool, born: date | None, sex: str, facts: Facts) -> str:
    if not person:
        fits = number and not tax_code_fault(tidy_tax_code(number))
        return (
            "" if fits else _("Mã số thuế chưa đúng: 10 chữ số có chữ số kiểm tra, 13 chữ số, hoặc số định danh 12 số.")
        )
    if not number:
        return ""
    match personal_number_fault(number, facts.prefixes, facts.today.year):
        case "old_identity_card":
            return _("Đây là số CMND 9 số, không còn dùng cho hồ sơ mới. Ghi số định danh cá nhân 12 số.")
        case "personal_number_length":
            return _("Số định danh cá nhân có 12 chữ số; đã ghi %(count)s.") % {"count": len(number)}
        case "personal_number_prefix" | "personal_number_future":
            return _("Số định danh này không có thật; xem lại trên thẻ căn cước.")
    says = PersonalNumber(number)
    if born and says.birth_year != born.year:
        said = _("Số định danh này của người sinh năm %(says)s, mà ngày sinh ghi năm %(born)s. Một chỗ ghi nhầm.")
        return said % {"says": says.birth_year, "born": born.year}
    if sex in SEXES and says.sex != SEXES[sex]:
        stated = _("nam") if says.sex == "nam" else _("nữ")
        said = _("Số định danh này của %(sex)s (chữ số thứ tư là %(digit)s), khác giới tính đã chọn. Một chỗ ghi nhầm.")
        return said % {"sex": stated, "digit": number[3]}
    return ""


def _place(text: str, facts: Facts) -> Place | None:
    code = text.strip()
    if code not in facts.communes:
        code = next((known for known, name in facts.communes.items() if fold(name) == fold(text)), "")
    return find_commune(code, facts.today) if code else None
