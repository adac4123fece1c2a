"""Following a dossier: whoever has only its code learns the least, who holds the slip more, its owner all of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.core.errors import Invalid
from tinhso.core.text import mask_name
from tinhso.core.time import business_date
from tinhso.core.web.access import public
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.queries import communes
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import current_answers, papers_of
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.forms.rules.filling import summary
from tinhso.foundation.identity.actions.guard_secret import guarded
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.payments.queries import standings_of_cases
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services import words
from tinhso.systems.services.actions.count_lookup import count_lookup
from tinhso.systems.services.actions.open_dossier import open_dossier
from tinhso.systems.services.queries import find_release
from tinhso.systems.services.tracking import holding_agency, trace
from tinhso.systems.services.views.dossier import find_dossier, is_owner, tidy_code
from tinhso.systems.services.views.visitors import address_of

KEY, DIGITS = "khoa", "so_cuoi"


@public
def find(request: Any) -> HttpResponse:
    """Type the code on the slip; or the slip's whole address, which has its key."""
    typed = request.GET.get("ma", "").strip()
    if not typed:
        return _asked_again(request, "", {}, status=200)
    path, _mark, query = typed.partition("?")
    code, key = tidy_code(path), query.removeprefix(f"{KEY}=")
    if not onestop.CODE_SHAPE.match(code):
        return _asked_again(request, typed, {"ma": not_found(code)})
    address = reverse("tracking", args=[code])
    return redirect(f"{address}?{KEY}={key}" if onestop.is_tracking_key(code, key) else address)


@public
def tracking(request: Any, code: str) -> HttpResponse:
    """Where a dossier is. Its owner also sees what it holds; that is written down first."""
    case, known = _sought(request, tidy_code(code))
    if case is None:
        return _asked_again(request, tidy_code(code), {"ma": not_found(tidy_code(code))})
    if is_owner(request, case):
        open_dossier(request.ctx, case, "dossier")
        return render(request, "services/tracking.html", {**_told(request, case), **_own(request, case)})
    if known:
        return render(request, "services/tracking.html", _told(request, case))
    return _least(request, case, {})


@public
def prove(request: Any, code: str) -> HttpResponse:
    """The last digits of the phone number that was given with a dossier open the page its slip leads to."""
    case, _known = _sought(request, tidy_code(code))
    if case is None:
        return _asked_again(request, tidy_code(code), {"ma": not_found(tidy_code(code))})
    address = reverse("tracking", args=[case.code])
    if request.method != "POST":
        return redirect(address)
    try:
        with guarded(request.ctx, DIGITS, f"dossier:{case.pk}"):
            _must_be_theirs(case, request.POST.get(DIGITS, ""))
    except Invalid as refusal:
        return _least(request, case, refusal.fields)
    return redirect(f"{address}?{KEY}={onestop.tracking_key(case.code)}")


def not_found(code: str) -> str:
    """The same words for a code that nobody has and for a dossier that its code alone does not open."""
    if onestop.CODE_SHAPE.match(code):
        return _(
            "Không có hồ sơ nào mở được bằng riêng mã %(code)s. Bạn xem lại từng ký tự trên giấy tiếp nhận. "
            "Vài loại hồ sơ riêng tư chỉ mở bằng mã QR trên giấy, hoặc sau khi đăng nhập."
        ) % {"code": code}
    return _("“%(code)s” không giống mã hồ sơ. Mã có dạng như H44.01-261122-0007, in trên giấy tiếp nhận.") % {
        "code": code
    }


def _sought(request: Any, code: str) -> tuple[Case | None, bool]:
    """The dossier of a code as far as this visitor may know of it, and whether they hold its key.

    Whoever has neither key nor account in it is counted, whether it exists or not. Raises TooMany.
    """
    known = onestop.is_tracking_key(code, request.GET.get(KEY, ""))
    case = find_dossier(code)
    if known or (case and is_owner(request, case)):
        return case, known
    count_lookup(request.ctx.now, address_of(request), code)
    return (None if case is None or _is_private(case, request) else case), False


def _is_private(case: Case, request: Any) -> bool:
    """By the release it was received under, or by today's: what has become private covers older dossiers too."""
    release = release_of(case)
    today = find_release(release.code, business_date(request.ctx.now))
    return bool(release.discretion or (today and today.discretion))


def _must_be_theirs(case: Case, digits: str) -> None:
    if not onestop.phone_ends_with(case, digits):
        said = _("Bốn số này không khớp với số điện thoại đã khai trong hồ sơ.")
        raise Invalid(said, fields={DIGITS: said})


def _asked_again(request: Any, typed: str, errors: dict[str, str], status: int = 404) -> HttpResponse:
    return render(request, "services/find.html", {"values": {"ma": typed[:80]}, "errors": errors}, status=status)


def _least(request: Any, case: Case, errors: dict[str, str]) -> HttpResponse:
    """What a code alone opens: the state, the unit that has it, the due date. Nobody's name, not even the matter's."""
    context = {**_state(request, case), "unit": holding_agency(case), "errors": errors, "least": True}
    return render(request, "services/tracking_least.html", context, status=422 if errors else 200)


def _state(request: Any, case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "tone": onestop.STATE_TONES[case.business],
        "state": _(case.get_business_display()),
        "promise": onestop.say_due(case, request.ctx.now),
    }


def _told(request: Any, case: Case) -> dict[str, Any]:
    """What the holder of the slip sees: the way of the dossier, no person's name unmasked."""
    release = release_of(case)
    facts = onestop.dossier_facts(case.pk)
    money = standings_of_cases([case.pk]).get(case.pk, [])
    return {
        **_state(request, case),
        "owner": False,
        "name": release.short_name or release.name,
        "applicant": mask_name(case.applicant.name) if case.applicant else "",
        "trace": trace(case, request.ctx.now),
        "explanation": facts.explanation.get(get_language() or "vi") or facts.explanation.get("vi", ""),
        "filing": facts.filing,
        "return_by": _(words.RETURNS.get(facts.return_by, facts.return_by)),
        "return_at": case.returned_by if facts.return_by != "online" else None,
        "owed": sum(one.due for one in money),
        "received": sum(one.received for one in money),
        "to_give_back": sum(one.credit + one.to_refund for one in money),
        "results": onestop.results_of(case.pk),
        "wanted": onestop.open_supplement(case),
        "may_withdraw": onestop.may(case.business, "withdraw"),
    }


def _own(request: Any, case: Case) -> dict[str, Any]:
    """What only the owner sees. Five queries."""
    release = release_of(case)
    names = {one.key: one.name for one in release.papers}
    places = {place.code: str(place) for place in communes(business_date(request.ctx.now))}
    answers = current_answers(case.pk).answers
    return {
        "owner": True,
        "fresh": "moi" in request.GET,
        "answers": [row for row in summary(release.form, answers, places, translated) if row.value],
        "papers": [(names.get(row.key, row.key), row) for row in papers_of(case.pk)],
        "slips": onestop.slips_of(case.pk),
        "letters": list(Letter.objects.filter(case_id=case.pk).order_by("-id")[:20]),
        "full_name": case.applicant.name if case.applicant else "",
    }
