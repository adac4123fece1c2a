"""What every page of the desk knows: where one can go, how much waits there, who acts from which post."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.middleware import realm_of
from tinhso.foundation.identity.models import Realm
from tinhso.systems.onestop.queries import count_alerts, counts_for

Item = dict[str, Any]


def desk(request: HttpRequest) -> dict[str, Any]:
    """Nothing outside the desk and for strangers; there the shell's `navigation`, `account` and search."""
    user: Any = getattr(request, "user", None)
    if realm_of(request.path) != Realm.OFFICER or user is None or not user.is_authenticated:
        return {}
    acting = getattr(request, "acting_post", None)
    post = acting.agency.short_name if acting else _("Chưa giữ vị trí nào")
    return {
        "home_url": "/can-bo/",
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "account": {"name": user.full_name, "post": post, "url": "/can-bo/vi-tri", "sign_out_url": "/can-bo/dang-xuat"},
        "search_url": "/can-bo/tim",
        "search_method": "post",
        "search_label": _("Tìm hồ sơ theo mã hoặc tên người nộp"),
        "search_hint": _("Mã hồ sơ, tên người nộp"),
        "search_query": _asked(request) if request.path == "/can-bo/tim" else "",
        "several_posts": len(getattr(request, "posts", [])) > 1,
    }


def _asked(request: HttpRequest) -> str:
    return request.POST.get("q") or request.GET.get("q", "")


def _navigation(request: Any) -> list[Item]:
    posts = request.posts
    roles = {post.role for post in posts}
    counts = counts_for(request)
    items = [_item(request, _("Hộp việc"), "/can-bo/", "inbox", "h", counts.open)]
    items.append(_item(request, _("Nhắc việc"), "/can-bo/nhac-viec", "bell", "n", count_alerts(request)))
    if roles & {Post.Role.COUNTER, Post.Role.HEAD}:
        items.append(_item(request, _("Tiếp nhận"), "/can-bo/tiep-nhan", "plus", "t"))
    if Post.Role.LEADER in roles:
        items.append(_item(request, _("Chờ ký"), "/can-bo/cho-ky", "pen-line", "k", counts.to_sign))
    if Post.Role.CLERK in roles:
        items.append(_item(request, _("Chờ cấp số"), "/can-bo/cho-so", "stamp", "s", counts.to_seal))
    if roles & {Post.Role.COUNTER, Post.Role.HEAD, Post.Role.LEADER, Post.Role.CLERK}:
        items.append(_item(request, _("Thu phí"), "/can-bo/thu-phi", "wallet", "p"))
    if Post.Role.PUBLISHER in roles:
        items.append(_item(request, _("Danh mục thủ tục"), "/can-bo/danh-muc-thu-tuc", "book-open", "m"))
        items.append(_item(request, _("Phiên bản"), "/can-bo/phien-ban", "history", "p"))
    items.append(_item(request, _("Điều hành"), "/dieu-hanh/", "chart-column", "d"))
    return items


def _item(request: HttpRequest, label: str, url: str, icon: str, key: str, count: int = 0) -> Item:
    current = request.path == url or (url != "/can-bo/" and request.path.startswith(url))
    return {"label": label, "url": url, "icon": icon, "key": key, "count": count, "current": current}
