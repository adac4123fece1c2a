"""Which sign-in a request carries, and from which post its officer acts."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from tinhso.core.context import Context
from tinhso.core.time import business_date, clock
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
    """Sets `request.ctx` (see core.context) and, for officers, `request.posts`: the posts held today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.ctx = _context(request, clock())  # type: ignore[attr-defined]
        return self.get_response(request)


def _context(request: Any, now: Any) -> Context:
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
    )
