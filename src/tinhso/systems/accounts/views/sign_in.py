"""Signing in and out, for citizens and for officers, and choosing the post to act from."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from tinhso.core.errors import Forbidden, Invalid
from tinhso.core.settings import current
from tinhso.core.time import business_date
from tinhso.core.web.access import public, signed_in
from tinhso.foundation.identity.actions.close_session import close_session
from tinhso.foundation.identity.models import Account, Realm
from tinhso.systems.accounts.actions.sign_in import open_session, sign_in
from tinhso.systems.accounts.queries import SHOWN, demo_accounts

_HOMES = {Realm.CITIZEN: "/cua-toi", Realm.OFFICER: "/can-bo/"}


@public
def citizen_sign_in(request: HttpRequest) -> HttpResponse:
    return _sign_in(request, Realm.CITIZEN)


@public
def officer_sign_in(request: HttpRequest) -> HttpResponse:
    return _sign_in(request, Realm.OFFICER)


def _sign_in(request: Any, realm: Realm) -> HttpResponse:
    onward = _onward(request, realm)
    error: Invalid | None = None
    if request.method == "POST":
        try:
            if chosen := request.POST.get("demo"):
                _demo_sign_in(request, realm, chosen)
            else:
                username, password = request.POST.get("username", ""), request.POST.get("password", "")
                sign_in(request.ctx, request, realm=realm, username=username, password=password)
            return redirect(onward)
        except Invalid as refusal:
            error = refusal
    search = request.GET.get("tim", "")
    accounts = demo_accounts(realm, search, business_date(request.ctx.now)) if current().demo else []
    context = {"realm": realm, "accounts": accounts, "search": search, "onward": onward, "error": error}
    context["shown"] = SHOWN if len(accounts) == SHOWN else 0
    context["username"] = request.POST.get("username", "")
    return render(request, "accounts/sign_in.html", context, status=422 if error else 200)


def _demo_sign_in(request: Any, realm: Realm, username: str) -> None:
    if not current().demo:
        raise Forbidden("Danh sách tài khoản dùng thử chỉ có ở bản dùng thử.")
    account = Account.objects.filter(username=username, realm=realm, active=True).first()
    if account is None:
        raise Invalid("Không có tài khoản dùng thử này.", what_to_do="Chọn lại trong danh sách.")
    open_session(request.ctx, request, account, "demo")


def _onward(request: HttpRequest, realm: Realm) -> str:
    wanted = request.POST.get("tiep") or request.GET.get("tiep") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe else _HOMES[realm]


@public
def citizen_sign_out(request: HttpRequest) -> HttpResponse:
    return _sign_out(request, "/")


@public
def officer_sign_out(request: HttpRequest) -> HttpResponse:
    return _sign_out(request, "/can-bo/dang-nhap")


def _sign_out(request: Any, onward: str) -> HttpResponse:
    if request.method == "POST":
        close_session(request.ctx, request, "asked")
        return redirect(onward)
    return render(request, "accounts/sign_out.html", {})


@signed_in("officer")
def choose_post(request: Any) -> HttpResponse:
    """Act from another of one's posts from now on."""
    if request.method == "POST":
        posts = {str(post.pk): post for post in request.posts}
        if request.POST.get("post") not in posts:
            raise Forbidden("Bạn không giữ vị trí này.", what_to_do="Chọn một vị trí trong danh sách của bạn.")
        request.session["post"] = posts[request.POST["post"]].pk
        return redirect("/can-bo/")
    return render(request, "accounts/choose_post.html", {"posts": request.posts, "acting": request.acting_post})
