"""What a dossier's owner opens and does: slips, papers, the result, taking it back."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.text import whole_number
from tinhso.core.web.file_answer import file_answer
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import get_case, papers_of
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.files.actions.keep import read
from tinhso.systems.accounts.public import answer_once, citizen, kept_values
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services import words
from tinhso.systems.services.actions.open_dossier import open_dossier

LONGEST_REASON = 1000
_NO_DOT = re.compile(r"^([A-Z]\d\d)(?=\d+-)")
"""An agency's identifier written without its first dot: `H44148` for H44.148."""


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
    moved: Conflict | None = None
    if not onestop.may(case.business, "withdraw"):
        return _too_late(request, case)
    if request.method == "POST":
        values = request.POST.dict()
        reason = values.get("ly_do", "").strip()
        if reason and len(reason) <= LONGEST_REASON:
            try:
                return answer_once(request, lambda: _withdrawn(request, case, reason))
            except Conflict as conflict:
                case, moved = own_case(request, code), conflict
                if case.version == version_in(request, case):
                    raise
                if not onestop.may(case.business, "withdraw"):
                    return _too_late(request, case)
        else:
            errors["ly_do"] = _("Bạn viết vài chữ vì sao rút (nhiều nhất %(most)s ký tự).") % {"most": LONGEST_REASON}
    context = {**_named(case), "values": values, "errors": errors, "moved": moved}
    return render(request, "services/withdraw.html", context, status=422 if errors else 409 if moved else 200)


def is_owner(request: Any, case: Case) -> bool:
    user = request.user
    return bool(user.is_authenticated and user.realm == "citizen" and onestop.may_see(user, case))


def own_case(request: Any, code: str) -> Case:
    """The case, to its owner. Raises NotFound for a code that does not exist and for others' alike."""
    tidy = tidy_code(code)
    case = find_dossier(tidy)
    if case is None or not is_owner(request, case):
        raise NotFound(
            _("Tài khoản của bạn không có hồ sơ mang mã %(code)s.") % {"code": tidy},
            what_to_do="Đăng nhập bằng tài khoản đã nộp hồ sơ, hoặc xem tình trạng chung ở trang tra cứu.",
        )
    return case


def find_dossier(code: str) -> Case | None:
    """The dossier with a tidy code; other kinds of cases are not followed here."""
    try:
        case = get_case(code)
    except NotFound:
        return None
    return case if case.kind == "dossier" else None


def tidy_code(typed: str) -> str:
    """A code as slips print it, from what is typed or pasted: spaces, small letters, the whole address, no dot."""
    tidy = "".join(typed.rsplit("/", 1)[-1].split()).upper()[:60]
    return _NO_DOT.sub(r"\1.", tidy)


def _too_late(request: Any, case: Case) -> HttpResponse:
    """Why a dossier cannot be withdrawn any more."""
    context = {**_named(case), "why": _(words.NOT_WITHDRAWN.get(case.business, words.NOT_WITHDRAWN_OTHERWISE))}
    return render(request, "services/not_withdrawn.html", context, status=409)


def _named(case: Case) -> dict[str, Any]:
    release = release_of(case)
    return {
        "case": case,
        "name": release.short_name or release.name,
        "tone": onestop.STATE_TONES[case.business],
        "state": _(case.get_business_display()),
    }


def version_in(request: Any, case: Case) -> int:
    """The version that was on the screen. Raises Invalid for a form without it."""
    version = whole_number(request.POST.get("version", ""))
    if version is None:
        raise Invalid("Trang này thiếu thông tin nên chưa gửi được.", what_to_do="Tải lại trang hồ sơ rồi làm lại.")
    return version


def _withdrawn(request: Any, case: Case, reason: str) -> str:
    onestop.withdraw(request.ctx, case.pk, version_in(request, case), reason)
    return reverse("tracking", args=[case.code])
