"""Papers of a dossier at their own addresses: opening each is recorded, none is framed elsewhere or runs anything."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tinhso.core.errors import NotFound
from tinhso.core.web.access import signed_in
from tinhso.foundation.cases.models import Case
from tinhso.foundation.files.actions.keep import read
from tinhso.foundation.files.models import FileRef
from tinhso.systems.onestop.dossier import find_visible, note_opening
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.onestop.slips import print_slip

_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_OTHER_POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"
"""A browser's own PDF viewer does not start under `sandbox`; files with active parts were refused when they came."""


@signed_in("officer")
def paper(request: Any, code: str, file: UUID) -> HttpResponse:
    """A file handed in with the dossier, or one of its results."""
    case = find_visible(request.user, request.posts, code)
    found = FileRef.objects.select_related("blob").filter(_of(case), public_id=file).first()
    if found is None:
        raise NotFound("Hồ sơ này không có tệp như vậy.", what_to_do="Mở lại hồ sơ và chọn giấy tờ trong danh sách.")
    note_opening(request.ctx, case, "paper", "handle")
    return _answer(read(found), found.blob.media_type, found.name)


@signed_in("officer")
def slip(request: Any, code: str, slip: UUID) -> HttpResponse:
    """A slip given out, as PDF."""
    case = find_visible(request.user, request.posts, code)
    found = Slip.objects.filter(case=case, public_id=slip).first()
    if found is None:
        raise NotFound("Hồ sơ này không có phiếu như vậy.", what_to_do="Mở lại hồ sơ để xem các phiếu đã cấp.")
    note_opening(request.ctx, case, "slip", "handle")
    return _answer(print_slip(found), "application/pdf", f"{case.code}-{found.kind}.pdf")


def _of(case: Case) -> Q:
    results = Result.objects.filter(case=case)
    parts = [Q(pk__in=results.values(name)) for name in ("draft", "signed", "file")]
    return Q(pk__in=case.papers.values("file")) | parts[0] | parts[1] | parts[2]


def _answer(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or "inline"
    response["Content-Security-Policy"] = _PDF_POLICY if media_type == "application/pdf" else _OTHER_POLICY
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
