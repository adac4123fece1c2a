"""What the shells of every page show around it: the ways through the site, who is signed in, the way out."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tinhso.foundation.identity.middleware import realm_of
from tinhso.foundation.identity.models import Realm

_WAYS = (
    ("catalogue", gettext_noop("Thủ tục"), "book-open", ("/thu-tuc", "/nop-ho-so")),
    ("find_dossier", gettext_noop("Tra cứu"), "search", ("/tra-cuu",)),
    ("verify", gettext_noop("Xác minh"), "shield-check", ("/xac-minh",)),
    ("mine", gettext_noop("Của tôi"), "folder", ("/cua-toi",)),
)


def door(request: HttpRequest) -> dict[str, Any]:
    """Context of the public pages; on officers' pages nothing, for the desk has its own."""
    if realm_of(request.path) is not Realm.CITIZEN or request.path.startswith("/api/"):
        return {}
    return {
        "home_url": "/",
        "navigation": [
            {"label": _(label), "url": reverse(name), "icon": icon, "current": request.path.startswith(under)}
            for name, label, icon, under in _WAYS
        ],
        "account": SimpleLazyObject(lambda: _account(request)),
        "sign_in_url": f"{reverse('sign_in')}?tiep={request.path}" if request.path != "/" else reverse("sign_in"),
        "footer_links": [
            {"label": _("Mọi thủ tục"), "url": reverse("catalogue")},
            {"label": _("Tra cứu hồ sơ"), "url": reverse("find_dossier")},
            {"label": _("Xác minh giấy tờ"), "url": reverse("verify")},
            {"label": _("Dành cho cán bộ"), "url": reverse("officer_sign_in")},
        ],
    }


def _account(request: HttpRequest) -> dict[str, str]:
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"name": user.full_name, "url": reverse("mine"), "sign_out_url": reverse("sign_out")}
