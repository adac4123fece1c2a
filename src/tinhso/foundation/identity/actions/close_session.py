"""End a sign-in, and say so."""

from typing import Any

from django.contrib.auth import logout
from django.db import transaction

from tinhso.core.context import Context
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import SessionClosed


@transaction.atomic
def close_session(ctx: Context, request: Any, reason: str) -> None:
    """Sign the request's account out; nothing for a stranger. `reason`: `asked` or `idle`."""
    account = request.user
    if account.is_authenticated:
        record(ctx, SessionClosed(realm=account.realm, reason=reason), subject=("account", account.pk))
    logout(request)
