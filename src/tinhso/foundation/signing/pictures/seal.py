"""A specimen of an agency's round red seal, for the demo.

A real agency uploads its own seal (PNG, transparent ground, real size: Decree 30/2020, Phụ lục I). The specimen
leaves out the national emblem and says in its middle that it is one: copying a seal in force is a crime.
"""

from functools import lru_cache
from math import cos, pi, sin

from tinhso.foundation.signing.pictures.outlines import advance, outline, straight

RED = "#d0021b"
_MIDDLE = 180.0
_OUTER, _INNER, _CORE = 172.0, 162.0, 106.0
_RING = 122.0  # where letters of the ring stand, seen from the middle
_SIZE = 33.0


@lru_cache(maxsize=512)
def seal_svg(agency: str, below: str = "", middle: str = "BẢN THỬ") -> str:
    """The seal of `agency`: its name along the ring, `below` (its province) at the foot, `middle` in the middle."""
    upper = _arc(agency.upper(), _fitting(agency.upper(), 200 if below else 300), turn=-pi / 2, outward=True)
    lower = _arc(below.upper(), _fitting(below.upper(), 84), turn=pi / 2, outward=False) if below else ""
    size = min(_SIZE, 170 / max(1.0, sum(advance(letter) for letter in middle)))
    centre = straight(middle, size, _MIDDLE, _MIDDLE + size * 0.35)
    rings = "".join(
        f'<circle cx="{_MIDDLE}" cy="{_MIDDLE}" r="{radius}" fill="none" stroke="{RED}" stroke-width="{width}"/>'
        for radius, width in ((_OUTER, 6), (_INNER, 2), (_CORE, 2))
    )
    stars = "".join(_star(angle) for angle in ((0.86 * pi, 0.14 * pi) if below else (pi / 2,)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360">{rings}'
        f'<path fill="{RED}" d="{upper}{lower}{centre}{stars}"/></svg>'
    )


def _fitting(text: str, degrees: float) -> float:
    """The letter size at which `text` takes at most `degrees` of the ring."""
    room = _RING * degrees * pi / 180
    ems = sum(advance(letter) for letter in text) * 1.06
    return min(_SIZE, room / ems) if ems else _SIZE


def _arc(text: str, size: float, *, turn: float, outward: bool) -> str:
    """Letters along the ring, centred on the angle `turn` (radians, clockwise from the right).

    `outward`: heads away from the middle, read clockwise; otherwise heads inward, read the other way round.
    """
    radius = _RING if outward else _RING + size * 0.72
    step = 1.06 * size / radius
    whole = sum(advance(letter) for letter in text) * step
    angle = turn - whole / 2 if outward else turn + whole / 2
    path = []
    for letter in text:
        half = advance(letter) * step / 2
        angle += half if outward else -half
        path.append(_letter(letter, size, radius, angle, outward))
        angle += half if outward else -half
    return "".join(path)


def _letter(letter: str, size: float, radius: float, angle: float, outward: bool) -> str:
    lean = angle + pi / 2 if outward else angle - pi / 2
    right, down = cos(lean), sin(lean)
    shift = advance(letter) * size / 2
    x = _MIDDLE + radius * cos(angle) - shift * right
    y = _MIDDLE + radius * sin(angle) - shift * down
    return outline(letter, (size * right, size * down, -size * down, size * right, x, y))


def _star(angle: float) -> str:
    """A five-pointed star on the ring."""
    radius = (_CORE + _INNER) / 2
    x, y = _MIDDLE + radius * cos(angle), _MIDDLE + radius * sin(angle)
    corners = []
    for corner in range(10):
        reach = 13 if corner % 2 == 0 else 5.2
        lean = -pi / 2 + corner * pi / 5
        corners.append(f"{x + reach * cos(lean):.2f},{y + reach * sin(lean):.2f}")
    return f"M{' '.join(corners)}Z"
