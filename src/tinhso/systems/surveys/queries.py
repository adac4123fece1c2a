"""Figures of satisfaction, each with its numerator and denominator."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from tinhso.foundation.cases.models import Case
from tinhso.systems.surveys.models import Rating


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Ratings given since an instant: how many, how many of 4 or 5 points overall, the sum of the overall points."""

    ratings: int
    content: int
    points: int

    @property
    def mean(self) -> float | None:
        return self.points / self.ratings if self.ratings else None


def satisfaction(since: datetime, until: datetime, agency_id: int | None = None) -> Satisfaction:
    """Of ratings given in [`since`, `until`), for one deciding agency or for all. One query."""
    rows = Rating.objects.filter(given_at__gte=since, given_at__lt=until)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    found = rows.aggregate(ratings=Count("pk"), content=Count("pk", filter=Q(overall__gte=4)), points=Sum("overall"))
    return Satisfaction(found["ratings"], found["content"], found["points"] or 0)


def find_rating(case: Case) -> Rating | None:
    return Rating.objects.filter(case=case).first()
