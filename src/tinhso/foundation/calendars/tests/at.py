"""Short names for instants in tests."""

from datetime import datetime

from tinhso.core.time import VN_ZONE


def at(text: str) -> datetime:
    """An instant in Vietnam: `at("2026-11-20T14:05")`."""
    return datetime.fromisoformat(text).replace(tzinfo=VN_ZONE)
