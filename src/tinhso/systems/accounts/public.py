"""For citizens' pages behind sign-in: nothing typed is lost when a session ends, nothing is done twice."""

import base64
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from tinhso.core.crypto import WrongKey, open_bytes, seal_bytes
from tinhso.core.errors import Forbidden, Invalid
from tinhso.core.web.access import SIGN_IN
from tinhso.core.web.failures import expired
from tinhso.foundation.events.actions.once import Answer, once
from tinhso.foundation.identity.models import Realm

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

MOST_KEPT = 64 * 1024
"""Characters of typed text kept over a sign-in; a form that holds more is given back to be sent again."""

_KEPT, _PURPOSE = "kept", "typed before sign-in"
_NOT_TYPED = ("csrfmiddlewaretoken", "_once")


def citizen(view: View) -> View:
    """Only signed-in citizens. Who posts after the session ended signs in and finds what was typed (`take_kept`)."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_and_back(request)
        if request.user.realm != Realm.CITIZEN:
            raise Forbidden(
                "Tài khoản này không dùng được ở trang này.",
                what_to_do="Đăng xuất rồi đăng nhập bằng tài khoản người dân, doanh nghiệp.",
            )
        return view(request, *args, **kwargs)

    guarded.permission = "citizen"  # type: ignore[attr-defined]
    return cast(View, guarded)


def take_kept(request: Any) -> dict[str, list[str]] | None:
    """What was typed on this very page before the sign-in, by field, given once."""
    kept = request.session.get(_KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEPT]
    try:
        typed: dict[str, list[str]] = json.loads(open_bytes(base64.b64decode(kept["typed"]), _PURPOSE))
    except (WrongKey, ValueError):
        return None
    return typed


def kept_values(request: Any) -> dict[str, str]:
    """The same for a form whose fields have one value each; empty when nothing was kept."""
    return {name: texts[0] for name, texts in (take_kept(request) or {}).items() if texts}


def answer_once(request: Any, act: Callable[[], str]) -> HttpResponse:
    """Redirect to where `act` leads, performed once for the form's key however often and however parallel it is sent.

    Raises Invalid for a form without a key, Conflict for the same key with another body.
    """
    key = request.POST.get("_once", "")
    if not re.fullmatch(r"[0-9A-Za-z-]{16,64}", key):
        raise Invalid("Trang này thiếu mã chống gửi trùng nên chưa gửi được.", what_to_do="Tải lại trang rồi gửi lại.")
    said = {"path": request.path, "body": typed_in(request)}
    answer = once(f"account:{request.user.pk}", key, said, request.ctx.now, lambda: Answer(303, location=act()))
    response = redirect(answer.location)
    response.status_code = 303
    return response


def typed_in(request: Any) -> dict[str, list[str]]:
    """The posted fields that a person filled in."""
    return {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}


def _sign_in_and_back(request: Any) -> HttpResponse:
    if request.method == "POST" and (typed := typed_in(request)):
        text = json.dumps(typed, ensure_ascii=False)
        if len(text) > MOST_KEPT:
            return expired(request)
        sealed = base64.b64encode(seal_bytes(text.encode(), _PURPOSE)).decode()
        request.session[_KEPT] = {"path": request.path, "typed": sealed}
    return redirect(f"{SIGN_IN['citizen']}?tiep={quote(request.get_full_path())}")
