"""Which sign-in a request carries, and from which post its officer acts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from tinhso.core.context import Context
from tinhso.core.settings import current
from tinhso.core.time import business_date, clock
from tinhso.foundation.identity.actions.close_session import close_session
from tinhso.foundation.identity.models import Realm
from tinhso.foundation.identity.queries import held_posts

OFFICER_PATHS = ("/can-bo/", "/dieu-hanh/")
COOKIES = {Realm.CITIZEN: "nguoi_dan", Realm.OFFICER: "can_bo"}


def realm_of(path: str) -> Realm:
    """The realm whose pages lie at `path`."""
    return Realm.OFFICER if path.startswith(OFFICER_PATHS) else Realm.CITIZEN


class RealmSessions(SessionMiddleware):
    """Sessions under a cookie per realm: signing in as an officer never touches the citizen's sign-in beside it."""

    def process_request(self, request: HttpRequest) -> None:
        given = request.COOKIES.get(COOKIES[realm_of(request.path)], "")
        request.COOKIES[settings.SESSION_COOKIE_NAME] = given
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answered = super().process_response(request, response)
        if morsel := answered.cookies.pop(settings.SESSION_COOKIE_NAME, None):
            name = COOKIES[realm_of(request.path)]
            answered.cookies[name] = morsel.value
            answered.cookies[name].update({key: value for key, value in morsel.items() if value})
        return answered


class ActingContext:
    """Sets `request.ctx` (see core.context) and, for officers, `request.posts`: the posts held today.

    An officer's session in which nothing was asked for too long ends first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = clock()
        _end_if_idle(request, now)
        request.ctx = _context(request, now)  # type: ignore[attr-defined]
        return self.get_response(request)


def _end_if_idle(request: Any, now: datetime) -> None:
    """An officer away from the desk for too long is signed out. The session is written at most once a minute."""
    if not request.user.is_authenticated or request.user.realm != Realm.OFFICER:
        return
    at, seen = int(now.timestamp()), request.session.get(_SEEN)
    if seen is not None and at - seen > current().officer_idle_minutes * 60:
        ctx = Context(now=now, account_id=request.user.pk, request_id=request.request_id)
        close_session(ctx, request, "idle")
    elif seen is None or abs(at - seen) >= _SEEN_EVERY:
        request.session[_SEEN] = at


_SEEN, _SEEN_EVERY = "seen", 60


def _context(request: Any, now: datetime) -> Context:
    user, posts, acting = request.user, [], None
    if user.is_authenticated and user.realm == Realm.OFFICER:
        posts = held_posts(user.pk, business_date(now))
        chosen = request.session.get("post")
        acting = next((post for post in posts if post.pk == chosen), posts[0] if posts else None)
    request.posts, request.acting_post = posts, acting
    return Context(
        now=now,
        account_id=user.pk if user.is_authenticated else None,
        post_id=acting.pk if acting else None,
        agency_id=acting.agency_id if acting else None,
        request_id=request.request_id,
        stood_in_for=acting.stood_in_for if acting else None,
    )
