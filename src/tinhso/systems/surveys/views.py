"""Rating a returned dossier, once."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import get_case
from tinhso.foundation.cases.reading import release_of
from tinhso.systems.accounts.public import answer_once, citizen, kept_values
from tinhso.systems.onestop import public as onestop
from tinhso.systems.surveys.actions.rate import rate
from tinhso.systems.surveys.queries import find_rating
from tinhso.systems.surveys.words import POINTS, QUESTIONS


@citizen
def rating(request: Any, code: str) -> HttpResponse:
    """The questions; once answered, the thank-you."""
    case = _own_case(request, code)
    release = release_of(case)
    context = {"case": case, "name": release.short_name or release.name}
    if find_rating(case) and request.method != "POST":
        return render(request, "surveys/thanks.html", context)
    if case.business != Case.Business.RETURNED:
        raise Conflict("Hồ sơ chưa trả kết quả nên chưa đánh giá được.", what_to_do="Quay lại sau khi nhận kết quả.")
    values, errors = kept_values(request), {}
    if request.method == "POST":
        values = request.POST.dict()
        try:
            return answer_once(request, lambda: _rated(request, case, values))
        except Invalid as fault:
            errors = fault.fields
    context |= {
        "questions": [(key, _(title)) for key, title in QUESTIONS.items()],
        "points": [(str(point), _(text)) for point, text in POINTS.items()],
        "values": values,
        "errors": errors,
    }
    return render(request, "surveys/rating.html", context, status=422 if errors else 200)


def _own_case(request: Any, code: str) -> Case:
    """The case, to whom it belongs. Raises NotFound in the same words for others' codes and for codes of nobody."""
    case: Case | None = None
    with suppress(NotFound):
        case = get_case(code)
    if case is None or not onestop.may_see(request.user, case):
        raise NotFound(
            _("Tài khoản của bạn không có hồ sơ mang mã %(code)s.") % {"code": code[:60]},
            what_to_do="Đăng nhập bằng tài khoản đã nộp hồ sơ.",
        )
    return case


def _rated(request: Any, case: Case, values: dict[str, str]) -> str:
    points = {key: int(values[key]) if values.get(key, "") in map(str, POINTS) else None for key in QUESTIONS}
    rate(request.ctx, case, points, values.get("comment", ""))
    return reverse("rating", args=[case.code])
