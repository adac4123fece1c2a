"""Following a dossier: anyone with its code sees where it is; its owner sees all of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.text import mask_name, whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import public
from tinhso.core.web.file_answer import file_answer
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.queries import communes
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import current_answers, get_case, papers_of
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.files.actions.keep import read
from tinhso.foundation.forms.rules.filling import summary
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.payments.queries import standings_of_cases
from tinhso.systems.accounts.public import answer_once, citizen, kept_values
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services import words
from tinhso.systems.services.actions.open_dossier import open_dossier
from tinhso.systems.services.tracking import trace

LONGEST_REASON = 1000


@public
def find(request: Any) -> HttpResponse:
    """Type the code on the slip."""
    typed = request.GET.get("ma", "").strip()
    errors: dict[str, str] = {}
    if typed:
        code = tidy_code(typed)
        if Case.objects.filter(code=code, kind="dossier").exists():
            return redirect("tracking", code=code)
        errors = {"ma": _not_found(code)}
    context = {"values": {"ma": typed[:80]}, "errors": errors}
    return render(request, "services/find.html", context, status=404 if errors else 200)


@public
def tracking(request: Any, code: str) -> HttpResponse:
    """Where a dossier is. Its owner also sees what it holds; that is written down first."""
    case = _case(code)
    owner = is_owner(request, case)
    if owner:
        open_dossier(request.ctx, case, "dossier")
    release = release_of(case)
    facts = onestop.dossier_facts(case.pk)
    way = trace(case, request.ctx.now)
    due = sum(one.due for one in standings_of_cases([case.pk]).get(case.pk, []))
    context = {
        "case": case,
        "owner": owner,
        "fresh": owner and "moi" in request.GET,
        "name": release.short_name or release.name,
        "applicant": mask_name(case.applicant.name) if case.applicant else "",
        "tone": onestop.STATE_TONES[case.business],
        "state": _(case.get_business_display()),
        "trace": way,
        "promise": onestop.say_due(case, request.ctx.now),
        "explanation": facts.explanation.get(get_language() or "vi") or facts.explanation.get("vi", ""),
        "filing": facts.filing,
        "return_by": _(words.RETURNS.get(facts.return_by, facts.return_by)),
        "owed": due,
        "results": onestop.results_of(case.pk),
        "wanted": onestop.open_supplement(case),
        "may_withdraw": onestop.may(case.business, "withdraw"),
        "share_url": onestop.tracking_address(case.code),
        **(_own(request, case) if owner else {}),
    }
    return render(request, "services/tracking.html", context)


@citizen
def slip(request: Any, code: str, slip: UUID) -> HttpResponse:
    """A slip's PDF."""
    case = own_case(request, code)
    open_dossier(request.ctx, case, "slip")
    found = onestop.open_slip(case, slip)
    return file_answer(found.data, "application/pdf", found.name)


@citizen
def result(request: Any, code: str, result: UUID) -> HttpResponse:
    """The result, exactly as it was signed and sealed."""
    case = own_case(request, code)
    open_dossier(request.ctx, case, "result")
    found = onestop.open_result(case, result)
    return file_answer(found.data, "application/pdf", found.name, download=True)


@citizen
def paper(request: Any, code: str, file: UUID) -> HttpResponse:
    """A paper that was handed in, as it is kept."""
    case = own_case(request, code)
    found = next((row.file for row in papers_of(case.pk) if row.file and row.file.public_id == file), None)
    if found is None:
        raise NotFound("Hồ sơ này không có tệp như vậy.", what_to_do="Mở lại trang hồ sơ để xem các giấy tờ đã nộp.")
    open_dossier(request.ctx, case, "paper")
    return file_answer(read(found), found.blob.media_type, found.name)


@citizen
def withdraw(request: Any, code: str) -> HttpResponse:
    """Take a dossier back before it is decided, after asking why."""
    case = own_case(request, code)
    values = kept_values(request)
    errors: dict[str, str] = {}
    if not onestop.may(case.business, "withdraw"):
        raise Conflict(
            f"Hồ sơ đang ở trạng thái “{case.get_business_display()}” nên không rút được nữa.",
            what_to_do="Mở lại hồ sơ để xem tình trạng mới nhất.",
        )
    if request.method == "POST":
        values = request.POST.dict()
        reason = values.get("ly_do", "").strip()
        if reason and len(reason) <= LONGEST_REASON:
            return answer_once(request, lambda: _withdrawn(request, case, reason))
        errors["ly_do"] = _("Bạn viết vài chữ vì sao rút (nhiều nhất %(most)s ký tự).") % {"most": LONGEST_REASON}
    release = release_of(case)
    context = {"case": case, "name": release.short_name or release.name, "values": values, "errors": errors}
    return render(request, "services/withdraw.html", context, status=422 if errors else 200)


def is_owner(request: Any, case: Case) -> bool:
    user = request.user
    return bool(user.is_authenticated and user.realm == "citizen" and onestop.may_see(user, case))


def own_case(request: Any, code: str) -> Case:
    """The case, to its owner. Raises NotFound for a code that does not exist and for others' alike."""
    case = _case(code)
    if not is_owner(request, case):
        raise NotFound(
            f"Tài khoản của bạn không có hồ sơ mang mã {case.code}.",
            what_to_do="Đăng nhập bằng tài khoản đã nộp hồ sơ, hoặc xem tình trạng chung ở trang tra cứu.",
        )
    return case


def tidy_code(typed: str) -> str:
    """A code as slips print it, from what a person types or pastes (spaces, small letters, the whole address)."""
    return "".join(typed.rsplit("/", 1)[-1].split()).upper()[:60]


def version_in(request: Any, case: Case) -> int:
    """The version that was on the screen. Raises Invalid for a form without it."""
    version = whole_number(request.POST.get("version", ""))
    if version is None:
        raise Invalid("Trang này thiếu thông tin nên chưa gửi được.", what_to_do="Tải lại trang hồ sơ rồi làm lại.")
    return version


def _case(code: str) -> Case:
    case = get_case(tidy_code(code))
    if case.kind != "dossier":
        raise NotFound(_not_found(case.code))
    return case


def _not_found(code: str) -> str:
    if onestop.CODE_SHAPE.match(code):
        return _("Không có hồ sơ nào mang mã %(code)s. Bạn xem lại từng ký tự trên giấy tiếp nhận.") % {"code": code}
    return _("“%(code)s” không giống mã hồ sơ. Mã có dạng như H44.01-261122-0007, in trên giấy tiếp nhận.") % {
        "code": code
    }


def _withdrawn(request: Any, case: Case, reason: str) -> str:
    onestop.withdraw(request.ctx, case.pk, version_in(request, case), reason)
    return reverse("tracking", args=[case.code])


def _own(request: Any, case: Case) -> dict[str, Any]:
    """What only the owner sees. Five queries."""
    release = release_of(case)
    names = {one.key: one.name for one in release.papers}
    places = {place.code: str(place) for place in communes(business_date(request.ctx.now))}
    answers = current_answers(case.pk).answers
    return {
        "answers": [row for row in summary(release.form, answers, places, translated) if row.value],
        "papers": [(names.get(row.key, row.key), row) for row in papers_of(case.pk)],
        "slips": onestop.slips_of(case.pk),
        "letters": list(Letter.objects.filter(case_id=case.pk).order_by("-id")[:20]),
        "full_name": case.applicant.name if case.applicant else "",
    }
