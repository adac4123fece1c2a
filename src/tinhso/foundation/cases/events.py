"""The event types of the engine itself; systems declare their own for what their cases go through."""

from dataclasses import dataclass

from tinhso.foundation.events.types import event_type


@event_type("cases.release.published", version=1)
@dataclass(frozen=True, slots=True)
class ReleasePublished:
    procedure: str
    release: str
    effective: str


@event_type("cases.release.withdrawn", version=1)
@dataclass(frozen=True, slots=True)
class ReleaseWithdrawn:
    procedure: str
    release: str
    effective: str


@event_type("cases.release.moved", version=1)
@dataclass(frozen=True, slots=True)
class ReleaseMoved:
    """A draft went on: written, submitted, approved, returned, dropped."""

    procedure: str
    draft: int
    state: str


@event_type("cases.direction.given", version=1)
@dataclass(frozen=True, slots=True)
class DirectionGiven:
    """`part`: lead, support, opinion, inform; `parent` is empty for what was asked by the one handling the case."""

    direction: str
    parent: str
    part: str
    to_post: str
    due: str


@event_type("cases.direction.closed", version=1)
@dataclass(frozen=True, slots=True)
class DirectionClosed:
    """`state`: answered or withdrawn; `on_time` says whether it was by the date asked."""

    direction: str
    state: str
    on_time: bool


@event_type("cases.work.alerted", version=1)
@dataclass(frozen=True, slots=True)
class WorkAlerted:
    """Somebody was told about open work: `kind` as in rules/timers.py, `posts` the keys of the posts told."""

    kind: str
    step: str
    due: str
    posts: tuple[str, ...]
