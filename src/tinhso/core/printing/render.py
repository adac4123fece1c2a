"""A4 papers from Typst templates: PDF/A-2u bytes and the rectangles of the places marked in them.

A template is a `.typ` file inside the package and imports others by paths from the package's root
(`#import "/core/printing/page.typ": mark`). Data reach it as JSON text; strings are shown as they are and never
run. Only the fonts beside this file are loaded. The same data and date give the same bytes.
Typst declares PDF/A-2u and refuses what it knows to break it; no independent validator has checked the result.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import typst

from tinhso.core.time import iso

PACKAGE: Final = Path(__file__).resolve().parents[2]
"""The folder `tinhso`: the root of every template path."""

_FONTS: Final = Path(__file__).parent / "fonts"
_DIGITS = 2


class TemplateError(Exception):
    """The template does not compile with these data; the message is Typst's."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page: points (1/72 inch) from the lower left corner; `page` counts from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.bottom, self.right, self.top

    def covering(self, *others: Self) -> "Rect":
        """The smallest rectangle over this one and `others`. Raises ValueError when pages differ."""
        if any(other.page != self.page for other in others):
            raise ValueError("rectangles on different pages")
        every = (self, *others)
        return Rect(
            self.page,
            min(one.left for one in every),
            min(one.bottom for one in every),
            max(one.right for one in every),
            max(one.top for one in every),
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed paper; `marks` has one rectangle per name given to `mark` in the template."""

    pdf: bytes
    marks: dict[str, Rect]


def render(template: Path | str, data: Mapping[str, Any], *, now: datetime, root: Path = PACKAGE) -> Printed:
    """The paper `template` makes of `data` (JSON values only), dated `now`.

    `template` is a file, or the source of one as a release keeps it. Raises TemplateError; OSError when the file is
    not there; TypeError when the data are no JSON.
    """
    name = template.name if isinstance(template, Path) else "template"
    source = template.read_bytes() if isinstance(template, Path) else template.encode()
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        # Typst wants a fixed offset, not a zone with history.
        moment = datetime.fromisoformat(iso(now))
        pdf = _compiler(source, root, inputs).compile(format="pdf", pdf_standards=["a-2u"], timestamp=moment)
        # A compiler forgets a source given as bytes after one use; the second finds the layout in Typst's own cache.
        found = json.loads(_compiler(source, root, inputs).query("<mark>", field="value"))
    except typst.TypstError as error:
        raise TemplateError(f"{name}: {error.diagnostic or error.message}") from error
    if not isinstance(pdf, bytes):
        raise TemplateError(f"{name}: no PDF")
    return Printed(pdf, _marks(name, found))


def _marks(template: str, found: list[dict[str, Any]]) -> dict[str, Rect]:
    marks: dict[str, Rect] = {}
    for value in found:
        if value["name"] in marks:
            raise TemplateError(f"{template}: mark {value['name']} is placed twice")
        marks[value["name"]] = _rect(value)
    return marks


def _rect(value: Mapping[str, Any]) -> Rect:
    """Typst measures down from the top of the page, PDF up from its foot."""
    left, top = value["x"], value["page-height"] - value["y"]
    right, bottom = left + value["width"], top - value["height"]
    return Rect(value["page"] - 1, *(round(number, _DIGITS) for number in (left, bottom, right, top)))


def _compiler(source: bytes, root: Path, inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(source, root=root, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
