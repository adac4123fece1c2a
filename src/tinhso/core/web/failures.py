"""Refusals and failures as pages (or problem+json for the API)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import http_date

from tinhso.core.errors import Conflict, DomainError, Invalid, TooMany


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


def problem(error: DomainError) -> JsonResponse:
    """The refusal as problem+json (RFC 9457)."""
    body: dict[str, object] = {"type": "about:blank", "title": error.message, "status": error.status}
    if error.what_to_do:
        body["detail"] = error.what_to_do
    if isinstance(error, Invalid) and error.fields:
        body["fields"] = error.fields
    return JsonResponse(body, status=error.status, content_type="application/problem+json")


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose sign-in or page had grown old: what was typed comes back to be sent again."""
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [(name, value) for name, value in typed if not name.startswith("csrf") and name not in SECRETS]
    return render(request, "web/errors/expired.html", {"kept": kept, "action": request.get_full_path()}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/errors/404.html", {}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "web/errors/500.html", {}, status=500)


SECRETS = frozenset({"password", "pin"})
"""Fields that are never given back nor kept."""

_PAGES = {400, 403, 404, 409, 413, 422, 429, 503}
