"""Correct what is known of an applicant, saying why; what stood there before stays on record."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tinhso.core.canonical import digest
from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.core.text import fold
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.actions.keep_party import PartyDetails
from tinhso.foundation.identity.events import PartyCorrected
from tinhso.foundation.identity.models import Party
from tinhso.foundation.identity.policies import parties
from tinhso.foundation.identity.queries import number_key

CORRECTED = ("name", "number", "birth_date", "sex", "phone", "email", "place_id", "address")
"""What may be corrected. The kind of a party may not: a person does not become an organisation."""

SHORTEST_REASON = 10


@transaction.atomic
def correct_party(ctx: Context, party_id: int, details: PartyDetails, reason: str, seen: str) -> Party:
    """Make the record of a party what `details` says; `seen` is the `fingerprint` of the record on the screen.

    Raises Forbidden away from a counter, Conflict when the record changed since or its owner keeps it online,
    Invalid when nothing changes, the reason is too short, or the number is another party's.
    """
    if not parties.may_correct(ctx):
        raise Forbidden(
            "Chỉ quầy tiếp nhận mới sửa được thông tin người nộp.",
            what_to_do="Chọn vị trí tiếp nhận rồi làm lại, hoặc nhờ cán bộ tại quầy.",
        )
    party = Party.objects.select_for_update().get(pk=party_id)
    if parties.keeps_own(party):
        raise Conflict(
            "Người này có tài khoản trực tuyến nên thông tin do chính họ giữ; chưa có gì được sửa.",
            what_to_do="Hướng dẫn họ cập nhật trong tài khoản của mình, rồi mở lại trang này.",
        )
    if fingerprint(party) != seen:
        raise Conflict(
            "Thông tin người này vừa được người khác sửa nên lần sửa này chưa được ghi.",
            what_to_do="Xem lại thông tin mới nhất rồi sửa tiếp nếu vẫn cần.",
        )
    changed = {name: value for name, value in _wanted(details).items() if (getattr(party, name) or None) != value}
    _must_say_why(changed, reason)
    before = {name: _said(party, name) for name in changed}
    _write(party, changed)
    after = {name: _said(party, name) for name in changed}
    private = {"reason": reason.strip(), "before": before, "after": after}
    record(ctx, PartyCorrected(fields=sorted(changed)), subject=("party", party.pk), private=private)
    return party


def fingerprint(party: Party) -> str:
    """Of what may be corrected, as it stands: tells whether somebody changed it since a page showed it."""
    return digest({name: _said(party, name) for name in CORRECTED}).hex()[:32]


def _wanted(details: PartyDetails) -> dict[str, object]:
    return {name: getattr(details, name) or None for name in CORRECTED}


def _must_say_why(changed: dict[str, object], reason: str) -> None:
    faults = {}
    if not changed:
        faults["name"] = _("Chưa có gì khác với thông tin đang lưu.")
    if len(reason.strip()) < SHORTEST_REASON:
        faults["reason"] = _("Ghi lý do sửa và giấy tờ đã xem, từ 10 ký tự trở lên.")
    if faults:
        raise Invalid("Chưa sửa được thông tin người nộp; những gì đã nhập vẫn còn.", fields=faults)


def _write(party: Party, changed: dict[str, object]) -> None:
    for name, value in changed.items():
        empty = None if name in ("number", "birth_date", "place_id") else ""
        setattr(party, name, empty if value is None else value)
    party.search_key = fold(party.name)
    party.number_lookup = number_key(party.number, party.kind) if party.number else None
    try:
        with transaction.atomic():
            party.save(update_fields=[*changed, "search_key", "number_lookup"])
    except IntegrityError as taken:
        raise Invalid(
            "Số này đã có trong hệ thống, của người khác.",
            what_to_do="Xem lại số trên giấy tờ; nếu là cùng một người thì chọn người đó thay vì sửa.",
            fields={"number": _("Số này đã có trong hệ thống, của người khác.")},
        ) from taken


def _said(party: Party, field: str) -> str:
    """A field as its history tells it; a place by its name of that day."""
    value = party.place if field == "place_id" else getattr(party, field)
    return str(value) if value else ""
