"""What a file really is, told from its bytes; what is refused and why. Faults are codes for words.py."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from tinhso.foundation.files import pdf

MAX_PIXELS = 60_000_000
"""A photo of more pixels than any phone makes is a bomb."""

LONG_SIDE = 2600
"""Pixels kept of a photographed page's long side: about 220 dots an inch on A4 (Decree 30/2020 asks 200)."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it will be kept."""

    data: bytes
    media_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is refused: `empty`, `too_large`, `unknown_type`, `broken_image`, `too_many_pixels`, `broken_pdf`,
    `active_pdf`, `locked_pdf`, `tangled_pdf`."""

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
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return Fault("broken_image")
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=85, optimize=True)
    return Accepted(kept.getvalue(), "image/jpeg", "jpg")
