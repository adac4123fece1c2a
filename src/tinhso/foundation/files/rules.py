"""What a file really is, told from its bytes; what is refused and why. Faults are codes for words.py."""

import io
from dataclasses import dataclass
from math import sqrt

from PIL import Image, ImageOps, UnidentifiedImageError

from tinhso.foundation.files import pdf

MAX_PIXELS = 60_000_000
"""A photo of more pixels than nearly any phone makes is a bomb."""

LEAST_SIDE = 16
"""A side of fewer pixels shows no line of writing: an icon or a slip of the finger, not a paper."""

KEPT_PIXELS = 2600 * 1840
"""Pixels kept of a photographed page: about 220 dots an inch on A4 (Decree 30/2020 asks 200). The area counts, not a
side: a long strip stays as sharp as a page."""

LONGEST_SIDE = 20_000
"""No side is longer, so that every viewer opens what is kept."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it will be kept."""

    data: bytes
    media_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is refused: `empty`, `too_large`, `unknown_type`, `broken_image`, `too_many_pixels`,
    `too_few_pixels`, `broken_pdf`, `active_pdf`, `locked_pdf`, `tangled_pdf`."""

    code: str


def inspect(data: bytes) -> Accepted | Fault:
    """A PDF as it is, a photo turned upright and without its place and time of taking; anything else is refused."""
    if not data:
        return Fault("empty")
    if data[:5] == b"%PDF-":
        return _pdf(data)
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n" or data[8:12] == b"WEBP":
        return _photo(data)
    return Fault("unknown_type")


def _pdf(data: bytes) -> Accepted | Fault:
    if b"%%EOF" not in data[-2048:]:
        return Fault("broken_pdf")
    if fault := pdf.find_fault(data):
        return Fault(fault)
    return Accepted(data, "application/pdf", "pdf")


def _photo(data: bytes) -> Accepted | Fault:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                return Fault("too_many_pixels")
            if min(image.size) < LEAST_SIDE:
                return Fault("too_few_pixels")
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError:  # Pillow's own limit, far above ours
        return Fault("too_many_pixels")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return Fault("broken_image")
    kept = io.BytesIO()
    _made_readable(upright).save(kept, "JPEG", quality=85, optimize=True)
    return Accepted(kept.getvalue(), "image/jpeg", "jpg")


def _made_readable(image: Image.Image) -> Image.Image:
    """No more pixels than are kept of a page, in the same shape."""
    scale = min(1.0, sqrt(KEPT_PIXELS / (image.width * image.height)), LONGEST_SIDE / max(image.size))
    if scale == 1.0:
        return image
    return image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS
    )
