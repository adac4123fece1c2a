"""The portal's round: let go of the papers of drafts left lying."""

from datetime import datetime

from tinhso.core.running.rounds import every
from tinhso.systems.services.actions.papers import release_papers


@every(seconds=3600)
def release_left_papers(now: datetime) -> int:
    return release_papers(now)
