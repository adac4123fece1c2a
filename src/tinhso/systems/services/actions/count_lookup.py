"""Let strangers look codes up, but not walk through them: codes follow one another, and each is somebody's dossier."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from tinhso.core.crypto import lookup
from tinhso.core.errors import TooMany
from tinhso.systems.services.models import Lookup


@dataclass(frozen=True, slots=True)
class Measure:
    """A bucket of `at_once` look-ups that fills again by one every `each`."""

    at_once: int
    each: timedelta


BY_DAY_AND_UNIT: Final = Measure(30, timedelta(seconds=20))
"""From one address, for codes that begin alike (one unit, one day): the row that somebody would walk along."""

BY_ADDRESS: Final = Measure(240, timedelta(seconds=5))
"""From one address in all: a hall, or a mobile network, has many people behind one. Both measures are assumed."""


def count_lookup(now: datetime, address: str, code: str) -> None:
    """Count one look-up of `code`, existing or not, from a stranger's address. Raises TooMany.

    Outside a transaction: what is refused later stays counted. Without an address nothing can be counted.
    """
    if not address:
        return
    _take(f"{address} {code.rpartition('-')[0]}", BY_DAY_AND_UNIT, now)
    _take(address, BY_ADDRESS, now)


def forget_lookups(now: datetime) -> int:
    """Drop the buckets that are full again; returns how many."""
    return Lookup.objects.filter(whole_at__lte=now).delete()[0]


def _take(whose: str, measure: Measure, now: datetime) -> None:
    """Take one out of a bucket; a bucket nobody knows is full."""
    key = lookup(whose, "dossier look-ups")
    last = now + measure.each * (measure.at_once - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO services_lookup AS kept (key, whole_at) VALUES (%(key)s, %(fresh)s)"
            " ON CONFLICT (key) DO UPDATE SET whole_at = greatest(kept.whole_at, %(now)s) + (%(fresh)s - %(now)s)"
            " WHERE kept.whole_at <= %(last)s RETURNING whole_at",
            {"key": key, "now": now, "fresh": now + measure.each, "last": last},
        )
        if cursor.fetchone():
            return
    kept = Lookup.objects.filter(key=key).values_list("whole_at", flat=True).first() or last
    raise TooMany(
        _("Từ nơi này đã có quá nhiều lượt tra cứu liên tiếp nên chúng tôi tạm dừng trả lời."),
        retry_at=now + max(kept - last, measure.each),
        what_to_do=_(
            "Quét mã QR trên giấy tiếp nhận, hoặc đăng nhập rồi mở mục “Của tôi”: "
            "hai cách đó xem được ngay, không phải chờ."
        ),
    )
