"""Days that are not worked, days that are worked instead, and how well each is known."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Mark(StrEnum):
    """How a fact of law is known: read in its text, from a report of it, or assumed until it is decided."""

    READ = "read"
    SECONDARY = "secondary"
    ASSUMED = "assumed"


class OffKind(StrEnum):
    WEEKLY = "weekly"
    HOLIDAY = "holiday"
    IN_LIEU = "in_lieu"
    SWAPPED = "swapped"


class DayOff(NamedTuple):
    """A day that is not counted as a working day. A weekly day off has no name; a day in lieu has its holiday's."""

    day: date
    kind: OffKind
    name: str = ""
    name_en: str = ""
    basis: str = ""
    mark: Mark = Mark.READ


class ExtraDay(NamedTuple):
    """A weekly day off that is worked, with the hours of the day it makes up for."""

    day: date
    instead_of: date
    basis: str
    mark: Mark
