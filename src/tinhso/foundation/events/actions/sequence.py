"""The one sequencer: gives committed events their gap-free positions."""

from django.db import connection, transaction

_LOCK = 0x7469_6E68_736F
"""Advisory lock number of the sequencer ("tinhso")."""

_MOVE = """
WITH taken AS (
    DELETE FROM events_pending
    WHERE event_id IN (
        SELECT event_id FROM events_pending ORDER BY recorded_at, event_id LIMIT %s FOR UPDATE SKIP LOCKED
    )
    RETURNING event_id, recorded_at
), last AS (SELECT coalesce(max(position), 0) AS position FROM events_position)
INSERT INTO events_position (position, event_id, recorded_at)
SELECT last.position + row_number() OVER (ORDER BY taken.recorded_at, taken.event_id), taken.event_id, taken.recorded_at
FROM taken, last
"""


def sequence(batch: int = 1000) -> int:
    """Position up to `batch` committed events; returns how many.

    A long transaction elsewhere never stalls it: only committed rows are seen, and each is positioned when seen.
    A second sequencer finds the lock taken and does nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_MOVE, [batch])
        return int(cursor.rowcount)
