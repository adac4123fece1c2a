"""One's own details: what is known, what one may change, where the rest is corrected."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from tinhso.core.errors import Invalid
from tinhso.core.text import mask_number
from tinhso.systems.accounts.actions.change_contact import change_contact
from tinhso.systems.accounts.contact import contact_facts, contact_values, read_contact
from tinhso.systems.accounts.public import answer_once, citizen, kept_values
from tinhso.systems.accounts.queries import contact_changes

_FIELDS = {
    "phone": gettext_noop("Số điện thoại"),
    "email": gettext_noop("Thư điện tử"),
    "place_id": gettext_noop("Xã, phường, đặc khu"),
    "address": gettext_noop("Số nhà, đường, thôn, tổ dân phố"),
}


@citizen
def own_details(request: Any) -> HttpResponse:
    """See what the account knows of its owner; change phone, e-mail and address."""
    party = request.user.party
    facts = contact_facts(request.ctx.now)
    values = {**contact_values(party), **kept_values(request)}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = request.POST.dict()
        try:
            contact = read_contact(dict(request.POST.lists()), facts, get_language() or "vi")
        except Invalid as fault:
            errors = dict(fault.fields)
        else:

            def act() -> str:
                changed = change_contact(request.ctx, contact)
                said = _("Đã lưu thông tin của bạn.") if changed else _("Không có gì khác với thông tin đang lưu.")
                messages.success(request, said)
                return reverse("own_details")

            return answer_once(request, act)
    context = {
        "party": party,
        "number": mask_number(party.number or ""),
        "values": values,
        "errors": errors,
        "communes": facts.communes,
        "history": [
            (change.at, [(_(_FIELDS[name]), before, after) for name, before, after in change.fields])
            for change in contact_changes(party.pk)
        ],
    }
    return render(request, "accounts/details.html", context, status=422 if errors else 200)
