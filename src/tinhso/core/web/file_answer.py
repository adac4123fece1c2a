"""A kept file as an answer of its own: under its name, to be looked at here only, running nothing, kept by no cache."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""No `sandbox`: the PDF viewers of browsers do not start under it. Files that act were refused when they came."""

_OTHER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""`style-src`: browsers lay a picture out with a style of their own."""


def file_answer(data: bytes, media_type: str, name: str, *, download: bool = False) -> HttpResponse:
    """`data` shown in the page, or saved as `name` when `download` (RFC 6266; the name may be Vietnamese)."""
    response = HttpResponse(data, content_type=media_type)
    kind = "attachment" if download else "inline"
    response["Content-Disposition"] = content_disposition_header(download, _one_line(name)) or kind
    response["Content-Security-Policy"] = _PDF_POLICY if media_type == "application/pdf" else _OTHER_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _one_line(name: str) -> str:
    """Without control characters: a name ends up in a header."""
    return "".join(letter for letter in name if letter.isprintable())
