"""Identifiers: bigint inside, uuid7 for events and whatever the public sees."""

import os
import threading
from datetime import datetime
from typing import NewType
from uuid import UUID

PublicId = NewType("PublicId", UUID)
AccountId = NewType("AccountId", int)
AgencyId = NewType("AgencyId", int)
PostId = NewType("PostId", int)
CaseId = NewType("CaseId", int)
EventId = NewType("EventId", UUID)

_lock = threading.Lock()
_last = 0


def uuid7(now: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562 section 5.7) for the instant `now`.

    Within one process ids never run backwards: the 12 bits after the milliseconds count up.
    """
    global _last
    milliseconds = int(now.timestamp() * 1000)
    with _lock:
        _last = max(_last + 1, milliseconds << 12)
        stamp = _last
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=value)
