"""Refusals and failures as pages (or problem+json for the API)."""

import logging
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext_noop as _

from tinhso.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, TooMany, TryLater
from tinhso.core.language import chosen_language
from tinhso.core.web.context import site

_log = logging.getLogger("tinhso.failures")

RETRY_SECONDS = 5
"""When to ask again after the database was lost: by then it is usually back."""


def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a refusal: what happened, that nothing was lost, what to do."""
    if request.path.startswith("/api/"):
        return problem(error)
    context = {
        "error": error,
        "changes": error.changes if isinstance(error, Conflict) else (),
        "retry_at": error.retry_at if isinstance(error, TooMany) else None,
    }
    template = f"web/errors/{error.status if error.status in _PAGES else 400}.html"
    response = render(request, template, context, status=error.status)
    if isinstance(error, TooMany):
        response["Retry-After"] = http_date(error.retry_at.timestamp())
    return response


def problem(error: DomainError, status: int = 0) -> JsonResponse:
    """The refusal as problem+json (RFC 9457)."""
    status = status or error.status
    body: dict[str, object] = {"type": "about:blank", "title": error.message, "status": status}
    if error.what_to_do:
        body["detail"] = error.what_to_do
    if isinstance(error, Invalid) and error.fields:
        body["fields"] = error.fields
    return JsonResponse(body, status=status, content_type="application/problem+json")


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose sign-in or page had grown old: what was typed comes back to be sent again."""
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [(name, value) for name, value in typed if not name.startswith("csrf") and name not in SECRETS]
    return render(request, "web/errors/expired.html", {"kept": kept, "action": request.get_full_path()}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return refuse(request, NotFound(_("Không có trang nào ở địa chỉ này")))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return refuse(request, Forbidden(_("Bạn chưa được phép xem hoặc làm việc này")))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: a request that cannot be read, or one whose sign-in could not be written down after its work."""
    if _database_lost(exception):
        return _interrupted(request, exception)
    if isinstance(exception, SessionInterrupted):
        return _bare(request, "interrupted", Forbidden(_("Phiên đăng nhập vừa kết thúc"), what_to_do=_SIGN_IN))
    if isinstance(exception, RequestDataTooBig):
        return _bare(request, "413", DomainError(_("Nội dung gửi lên dài quá mức cho phép")), 413)
    return _bare(request, "400", DomainError(_("Máy chủ không đọc được yêu cầu vừa rồi")))


def broken(request: HttpRequest) -> HttpResponse:
    """handler500; called while the failure is being handled."""
    error = sys.exc_info()[1]
    if error is not None and _database_lost(error):
        return _interrupted(request, error)
    return _bare(request, "500", DomainError(_("Máy chủ gặp sự cố khi làm việc vừa rồi")), 500)


def _interrupted(request: HttpRequest, error: BaseException) -> HttpResponse:
    _log.error("database lost", exc_info=error)
    response = _bare(request, "interrupted", TryLater(_("Vừa mất liên lạc với cơ sở dữ liệu"), what_to_do=_AGAIN))
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _database_lost(error: BaseException) -> bool:
    """Whether a lost connection is what began it."""
    return any(isinstance(cause, OperationalError | InterfaceError) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _bare(request: HttpRequest, name: str, error: DomainError, status: int = 0) -> HttpResponse:
    """A page that asks nothing of sign-in or database, either of which may be what failed; in the reader's language."""
    status = status or error.status
    if request.path.startswith("/api/"):
        return problem(error, status)
    language = chosen_language(request.COOKIES)
    asked = SimpleNamespace(request_id=getattr(request, "request_id", ""), path=request.path)
    context: dict[str, Any] = {**site(request), "error": error, "request": asked, "csrf_token": get_token(request)}
    with translation.override(language):
        response = HttpResponse(render_to_string(f"web/errors/{name}.html", context), status=status)
    response["Content-Language"] = language
    return response


_AGAIN = _("Chờ một phút rồi tải lại trang. Nếu vẫn thế, hãy gọi cho chúng tôi.")
_SIGN_IN = _("Đăng nhập lại, rồi xem việc vừa làm đã được ghi chưa.")

SECRETS = frozenset({"password", "pin"})
"""Fields that are never given back nor kept."""

_PAGES = {400, 403, 404, 409, 413, 422, 429, 503}
