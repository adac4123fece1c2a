"""A handwriting-like signature drawn from a name, for the demo: blue, a vector, the same for the same name.

A real person uploads a scan of the own signature (PNG, blue, transparent ground: Decree 30/2020, Phụ lục I).
"""

import hashlib
import random
from collections.abc import Iterable
from functools import lru_cache
from math import atan2, cos, hypot, pi, sin

from tinhso.core.text import fold

BLUE = "#1c3f94"
WIDTH, HEIGHT = 520.0, 270.0

Point = tuple[float, float]

# Pen paths of small letters: x-height 1, from the entry stroke on the left to the exit on the right.
_PATHS: dict[str, tuple[Point, ...]] = {
    "a": ((0.9, 0.85), (0.45, 1.0), (0.08, 0.5), (0.4, 0.0), (0.82, 0.5), (0.95, 0.95), (0.95, 0.1), (1.3, 0.2)),
    "b": ((0.1, 0.6), (0.55, 2.0), (0.3, 2.1), (0.12, 0.3), (0.45, 0.0), (0.75, 0.5), (0.45, 0.9), (1.1, 0.7)),
    "c": ((0.8, 0.85), (0.4, 1.0), (0.08, 0.45), (0.4, 0.0), (1.0, 0.25)),
    "d": ((0.85, 0.8), (0.4, 0.95), (0.08, 0.45), (0.4, 0.0), (0.85, 0.6), (1.05, 2.1), (0.95, 0.15), (1.3, 0.2)),
    "e": ((0.1, 0.45), (0.65, 0.65), (0.5, 1.0), (0.15, 0.6), (0.4, 0.0), (1.0, 0.3)),
    "g": ((0.85, 0.85), (0.4, 1.0), (0.1, 0.5), (0.45, 0.1), (0.9, 0.9), (0.8, -0.8), (0.35, -1.1), (1.1, 0.2)),
    "h": ((0.1, 0.5), (0.6, 2.0), (0.35, 2.1), (0.15, 0.0), (0.5, 0.95), (0.8, 0.85), (0.85, 0.1), (1.2, 0.25)),
    "i": ((0.1, 0.4), (0.4, 1.0), (0.38, 0.15), (0.75, 0.25)),
    "k": ((0.1, 0.5), (0.55, 2.0), (0.3, 2.0), (0.15, 0.0), (0.6, 0.95), (0.35, 0.55), (0.8, 0.0), (1.15, 0.25)),
    "l": ((0.1, 0.4), (0.6, 1.9), (0.4, 2.15), (0.25, 0.3), (0.45, 0.0), (0.85, 0.3)),
    "m": ((0.1, 0.7), (0.25, 0.0), (0.5, 0.95), (0.65, 0.0), (0.95, 0.95), (1.1, 0.1), (1.5, 0.3)),
    "n": ((0.1, 0.7), (0.25, 0.0), (0.55, 0.95), (0.8, 0.8), (0.85, 0.1), (1.2, 0.3)),
    "o": ((0.6, 0.95), (0.15, 0.7), (0.3, 0.0), (0.8, 0.35), (0.55, 0.98), (1.15, 0.8)),
    "p": ((0.1, 0.6), (0.35, 0.95), (0.15, -1.1), (0.35, 0.6), (0.75, 0.9), (0.7, 0.1), (0.4, 0.1), (1.15, 0.3)),
    "q": ((0.85, 0.8), (0.4, 1.0), (0.1, 0.45), (0.5, 0.05), (0.9, 0.9), (0.85, -1.1), (1.1, -0.6), (1.3, 0.4)),
    "r": ((0.1, 0.4), (0.3, 1.1), (0.55, 0.9), (0.5, 0.1), (0.95, 0.3)),
    "s": ((0.1, 0.3), (0.5, 1.1), (0.65, 0.3), (0.25, 0.0), (0.9, 0.25)),
    "t": ((0.1, 0.4), (0.5, 1.6), (0.4, 0.2), (0.6, 0.0), (0.95, 0.3)),
    "u": ((0.1, 0.8), (0.2, 0.1), (0.6, 0.3), (0.75, 0.95), (0.8, 0.1), (1.15, 0.3)),
    "v": ((0.1, 0.85), (0.4, 0.0), (0.8, 0.95), (1.15, 0.8)),
    "x": ((0.1, 0.8), (0.5, 0.4), (0.2, 0.0), (0.8, 0.95), (0.55, 0.4), (1.15, 0.2)),
    "y": ((0.1, 0.8), (0.3, 0.15), (0.75, 0.9), (0.65, -0.8), (0.25, -1.1), (1.15, 0.2)),
}


