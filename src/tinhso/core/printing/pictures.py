"""Pictures as SVG text, the one form in which templates take them."""

import base64
import io

import segno
from PIL import Image

QUIET_ZONE = 4
"""Modules of white around a QR code (TCVN 7322:2009, ISO/IEC 18004)."""


def qr_svg(text: str) -> str:
    """A QR code of `text` (UTF-8, error level M), black on white, scalable."""
    code = segno.make(text, error="m", micro=False, encoding="utf-8", boost_error=False)
    return str(code.svg_inline(omitsize=True, border=QUIET_ZONE, light="#fff"))


def png_svg(data: bytes) -> str:
    """A raster picture (PNG, JPEG) as SVG of the same proportions, its transparency kept.

    The picture is decoded and written anew, so that nothing but pixels enters the paper.
    Raises PIL.UnidentifiedImageError, PIL.Image.DecompressionBombError.
    """
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        pixels = picture.convert("RGBA")
    copy = io.BytesIO()
    pixels.save(copy, "PNG")
    encoded = base64.b64encode(copy.getvalue()).decode()
    width, height = pixels.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{encoded}"/></svg>'
    )
