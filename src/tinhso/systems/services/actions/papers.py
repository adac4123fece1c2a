"""Put a paper into a draft, take one out, give the draft up, let go of what was left lying."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, NotFound
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.files.actions.release import UNUSED_FOR
from tinhso.foundation.files.rules import Accepted
from tinhso.systems.services.actions.fill_draft import hold
from tinhso.systems.services.events import DraftDropped, DraftPaperChanged
from tinhso.systems.services.models import Draft, DraftPaper
from tinhso.systems.services.rules.progress import MOST_FILES


@transaction.atomic
def add_paper(ctx: Context, draft: Draft, paper: str, name: str, found: Accepted) -> DraftPaper | None:
    """Keep an inspected file as `paper`; None where the very same file is there already.

    Raises Conflict when there are too many.
    """
    draft = hold(draft)
    file = keep(ctx, found.data, name=name, media_type=found.media_type, owner=("draft", draft.pk))
    there = DraftPaper.objects.filter(draft=draft, key=paper)
    if there.filter(file__blob_id=file.blob_id).exists():
        file.delete()
        return None
    if there.count() >= MOST_FILES:
        raise Conflict(
            _("Mỗi loại giấy tờ nhận nhiều nhất %(most)s tệp; các tệp đã có vẫn giữ nguyên.") % {"most": MOST_FILES},
            what_to_do="Gộp các trang thành một tệp PDF, hoặc bỏ bớt tệp thừa rồi thêm lại.",
        )
    row = DraftPaper.objects.create(draft=draft, key=paper, file=file, added_at=ctx.now)
    record(ctx, DraftPaperChanged(paper=paper, added=True), subject=("draft", draft.pk))
    return row


@transaction.atomic
def remove_paper(ctx: Context, draft: Draft, row_id: int) -> None:
    """Take a file out again; out twice is out. Raises NotFound for another draft's file."""
    draft = hold(draft)
    row = DraftPaper.objects.filter(pk=row_id).select_related("file").first()
    if row is None:
        return
    if row.draft_id != draft.pk:
        raise NotFound("Không tìm thấy tệp này trong hồ sơ.", what_to_do="Tải lại trang để xem các tệp đang có.")
    _forget(row)
    record(ctx, DraftPaperChanged(paper=row.key, added=False), subject=("draft", draft.pk))


@transaction.atomic
def drop_draft(ctx: Context, draft: Draft, procedure: str) -> None:
    """Throw a draft away with its files."""
    draft = hold(draft)
    for row in DraftPaper.objects.filter(draft=draft).select_related("file"):
        _forget(row)
    record(ctx, DraftDropped(procedure=procedure), subject=("draft", draft.pk))
    draft.delete()


@transaction.atomic
def release_papers(now: datetime) -> int:
    """Let go of papers of drafts that nobody touched for `UNUSED_FOR`, and of those a filing did not need; how many.

    The answers stay: who comes back goes on, and adds the papers again. At most 100 at a time.
    """
    before = now - UNUSED_FOR
    left = Q(draft__case__isnull=True) | Q(file__owner_kind="draft", file__owner_id=F("draft_id"))
    rows = DraftPaper.objects.filter(left, draft__changed_at__lt=before, added_at__lt=before).select_related("file")
    found = list(rows.select_for_update(skip_locked=True).order_by("pk")[:100])
    for row in found:
        _forget(row)
    return len(found)


def _forget(row: DraftPaper) -> None:
    row.delete()
    row.file.delete()
