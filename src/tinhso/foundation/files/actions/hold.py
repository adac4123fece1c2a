"""Hold a blob against the sweep: keepers share the lock of a digest, the sweep must have it alone."""

from django.db import connection

_LOCKS = 0x66696C65
"""Seed of the advisory locks of blobs ("file")."""


def hold(digest: str) -> None:
    """Keep the sweep away from a blob until the transaction ends; waits while the sweep has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, %s))", [digest, _LOCKS])


def hold_alone(digest: str) -> bool:
    """Whether nobody is keeping this blob now; then nobody does until the transaction ends. Never waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [digest, _LOCKS])
        return bool(cursor.fetchone()[0])
