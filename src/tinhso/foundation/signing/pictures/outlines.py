"""Text as outlines, so that a picture needs no font and leaves nothing in a paper's text layer."""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from tinhso.core.printing import render

Matrix = tuple[float, float, float, float, float, float]

_BOLD = Path(render.__file__).parent / "fonts" / "Tinos-Bold.ttf"
_reading = Lock()
"""A font reads its tables when they are first asked for, and must not be asked by two threads at once."""


def advance(letter: str) -> float:
    """The width of a letter, in ems."""
    return _drawn(letter).advance


def outline(letter: str, matrix: Matrix) -> str:
    """The SVG path of a letter one em tall standing on the origin (y down), moved by `matrix`."""
    drawn = _drawn(letter)
    pen = SVGPathPen(None, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    a, b, c, d, e, f = matrix
    em = drawn.em
    drawn.strokes.replay(TransformPen(pen, (a * em, b * em, -c * em, -d * em, e, f)))
    return str(pen.getCommands())


def straight(text: str, size: float, middle: float, baseline: float) -> str:
    """The SVG path of `text` centred on `middle`."""
    left = middle - sum(advance(letter) for letter in text) * size / 2
    path = []
    for letter in text:
        path.append(outline(letter, (size, 0, 0, size, left, baseline)))
        left += advance(letter) * size
    return "".join(path)


class _Drawn(NamedTuple):
    """A letter as the font has it: its width in ems, how long a font unit is in ems, its strokes in font units."""

    advance: float
    em: float
    strokes: DecomposingRecordingPen


@cache
def _drawn(letter: str) -> _Drawn:
    with _reading:
        font = _font()
        name, units = font.getBestCmap().get(ord(letter), ".notdef"), font["head"].unitsPerEm
        glyphs = font.getGlyphSet()
        strokes = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(strokes)
        return _Drawn(font["hmtx"][name][0] / units, 1 / units, strokes)


@cache
def _font() -> TTFont:
    return TTFont(_BOLD, lazy=True)