@lru_cache(maxsize=2048)
def handwriting_svg(name: str) -> str:
    """The signature of `name`: the initial of the family name, the own name, a stroke under both."""
    dice = random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311  (a picture, no secret)
    words = [word for word in fold(name).split() if word[0] in _PATHS] or ["an"]
    points = _written(words, dice)
    flourish = _flourish(points, dice)
    paths = "".join(_ribbon(_smooth(line)) for line in _fitted([points, flourish]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<path fill="{BLUE}" d="{paths}"/></svg>'
    )


def _written(words: list[str], dice: random.Random) -> list[Point]:
    """Pen points of a large initial and the own name, which grows flatter and wider towards its end."""
    slant, points, x = dice.uniform(0.25, 0.55), [], 0.0
    initial = words[0][0]
    for px, py in _PATHS[initial]:
        points.append((x + 2.0 * px + slant * 2.2 * py, 2.2 * py - 0.2))
    x += 2.1
    own = [letter for letter in words[-1] if letter in _PATHS]
    for place, letter in enumerate(own):
        height = (1.5 if place == 0 else 1.0) * (1 - 0.45 * place / max(1, len(own)))
        width = 1.0 + 0.35 * place / max(1, len(own))
        for px, py in _PATHS[letter]:
            rise = height * py * dice.uniform(0.92, 1.08) + 0.12 * place
            points.append((x + width * px + slant * rise, rise))
        x += width * max(px for px, _ in _PATHS[letter]) * 0.92
    return points


def _flourish(points: list[Point], dice: random.Random) -> list[Point]:
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    foot = min(y for _, y in points)
    dip, reach = dice.uniform(0.3, 0.7), dice.uniform(0.2, 0.9)
    return [
        (right, foot * 0.4 + 0.3),
        (right + reach, foot * 0.6 - 0.1),
        ((left + right) / 2, foot - dip),
        (left - 0.2, foot - dip * 0.6),
        (left + 0.4, foot - dip * 1.3),
        (right + reach * 1.4, foot - dip * 0.4),
    ]


def _fitted(lines: list[list[Point]]) -> list[list[Point]]:
    """The lines scaled into the picture, y down."""
    every = [point for line in lines for point in line]
    left, right = min(x for x, _ in every), max(x for x, _ in every)
    low, high = min(y for _, y in every), max(y for _, y in every)
    scale = min((WIDTH - 60) / (right - left), (HEIGHT - 50) / (high - low))
    dx = (WIDTH - scale * (right - left)) / 2
    dy = (HEIGHT - scale * (high - low)) / 2
    return [[(dx + scale * (x - left), dy + scale * (high - y)) for x, y in line] for line in lines]


def _smooth(points: list[Point], steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through all points."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                (_blend(t, before[0], start[0], end[0], after[0]), _blend(t, before[1], start[1], end[1], after[1]))
            )
    return [*curve, points[-1]]


def _blend(t: float, before: float, start: float, end: float, after: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t * t
        + (3 * start - before - 3 * end + after) * t * t * t
    )


def _ribbon(curve: list[Point]) -> str:
    """The curve as a pen of changing width draws it: thick going down, thin going up and at both ends."""
    over, under = [], []
    last = len(curve) - 1
    for place, (x, y) in enumerate(curve):
        (x0, y0), (x1, y1) = curve[max(0, place - 1)], curve[min(last, place + 1)]
        lean = atan2(y1 - y0, x1 - x0) if hypot(x1 - x0, y1 - y0) else 0.0
        taper = min(1.0, place / 8, (last - place) / 8)
        half = (1.3 + 1.7 * max(0.0, sin(lean))) * (0.35 + 0.65 * taper)
        over.append((x + half * cos(lean - pi / 2), y + half * sin(lean - pi / 2)))
        under.append((x - half * cos(lean - pi / 2), y - half * sin(lean - pi / 2)))
    return f"M{_joined(over)}L{_joined(reversed(under))}Z"


def _joined(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
