"""Open a session for an account, or say why not."""

from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.actions.guard_secret import guarded
from tinhso.foundation.identity.events import SessionOpened, SessionRefused
from tinhso.foundation.identity.models import Account

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(ctx: Context, request: HttpRequest, *, realm: str, username: str, password: str) -> Account:
    """Sign an account of `realm` in by its password.

    Raises Invalid without telling which of the two was wrong, TooMany after too many wrong ones for this name, whether
    or not anybody has it.
    """
    name = username.strip().lower()
    with guarded(ctx, "password", f"{realm}:{name}"):
        account = _proven(ctx, realm, name, password)
    open_session(ctx, request, account, "password")
    return account


def _proven(ctx: Context, realm: str, name: str, password: str) -> Account:
    account = Account.objects.filter(username=name, realm=realm, active=True).first()
    if account is None:
        make_password(password)
        raise _refusal()
    if not account.check_password(password):
        with transaction.atomic():
            record(ctx, SessionRefused(realm=realm, reason="password"), subject=("account", account.pk))
        raise _refusal()
    return account


@transaction.atomic
def open_session(ctx: Context, request: HttpRequest, account: Account, method: str) -> None:
    """Open a session for an account whose identity was proven by `method`."""
    login(request, account, backend=_BACKEND)
    record(ctx, SessionOpened(realm=account.realm, method=method), subject=("account", account.pk))


def _refusal() -> Invalid:
    return Invalid(
        "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        what_to_do="Gõ lại cẩn thận (phím Caps Lock, bộ gõ tiếng Việt), hoặc nhờ cán bộ quản trị đặt lại mật khẩu.",
        fields={"password": "Tên đăng nhập hoặc mật khẩu chưa đúng."},
    )
