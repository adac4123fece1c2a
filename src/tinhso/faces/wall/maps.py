"""A map drawn from points: where each commune's dot stands in a box. Approximate, and the page says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

WIDTH, MARGIN = 400, 14
SMALLEST, LARGEST = 2.5, 13.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place to draw: its name, degrees (WGS84), how much there is, whether something there is late."""

    name: str
    latitude: float
    longitude: float
    amount: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle in the box's own units."""

    name: str
    x: str
    y: str
    r: str
    amount: int
    late: int


@dataclass(frozen=True, slots=True)
class Map:
    width: int
    height: int
    ground: list[Dot]
    busy: list[Dot]


def draw(points: Sequence[Point]) -> Map | None:
    """The box and the dots: every place small, those with dossiers sized by the square root of their number."""
    if not points:
        return None
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrow, 1e-6)
    height = round((north - south) * scale + 2 * MARGIN)
    most = max((p.amount for p in points), default=0) or 1

    def dot(point: Point) -> Dot:
        x = MARGIN + (point.longitude - west) * narrow * scale
        y = MARGIN + (north - point.latitude) * scale
        r = SMALLEST + (LARGEST - SMALLEST) * sqrt(point.amount / most) if point.amount else SMALLEST
        return Dot(point.name, f"{x:.1f}", f"{y:.1f}", f"{r:.1f}", point.amount, point.late)

    dots = [dot(point) for point in points]
    return Map(
        WIDTH, height, [d for d in dots if not d.amount], sorted((d for d in dots if d.amount), key=lambda d: -d.amount)
    )
