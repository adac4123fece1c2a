"""The operations wall: live counts of the province, for officers. Refreshes itself with or without script."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.tags.figures import digits, percent
from tinhso.faces.wall.maps import Point, draw
from tinhso.foundation.agencies.models import Place
from tinhso.foundation.agencies.queries import communes
from tinhso.systems.onestop.figures import CommuneFigure, Figure, month_start, wall
from tinhso.systems.surveys.public import satisfaction

REFRESH_SECONDS = 30
TABLED = 14
"""Communes in the table; the others are one click away."""


@signed_in("officer")
def operations(request: Any) -> HttpResponse:
    """The whole wall."""
    now = request.ctx.now
    shown, rated = wall(now), satisfaction(month_start(now), now)
    places = communes(business_date(now))
    busy = [row for row in shown.communes if row.open]
    context = {
        "tiles": [_tile(figure) for figure in shown.figures.values()],
        "busiest": busy[:TABLED],
        "others": busy[TABLED:],
        "idle": _without(places, busy),
        "map": draw(_points(places, busy)),
        "procedures": shown.procedures,
        "rated": rated,
        "mean": digits(Decimal(rated.mean).quantize(Decimal("0.01"), ROUND_HALF_UP)) if rated.mean else "–",
        "refresh": REFRESH_SECONDS,
    }
    return render(request, "wall/operations.html", context)


def _tile(figure: Figure) -> dict[str, Any]:
    bad = figure.key == "late" and figure.numerator
    unit = gettext(figure.unit)
    value = digits(figure.numerator) if figure.denominator is None else percent(figure.share)
    return {
        "figure": figure,
        "value": value,
        "unit": unit if figure.denominator is None else "",
        "tone": "late" if bad else "neutral",
        "state": f"{digits(figure.numerator)} {unit}" if bad else "",
    }


def _without(places: list[Place], busy: list[CommuneFigure]) -> list[str]:
    """Names of the communes that have nothing open, in dictionary order."""
    known = {row.name for row in busy}
    return [str(place) for place in places if str(place) not in known]


def _points(places: list[Place], busy: list[CommuneFigure]) -> list[Point]:
    """Every commune of today, with its open dossiers where it has any."""
    known = {row.name: row for row in busy}
    return [
        Point(str(place), place.latitude, place.longitude, row.open if row else 0, row.late if row else 0)
        for place in places
        if place.latitude is not None and place.longitude is not None
        for row in [known.get(str(place))]
    ]
