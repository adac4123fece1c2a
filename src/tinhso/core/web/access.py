"""Every route declares who may come; a test walks the URL table and fails on one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase

from tinhso.core.errors import Forbidden
from tinhso.core.web.kept import sign_in_and_back

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SIGN_IN = {"citizen": "/dang-nhap", "officer": "/can-bo/dang-nhap"}


def public(view: View) -> View:
    """Anyone may come."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def signed_in(realm: str) -> Callable[[View], View]:
    """Only signed-in accounts of `realm`; another realm is refused.

    A stranger is sent to sign in and back; who posts after the session ended finds what was typed (`kept.take_kept`).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user: Any = request.user
            if not user.is_authenticated:
                return sign_in_and_back(request, SIGN_IN[realm])
            if user.realm != realm:
                raise Forbidden(
                    "Tài khoản này không dùng được ở trang này.",
                    what_to_do="Đăng xuất rồi đăng nhập bằng tài khoản phù hợp.",
                )
            return view(request, *args, **kwargs)

        guarded.permission = realm  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard
