"""Papers of a dossier at their own addresses: opening each is recorded, none is framed elsewhere or runs anything."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse

from tinhso.core.errors import NotFound
from tinhso.core.web.access import signed_in
from tinhso.core.web.file_answer import file_answer
from tinhso.foundation.cases.models import Case
from tinhso.foundation.files.actions.keep import read
from tinhso.foundation.files.models import FileRef
from tinhso.systems.onestop.actions.see_draft import see_drafts
from tinhso.systems.onestop.dossier import find_visible, note_opening
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.onestop.slips import print_slip, slip_name


@signed_in("officer")
def paper(request: Any, code: str, file: UUID) -> HttpResponse:
    """A file handed in with the dossier, or one of its results."""
    case = find_visible(request.user, request.posts, code)
    found = FileRef.objects.select_related("blob").filter(_of(case), public_id=file).first()
    if found is None:
        raise NotFound("Hồ sơ này không có tệp như vậy.", what_to_do="Mở lại hồ sơ và chọn giấy tờ trong danh sách.")
    note_opening(request.ctx, case, "paper", "handle")
    see_drafts(request.ctx, Result.objects.filter(case=case, draft=found))
    return file_answer(read(found), found.blob.media_type, found.name)


@signed_in("officer")
def slip(request: Any, code: str, slip: UUID) -> HttpResponse:
    """A slip given out, as PDF."""
    case = find_visible(request.user, request.posts, code)
    found = Slip.objects.filter(case=case, public_id=slip).first()
    if found is None:
        raise NotFound("Hồ sơ này không có phiếu như vậy.", what_to_do="Mở lại hồ sơ để xem các phiếu đã cấp.")
    note_opening(request.ctx, case, "slip", "handle")
    return file_answer(print_slip(found), "application/pdf", slip_name(found))


def _of(case: Case) -> Q:
    results = Result.objects.filter(case=case)
    parts = [Q(pk__in=results.values(name)) for name in ("draft", "signed", "file")]
    return Q(pk__in=case.papers.values("file")) | parts[0] | parts[1] | parts[2]
