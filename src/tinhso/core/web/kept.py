"""Nothing typed is lost when a session ends: it waits, sealed, in the new session until its page is seen again."""

import base64
import json
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect

from tinhso.core.crypto import WrongKey, open_bytes, seal_bytes
from tinhso.core.web.failures import SECRETS, expired

MOST_KEPT = 64 * 1024
"""Characters of typed text kept over a sign-in; a form that holds more is given back to be sent again."""

_KEPT, _PURPOSE = "kept", "typed before sign-in"
_NOT_TYPED = SECRETS | {"csrfmiddlewaretoken", "_once"}


def typed_in(request: Any) -> dict[str, list[str]]:
    """The posted fields that a person filled in, secrets aside."""
    return {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}


def sign_in_and_back(request: Any, door: str) -> HttpResponse:
    """Send a stranger to the sign-in page at `door`, which leads back here; what was posted is kept meanwhile."""
    if request.method == "POST" and (typed := typed_in(request)):
        text = json.dumps(typed, ensure_ascii=False)
        if len(text) > MOST_KEPT:
            return expired(request)
        sealed = base64.b64encode(seal_bytes(text.encode(), _PURPOSE)).decode()
        request.session[_KEPT] = {"path": request.path, "typed": sealed}
    return redirect(f"{door}?tiep={quote(request.get_full_path())}")


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
