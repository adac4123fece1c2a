"""Where a figure comes from: the law, since when, until when, and how sure we are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """How a fact of law was learnt; officials see it."""

    READ = "read"
    SECONDARY = "secondary"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis in words people cite, with its mark.

    It holds from `valid_from` until `valid_to`, the first day it no longer does; None is open.
    """

    text: str
    mark: Mark
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)
