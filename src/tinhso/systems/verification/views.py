"""Is this paper real? For anyone, without signing in; what is sent is looked at and forgotten."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from tinhso.core.settings import current
from tinhso.core.web.access import public
from tinhso.systems.onestop import public as onestop
from tinhso.systems.verification.queries import Checked, check, is_cut_short

FIELD, CODE = "tep", "ma"

_TOO_LARGE = gettext_noop(
    "Tệp này lớn hơn %(limit)s MB nên không kiểm tra ở đây được. Giấy tờ do hệ thống cấp chỉ vài trăm KB; "
    "bạn xem có chọn nhầm tệp không."
)
_NOTHING = gettext_noop("Bạn chưa chọn tệp PDF nào.")
_EMPTY = gettext_noop("Tệp này trống, có thể chưa tải về hết. Bạn tải lại từ trang hồ sơ rồi thử lại.")
_CUT_SHORT = gettext_noop(
    "Tệp này tải chưa hết: phần cuối bị thiếu nên chưa kiểm tra được. "
    "Bạn tải lại từ trang hồ sơ, chờ tải xong rồi gửi lại."
)
_NO_PDF = gettext_noop(
    "Đây không phải tệp PDF. Ảnh chụp hay bản in không còn chữ ký số; cần chính tệp PDF đã được gửi cho bạn, "
    "hoặc quét mã QR trên giấy."
)


@public
def verify(request: Any) -> HttpResponse:
    """Send a PDF, read the verdict."""
    return _page(request, None, {})


@public
def verify_result(request: Any, result: UUID) -> HttpResponse:
    """Where a paper's QR code leads: which paper it should be; and the full check of the file one holds."""
    face = onestop.find_result(result)
    return _page(request, face, {"from_code": True, "unknown": face is None}, status=200 if face else 404)


def _page(request: Any, face: onestop.ResultFace | None, more: dict[str, Any], status: int = 200) -> HttpResponse:
    checked: Checked | None = None
    errors: dict[str, str] = {}
    if request.method == "POST":
        checked, errors = _checked(request, face)
        status = 422 if errors else 200
    context = {"face": face, "checked": checked, "errors": errors, "limit": _megabytes(), **more}
    context["values"] = {CODE: request.POST.get(CODE, "")[:80]}
    return render(request, "verification/verify.html", context, status=status)


def _checked(request: Any, face: onestop.ResultFace | None) -> tuple[Checked | None, dict[str, str]]:
    upload = request.FILES.get(FIELD)
    if FIELD in request.oversized:
        return None, {FIELD: _(_TOO_LARGE) % {"limit": _megabytes()}}
    if upload is None:
        return None, {FIELD: _(_NOTHING)}
    data = upload.read()
    if not data or b"%PDF-" not in data[:1024]:
        return None, {FIELD: _(_NO_PDF) if data else _(_EMPTY)}
    if is_cut_short(data):
        return None, {FIELD: _(_CUT_SHORT)}
    told = (request.POST.get(CODE, "")[:80], str(upload.name)[:200])
    return check(data, request.ctx.now, get_language() or "vi", face, told), {}


def _megabytes() -> int:
    return current().upload_limit // (1024 * 1024)
