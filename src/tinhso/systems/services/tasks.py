"""The portal's rounds: let go of the papers of drafts left lying, and of what was counted long ago."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.systems.services.actions.count_lookup import forget_lookups
from tinhso.systems.services.actions.papers import release_papers


@every(seconds=3600)
def release_left_papers(now: datetime) -> int:
    return release_papers(now)


@every(seconds=3600)
def clear_lookups(now: datetime) -> int:
    return forget_lookups(now)
