"""Addresses for machines that watch: alive, ready, measured."""

import hmac

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from tinhso.core.errors import Forbidden
from tinhso.core.settings import current
from tinhso.core.web.access import public


@public
def health(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """The process can work: the database answers and has its tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_release_publication")
    return JsonResponse({"ready": True})


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics; with a token set, only to who brings it."""
    token = current().metrics_token
    given = request.headers.get("Authorization", "")
    if token and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Forbidden("Số đo vận hành chỉ dành cho hệ thống giám sát.")
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
