"""For pages behind sign-in: nothing typed is lost when a session ends, nothing is done twice."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from tinhso.core.web.access import signed_in
from tinhso.core.web.kept import MOST_KEPT, kept_values, take_kept, typed_in
from tinhso.foundation.events.actions.once import Answer, once

__all__ = ["MOST_KEPT", "answer_once", "citizen", "kept_values", "take_kept", "typed_in"]

citizen = signed_in("citizen")
"""Only signed-in citizens. Who posts after the session ended signs in and finds what was typed (`take_kept`)."""


def answer_once(request: Any, act: Callable[[], str]) -> HttpResponse:
    """Redirect to where `act` leads, performed once for the form's key however often and however parallel it is sent.

    Raises Invalid for a form without a key, Conflict for the same key with another body.
    """
    key, said = request.POST.get("_once", ""), {"path": request.path, "body": typed_in(request)}
    answer = once(f"account:{request.user.pk}", key, said, request.ctx.now, lambda: Answer(303, location=act()))
    response = redirect(answer.location)
    response.status_code = 303
    return response
