"""Text as outlines, so that a picture needs no font and leaves nothing in a paper's text layer."""

from functools import cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from tinhso.core.printing import render

Matrix = tuple[float, float, float, float, float, float]

_BOLD = Path(render.__file__).parent / "fonts" / "Tinos-Bold.ttf"


def advance(letter: str) -> float:
    """The width of a letter, in ems."""
    font = _font()
    width: int = font["hmtx"][_glyph_name(letter)][0]
    return width / _units()


def outline(letter: str, matrix: Matrix) -> str:
    """The SVG path of a letter one em tall standing on the origin (y down), moved by `matrix`."""
    glyphs = _font().getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    a, b, c, d, e, f = matrix
    em = 1 / _units()
    glyphs[_glyph_name(letter)].draw(TransformPen(pen, (a * em, b * em, -c * em, -d * em, e, f)))
    return str(pen.getCommands())


def straight(text: str, size: float, middle: float, baseline: float) -> str:
    """The SVG path of `text` centred on `middle`."""
    left = middle - sum(advance(letter) for letter in text) * size / 2
    path = []
    for letter in text:
        path.append(outline(letter, (size, 0, 0, size, left, baseline)))
        left += advance(letter) * size
    return "".join(path)


def _glyph_name(letter: str) -> str:
    name: str = _font().getBestCmap().get(ord(letter), ".notdef")
    return name


@cache
def _units() -> int:
    units: int = _font()["head"].unitsPerEm
    return units


@cache
def _font() -> TTFont:
    return TTFont(_BOLD, lazy=True)
