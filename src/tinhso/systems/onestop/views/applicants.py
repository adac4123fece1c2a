"""Who applies at the counter: found by number or name, entered anew, or corrected."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.core.errors import Conflict, Invalid
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.dates import PartialDate
from tinhso.core.web.kept import kept_values, typed_in
from tinhso.foundation.events.actions.once import Answer, once
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.identity.actions.correct_party import correct_party, fingerprint
from tinhso.foundation.identity.actions.keep_party import keep_party
from tinhso.foundation.identity.models import Party
from tinhso.foundation.identity.policies import parties
from tinhso.foundation.identity.queries import corrections_of, find_party
from tinhso.systems.onestop.counter import Candidate, find_by_name, find_by_number, read_details
from tinhso.systems.onestop.queries import name_in_lists, title_of
from tinhso.systems.onestop.views.counter import Counter, counter_of, note_party, offered_here, said_choices
from tinhso.systems.onestop.words import say_correction


class _Known(Invalid):
    """The number belongs to a party already, under another name."""

    def __init__(self, party: Party) -> None:
        said = _("Số này đã có trong hệ thống, của %(name)s.") % {"name": name_in_lists(party)}
        super().__init__("Số này đã có trong hệ thống.", fields={"number": said})
        self.party = party


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def choose_applicant(request: Any, procedure: str) -> HttpResponse:
    """Find who applies by number, or by name and birth date; or enter somebody new."""
    counter = counter_of(request)
    offered = offered_here(counter, procedure)[1]
    facts = facts_on(business_date(counter.ctx.now))
    context: dict[str, Any] = {"offered": offered, "title": title_of(offered.release), "communes": facts.communes}
    context |= {"kinds": said_choices(Party.Kind), "sexes": _sexes(), "counter": counter}
    if request.method == "GET":
        kept = kept_values(request)
        context |= {"values": kept, "creating": "create" in kept}
        return render(request, "onestop/desk/counter_applicant.html", context)
    context |= {"values": request.POST, "once": request.POST.get("_once", "")}
    try:
        if "create" in request.POST:
            return redirect(_create(request, counter, procedure, facts).location)
        context["found"] = [Candidate.of(party) for party in _found(request, counter)]
        context["creating"] = not context["found"]
    except Invalid as refusal:
        context["errors"] = refusal.fields or {"": refusal.message}
        context["creating"] = "create" in request.POST
        context["known"] = Candidate.of(refusal.party) if isinstance(refusal, _Known) else None
        return render(request, "onestop/desk/counter_applicant.html", context, status=422)
    return render(request, "onestop/desk/counter_applicant.html", context)


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def correct(request: Any, procedure: str, party: Any) -> HttpResponse:
    """Correct the applicant's record, saying why; what stood there before is kept and shown."""
    counter = counter_of(request)
    offered = offered_here(counter, procedure)[1]
    applicant = get_object_or_404(Party.objects.select_related("place"), public_id=party)
    facts = facts_on(business_date(counter.ctx.now))
    context: dict[str, Any] = {
        "offered": offered,
        "title": title_of(offered.release),
        "applicant": applicant,
        "own": parties.keeps_own(applicant),
        "communes": facts.communes,
        "sexes": _sexes(),
        "values": request.POST or kept_values(request) or _as_typed(applicant),
        "seen": request.POST.get("seen") or fingerprint(applicant),
        "once": request.POST.get("_once", ""),
    }
    status = 200
    if request.method == "POST":
        try:
            location = _correct(request, counter, procedure, applicant, facts).location
            messages.success(request, _("Đã sửa thông tin người nộp; nội dung cũ được lưu cùng lý do."))
            return redirect(location)
        except Invalid as refusal:
            context["errors"], status = refusal.fields or {"": refusal.message}, 422
        except Conflict as refusal:
            context["refusal"], status = refusal, 409
            context["seen"] = fingerprint(Party.objects.get(pk=applicant.pk))
    note_party(counter.ctx, applicant, "correct")
    context["corrections"] = [say_correction(one) for one in corrections_of(applicant.pk)]
    return render(request, "onestop/desk/counter_correct.html", context, status=status)


def _correct(request: Any, counter: Counter, procedure: str, party: Party, facts: Facts) -> Answer:
    details = read_details({**request.POST.dict(), "kind": party.kind}, facts)

    def do() -> Answer:
        correct_party(counter.ctx, party.pk, details, request.POST.get("reason", ""), request.POST.get("seen", ""))
        return Answer(302, location=reverse("counter_fill", args=[procedure, party.public_id]))

    key = request.POST.get("_once", "")
    return once(f"correct:{counter.ctx.actor}:{party.pk}", key, typed_in(request), counter.ctx.now, do)


def _as_typed(party: Party) -> dict[str, Any]:
    """The record as the form shows it."""
    born = PartialDate.of(party.birth_date)
    return {
        "name": party.name,
        "number": party.number or "",
        "born": party.birth_date,
        "born_day": born.day,
        "born_month": born.month,
        "born_year": born.year,
        "sex": party.sex,
        "phone": party.phone,
        "email": party.email,
        "commune": str(party.place) if party.place else "",
        "address": party.address,
    }


def _found(request: Any, counter: Counter) -> list[Party]:
    if number := request.POST.get("find_number", "").strip():
        if not re.search("[0-9]", number):
            raise Invalid("Chưa đọc được số.", fields={"find_number": "Ghi số định danh hoặc mã số thuế bằng chữ số."})
        return find_by_number(counter.ctx, number)
    name, born = request.POST.get("find_name", "").strip(), PartialDate.parse(request.POST, "find_born").iso()
    if not name or not born:
        raise Invalid(
            "Thiếu điều kiện tìm.",
            fields={"find_number": "Ghi số định danh; hoặc họ tên và ngày sinh (ít nhất năm sinh)."},
        )
    return find_by_name(counter.ctx, name, born)


def _create(request: Any, counter: Counter, procedure: str, facts: Facts) -> Answer:
    """Keep the applicant under the page's idempotency key: pressed twice, one party."""

    def do() -> Answer:
        party = _kept_party(request, counter, facts)
        return Answer(302, location=reverse("counter_fill", args=[procedure, party.public_id]))

    key = request.POST.get("_once", "")
    return once(f"applicant:{counter.ctx.actor}:{procedure}", key, typed_in(request), counter.ctx.now, do)


def _kept_party(request: Any, counter: Counter, facts: Facts) -> Party:
    details = read_details(request.POST, facts)
    known = find_party(details.number, details.kind) if details.number else None
    if known and known.name.casefold() != details.name.casefold():
        raise _Known(known)
    return keep_party(counter.ctx, details)


def _sexes() -> list[tuple[str, str]]:
    return [("female", _("Nữ")), ("male", _("Nam"))]
