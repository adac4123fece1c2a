"""The one small family of errors, by what the caller can do about them.

Messages are Vietnamese sentences for people: what happened, that nothing was lost, what to do next.
`tinhso.core.web` maps each class to an HTTP status once; the command line to an exit code.
"""

from collections.abc import Mapping
from datetime import datetime


class DomainError(Exception):
    """A refusal with words for a person; `what_to_do` is the next step offered."""

    status = 400

    def __init__(self, message: str, *, what_to_do: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.what_to_do = what_to_do


class NotFound(DomainError):
    """What was asked for does not exist, or may not be known to exist by this person."""

    status = 404


class Forbidden(DomainError):
    """This person may not do this; another may."""

    status = 403


class Conflict(DomainError):
    """Somebody else acted first, or the same key came with another body. Look again, then decide."""

    status = 409

    def __init__(self, message: str, *, what_to_do: str = "", changes: tuple[str, ...] = ()) -> None:
        super().__init__(message, what_to_do=what_to_do)
        self.changes = changes


class Invalid(DomainError):
    """The input cannot be taken as it is; `fields` names each fault by field."""

    status = 422

    def __init__(self, message: str, *, what_to_do: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message, what_to_do=what_to_do)
        self.fields = dict(fields or {})


class TooMany(DomainError):
    """Tried too often; `retry_at` is when the same request is looked at again."""

    status = 429

    def __init__(self, message: str, *, retry_at: datetime, what_to_do: str = "") -> None:
        super().__init__(message, what_to_do=what_to_do)
        self.retry_at = retry_at


class TryLater(DomainError):
    """Something outside does not answer now; the same request may pass later."""

    status = 503
