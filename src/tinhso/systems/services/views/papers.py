"""The papers of a draft: photograph or choose, see, take out again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.core.errors import NotFound
from tinhso.core.settings import current
from tinhso.core.web.file_answer import file_answer
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.files.actions.keep import read
from tinhso.foundation.files.words import MAX_MEGAPIXELS
from tinhso.systems.accounts.public import answer_once
from tinhso.systems.services.actions.papers import add_paper, remove_paper
from tinhso.systems.services.models import DraftPaper
from tinhso.systems.services.queries import get_draft, papers_of
from tinhso.systems.services.rules.progress import MOST_FILES
from tinhso.systems.services.uploads import inspected, tell_of_twins
from tinhso.systems.services.views.drafts import of_a_draft, to_dossier
from tinhso.systems.services.views.filing import next_url, state_of


@of_a_draft
def papers(request: Any, draft: UUID) -> HttpResponse:
    """What papers this dossier needs and which are there."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    release = read_release(row.release)
    state = state_of(row, release)
    context = {"draft": row, "name": release.short_name or release.name, "state": state}
    return render(request, "services/papers.html", {**context, "next_url": next_url(row, state)})


@of_a_draft
def paper(request: Any, draft: UUID, paper: str) -> HttpResponse:
    """One paper: its files, and more of them. A file that cannot be taken changes nothing of the others."""
    row = get_draft(request.user, draft)
    if row.case:
        return to_dossier(request, row.case.code)
    release = read_release(row.release)
    state = state_of(row, release)
    need = next((need for need in state.papers if need.paper.key == paper), None)
    if need is None:
        raise NotFound("Hồ sơ này không cần giấy tờ đó.", what_to_do="Mở lại danh sách giấy tờ của hồ sơ.")
    errors: dict[str, str] = {}
    if request.method == "POST":
        good, errors = inspected(request, ("anh", "tep"))
        again = [name for name, found in good if add_paper(request.ctx, row, paper, name, found) is None]
        tell_of_twins(request, again)
        if not errors:
            return redirect("draft_paper", draft=row.public_id, paper=paper)
    files = papers_of(row).get(paper, [])
    wanted = [one.paper.key for one in state.papers]
    place = wanted.index(paper)
    context = {
        "draft": row,
        "name": release.short_name or release.name,
        "need": need,
        "files": files,
        "errors": errors,
        "limit": current().upload_limit // (1024 * 1024),
        "megapixels": MAX_MEGAPIXELS,
        "most": MOST_FILES,
        "following": wanted[place + 1] if place + 1 < len(wanted) else "",
        "number": place + 1,
        "of": len(wanted),
    }
    return render(request, "services/paper.html", context, status=422 if errors else 200)


@of_a_draft
def remove(request: Any, draft: UUID, file: UUID) -> HttpResponse:
    """Take a file out of a draft."""
    row = get_draft(request.user, draft)
    found = DraftPaper.objects.filter(draft=row, file__public_id=file).first()
    if request.method != "POST" or found is None:
        return redirect("draft_papers", draft=row.public_id)

    def act() -> str:
        remove_paper(request.ctx, row, found.pk)
        return reverse("draft_paper", args=[row.public_id, found.key])

    answer = answer_once(request, act)
    messages.success(request, _("Đã bỏ tệp."))
    return answer


@of_a_draft
def view(request: Any, draft: UUID, file: UUID) -> HttpResponse:
    """A file of one's own draft, as it is kept."""
    row = get_draft(request.user, draft)
    found = DraftPaper.objects.filter(draft=row, file__public_id=file).select_related("file__blob").first()
    if found is None:
        raise NotFound("Không tìm thấy tệp này trong hồ sơ.", what_to_do="Tải lại trang giấy tờ của hồ sơ.")
    return file_answer(read(found.file), found.file.blob.media_type, found.file.name)
