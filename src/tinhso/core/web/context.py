"""What every template knows."""

from typing import Any

from django.http import HttpRequest

from tinhso.core.settings import current
from tinhso.core.time import clock


def site(request: HttpRequest) -> dict[str, Any]:
    settings = current()
    ctx = getattr(request, "ctx", None)
    return {
        "province_name": settings.province_name,
        "hotline": settings.hotline,
        "demo_mode": settings.demo,
        "now": ctx.now if ctx else clock(),
    }
