"""Let a password or a PIN be tried, but not guessed: a few wrong ones in a while, counted whatever else rolls back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from tinhso.core.context import Context
from tinhso.core.crypto import lookup
from tinhso.core.errors import Invalid, TooMany
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.events import PinRefused
from tinhso.foundation.identity.models import Attempt

MOST_WRONG = 5
WINDOW = timedelta(minutes=15)
"""Both assumed; no text of law fixes them."""


@contextmanager
def guarded(ctx: Context, secret: str, whose: str) -> Iterator[None]:
    """Run the block, which tries `secret` (its form field: `password`, `pin`) of `whose`, known or not.

    An Invalid that names the field counts as a wrong try; anything else does not, and a right one clears the count
    (a try whose process died in the middle stays counted until then). Raises TooMany after five wrong ones
    in fifteen minutes. The try is counted before the block runs, so that many at once get no further than one after
    another; to be called outside a transaction, else a refused act would take its count back with it.
    """
    key = lookup(whose, f"attempt: {secret}")
    began, count = _take(key, ctx.now)
    if count > MOST_WRONG:
        raise TooMany(
            "Đã nhập sai nhiều lần nên tạm dừng nhận trong ít phút.",
            retry_at=began + WINDOW,
            what_to_do="Chờ tới giờ ghi ở trên rồi thử lại, hoặc nhờ cán bộ quản trị giúp.",
        )
    try:
        yield
    except Invalid as refusal:
        if secret not in refusal.fields:
            _give_back(key, began)
        raise
    except BaseException:
        _give_back(key, began)
        raise
    _forget(key)


@contextmanager
def guarded_pin(ctx: Context) -> Iterator[None]:
    """The same for the signing PIN of the acting account; a wrong one is recorded."""
    try:
        with guarded(ctx, "pin", f"account:{ctx.actor}"):
            yield
    except Invalid as refusal:
        if "pin" in refusal.fields:
            with transaction.atomic():
                record(ctx, PinRefused(), subject=("account", ctx.actor))
        raise


def forget_attempts(now: datetime) -> int:
    """Drop counts whose window is over; returns how many."""
    return Attempt.objects.filter(began_at__lt=now - WINDOW).delete()[0]


def _take(key: bytes, now: datetime) -> tuple[datetime, int]:
    """Count one try; a window that is over begins anew. Returns when it began and the tries in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO identity_attempt AS kept (key, began_at, count) VALUES (%(key)s, %(now)s, 1)"
            " ON CONFLICT (key) DO UPDATE SET"
            " began_at = CASE WHEN kept.began_at <= %(over)s THEN %(now)s ELSE kept.began_at END,"
            " count = CASE WHEN kept.began_at <= %(over)s THEN 1 ELSE least(kept.count, %(most)s) + 1 END"
            " RETURNING began_at, count",
            {"key": key, "now": now, "over": now - WINDOW, "most": MOST_WRONG},
        )
        began, count = cursor.fetchone()
    return began, count


def _forget(key: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE identity_attempt SET count = 0 WHERE key = %s", [key])


def _give_back(key: bytes, began: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE identity_attempt SET count = count - 1 WHERE key = %s AND began_at = %s AND count > 0", [key, began]
        )
