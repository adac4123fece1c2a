"""Signing and sealing papers as Decree 30/2020/NĐ-CP asks (art. 5, 14, 32; Phụ lục I; mark: read).

The order is the law's: fields are prepared on the printed draft; the competent person signs; the clerk then gives
number and date and adds the agency's signature with its seal. Each step only appends to the file. Number and date
enter as part of the agency signature's appearance, over the cells kept blank for them, so the person's signature
keeps covering every word it was given for.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

from tinhso.core.errors import Conflict, Invalid
from tinhso.core.printing.render import Rect, render
from tinhso.foundation.signing.keys import Signer
from tinhso.foundation.signing.pades.fields import Field, append_fields, get_field, read_fields
from tinhso.foundation.signing.pades.sign import sign_field
from tinhso.foundation.signing.words import agency_reason, date_words, number_words, person_reason

PERSON: Final = "nguoi-ky"
AGENCY: Final = "co-quan"
AGENCY_NUMBER: Final = "co-quan-so-ngay"
"""The agency's second field, on the first page, when number and date do not lie on the page of the seal."""

_APPEARANCE: Final = Path(__file__).parent / "papers" / "appearance.typ"
_LABELS: Final = {
    PERSON: "Chữ ký số của người có thẩm quyền",
    AGENCY: "Chữ ký số của cơ quan, tổ chức",
    AGENCY_NUMBER: "Số, ngày văn bản và chữ ký số của cơ quan, tổ chức",
}


def prepare(pdf: bytes, marks: Mapping[str, Rect]) -> bytes:
    """The printed draft with its empty signature fields.

    `marks` as `render` found them: `signature` makes the person's field; `seal`, `number` and `date` the agency's.
    Raises Invalid when there is no place to sign.
    """
    fields = []
    if place := marks.get("signature"):
        fields.append(Field(PERSON, _around(place), _LABELS[PERSON]))
    fields += _agency_fields({name: marks[name] for name in ("number", "date", "seal") if name in marks})
    if not fields:
        raise Invalid("Mẫu văn bản này không có chỗ để ký.")
    return append_fields(pdf, fields)


def sign_person(pdf: bytes, signer: Signer, *, picture: str, now: datetime) -> bytes:
    """The prepared paper with the competent person's visible signature (PAdES B-B).

    `picture`: the person's own signature as SVG, blue on transparent ground.
    Raises Conflict when it is signed already, NotFound when it has no place for it.
    """
    rect = get_field(pdf, PERSON).rect
    appearance = _picture(picture, rect.width, rect.height)
    return sign_field(pdf, PERSON, signer, appearance=appearance, now=now, reason=person_reason())


def seal(pdf: bytes, signer: Signer, *, number: int | str, issued_on: date, picture: str, now: datetime) -> bytes:
    """The signed paper with number, date and the agency's signature: from now on it is issued.

    `number`: the bare number in the book of the year (a number under ten gets its zero); the notation stands in the
    paper. `picture`: the seal as SVG, red on transparent ground.
    Raises Conflict when the person has not signed yet (art. 32.2.d) or the agency has; NotFound without its field.
    """
    fields = read_fields(pdf)
    if PERSON in fields and not fields[PERSON].signed:
        raise Conflict(
            "Văn bản chưa có chữ ký số của người có thẩm quyền nên chưa thể đóng dấu.",
            what_to_do="Trình người có thẩm quyền ký trước.",
        )
    texts: dict[str, dict[str, Any]] = {
        "number": {"text": number_words(number), "italic": False, "align": "right"},
        "date": {"text": date_words(issued_on), "italic": True, "align": "left"},
        "seal": {"svg": picture},
    }
    if AGENCY_NUMBER in fields:
        pdf = _sealed(pdf, fields[AGENCY_NUMBER], signer, texts, now)
    return _sealed(pdf, get_field(pdf, AGENCY), signer, texts, now)


def _agency_fields(places: Mapping[str, Rect]) -> list[Field]:
    """One field over all places of the agency; two when number and date stand on another page than the seal."""
    if not places:
        return []
    last = max(rect.page for rect in places.values())
    groups = {AGENCY: {name: rect for name, rect in places.items() if rect.page == last}}
    if rest := {name: rect for name, rect in places.items() if rect.page != last}:
        groups[AGENCY_NUMBER] = rest
    return [Field(name, _around(*group.values()), _LABELS[name], group) for name, group in reversed(groups.items())]


def _around(*places: Rect) -> Rect:
    """The rectangle over `places` in whole points: pyHanko cuts the size of an appearance to whole points, and a
    reader would stretch what is cut."""
    first, *others = places
    whole = first.covering(*others)
    return Rect(whole.page, floor(whole.left), floor(whole.bottom), ceil(whole.right), ceil(whole.top))


def _sealed(pdf: bytes, field: Field, signer: Signer, texts: Mapping[str, Mapping[str, Any]], now: datetime) -> bytes:
    items = [{**texts[name], **_within(field.rect, place)} for name, place in field.places.items()]
    data = {"width": field.rect.width, "height": field.rect.height, "items": items}
    appearance = render(_APPEARANCE, data, now=now).pdf
    return sign_field(pdf, field.name, signer, appearance=appearance, now=now, reason=agency_reason())


def _within(outer: Rect, inner: Rect) -> dict[str, float]:
    return {
        "left": inner.left - outer.left,
        "top": outer.top - inner.top,
        "width": inner.width,
        "height": inner.height,
    }


@lru_cache(maxsize=256)
def _picture(svg: str, width: float, height: float) -> bytes:
    """A person signs many papers with one picture; its date never shows, so any fixed one serves."""
    item = {"svg": svg, "left": 0, "top": 0, "width": width, "height": height}
    data = {"width": width, "height": height, "items": [item]}
    return render(_APPEARANCE, data, now=datetime.fromisoformat("2025-07-01T00:00:00+07:00")).pdf
