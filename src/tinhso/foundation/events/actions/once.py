"""Do a write once under its key, however often it is asked for."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tinhso.core.canonical import canonical
from tinhso.core.errors import Conflict, Invalid
from tinhso.foundation.events.models import RequestKey


@dataclass(frozen=True, slots=True)
class Answer:
    """What is stored of an answer: where to look, or a small JSON body."""

    status: int
    location: str = ""
    body: Any = None


def once(scope: str, key: str, said: Any, now: datetime, act: Callable[[], Answer]) -> Answer:
    """The answer of `act`, performed once per (`scope`, `key`); later calls get the stored answer.

    `key`: 8 to 64 letters without marks, digits and hyphens, else Invalid. `said` is the request's body as JSON values;
    the same key with another body raises Conflict. The key row and the
    effects of `act` are one transaction: a concurrent second call waits for the first one's fate. When `act` raises,
    nothing is kept and the key is free again.
    """
    if not re.fullmatch(r"[0-9A-Za-z-]{8,64}", key):
        raise Invalid("Trang này thiếu mã chống gửi trùng nên chưa gửi được.", what_to_do="Mở lại trang rồi gửi lại.")
    fingerprint = hashlib.sha256(canonical(said)).digest()
    with transaction.atomic():
        if not _claim(scope, key, fingerprint, now):
            return _stored(scope, key, fingerprint)
        answer = act()
        RequestKey.objects.filter(scope=scope, key=key).update(
            status=answer.status, location=answer.location, body=answer.body
        )
        return answer


def _claim(scope: str, key: str, fingerprint: bytes, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_request_key (scope, key, fingerprint, location, created_at)"
            " VALUES (%s, %s, %s, '', %s) ON CONFLICT DO NOTHING",
            [scope, key, fingerprint, now],
        )
        return bool(cursor.rowcount)


def _stored(scope: str, key: str, fingerprint: bytes) -> Answer:
    row = RequestKey.objects.get(scope=scope, key=key)
    if bytes(row.fingerprint) != fingerprint:
        raise Conflict(
            "Trang này đã được gửi một lần với nội dung khác: lần đầu đã được ghi nhận, lần này chưa được lưu.",
            what_to_do="Mở lại trang từ đầu để xem nội dung đã ghi nhận rồi sửa tiếp.",
        )
    return Answer(status=row.status or 200, location=row.location, body=row.body)
