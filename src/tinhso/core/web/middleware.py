"""What every request passes through: an id and a log line, headers, the upload limit, refusals as pages."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from prometheus_client import Counter, Histogram

from tinhso.core import logs
from tinhso.core.errors import DomainError, Invalid, NotFound
from tinhso.core.language import chosen_language
from tinhso.core.web.failures import refuse

_log = logging.getLogger("tinhso.request")
_seconds = Histogram("tinhso_request_seconds", "Seconds to answer a request", ["route", "method"])
_answers = Counter("tinhso_answers", "Answers by status", ["route", "status"])

_NUL = "\0"

Next = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'{gateway}; frame-src 'self'; frame-ancestors 'self'; base-uri 'none';"
    " object-src 'self'; manifest-src 'self'"
)

STRICT_TRANSPORT = f"max-age={365 * 24 * 3600}"
VERBS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLog:
    """Gives the request an id (a well-formed one from the front server is kept), logs and measures its answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if re.fullmatch(r"[0-9A-Za-z-]{8,64}", given) else uuid.uuid4().hex
        request.request_id = identifier  # type: ignore[attr-defined]
        token = logs.request_id.set(identifier)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            route = request.resolver_match.route if request.resolver_match else "?"
            _seconds.labels(route, request.method if request.method in VERBS else "?").observe(seconds)
            _answers.labels(route, response.status_code).inc()
            fields = {"route": route, "method": request.method, "status": response.status_code}
            _log.info("answered", extra={"fields": {**fields, "ms": round(seconds * 1000, 1)}})
            response["X-Request-ID"] = identifier
            return response
        finally:
            logs.request_id.reset(token)


class ContentSecurity:
    """No inline script or style, nothing from elsewhere; forms may only go home or to the payment gateway.

    `frame-ancestors` says who may frame us. A site at an https address tells browsers to keep to https, whether or not
    this process can see that the request came over TLS.
    """

    def __init__(self, get_response: Next) -> None:
        from tinhso.core.settings import current

        self.get_response = get_response
        site = current()
        self.policy = CONTENT_SECURITY.format(gateway=f" {site.gateway_url}" if site.gateway_url else "")
        self.secure = site.secure

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        if self.secure:
            response.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
        return response


class ChosenLanguage:
    """The page is written in the language its reader chose."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request.COOKIES)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response


class UploadLimit:
    """Lets a form with a file that is too large reach its page, so that what was typed is kept.

    The file itself is not stored (see uploads.SizeGuard); the page reads `request.oversized`.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.oversized = []  # type: ignore[attr-defined]
        return self.get_response(request)


class NoNul:
    """Turns away what no keyboard types and no text column holds: a NUL character, in the address or a form."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _NUL in request.path or any(_NUL in value for values in request.GET.lists() for value in values[1]):
            return refuse(request, NotFound("Địa chỉ này có ký tự lạ nên không mở được."))
        if request.method == "POST" and any(_NUL in value for values in request.POST.lists() for value in values[1]):
            return refuse(
                request,
                Invalid(
                    "Nội dung gửi lên có ký tự lạ nên chưa được nhận.",
                    what_to_do="Quay lại trang trước, xóa chỗ vừa dán rồi gõ lại.",
                ),
            )
        return self.get_response(request)


class Refusals:
    """Shows a DomainError as its page, with the status of its kind."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refuse(request, error) if isinstance(error, DomainError) else None
