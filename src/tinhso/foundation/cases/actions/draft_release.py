"""A release on its way from who writes it, past a second person, into use.

Who may is decided above (systems/procedures); that two different people wrote and approved it is kept here and by the
database.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid, NotFound
from tinhso.core.time import business_date
from tinhso.foundation.cases.actions.publish import publish
from tinhso.foundation.cases.events import ReleaseMoved, ReleaseWithdrawn
from tinhso.foundation.cases.models import ProcedureRelease, ReleaseDraft, ReleasePublication
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.release_reading import parse_release
from tinhso.foundation.events.actions.record import record

_State = ReleaseDraft.State


@transaction.atomic
def begin_draft(ctx: Context, procedure: str) -> ReleaseDraft:
    """A draft of a procedure's next release, beginning as the one in force today. Raises NotFound, Conflict."""
    base = find_release(procedure, business_date(ctx.now))
    if base is None:
        raise NotFound("Thủ tục này chưa có phiên bản nào đang dùng.", what_to_do="Chọn thủ tục khác.")
    draft = ReleaseDraft(
        procedure=procedure,
        document=json.loads(base.document),
        templates=base.templates,
        base=base,
        author_id=ctx.actor,
        written_at=ctx.now,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:  # one draft at a time is kept by the database, also when two begin at once
        raise Conflict(
            "Thủ tục này đang có một bản soạn dở.", what_to_do="Mở bản đó ra sửa tiếp, hoặc bỏ nó đi."
        ) from error
    _tell(ctx, draft)
    return draft


@transaction.atomic
def write_draft(
    ctx: Context, draft_id: int, version: int, document: Mapping[str, Any], templates: Mapping[str, str] | None = None
) -> ReleaseDraft:
    """Keep what was written, also when it does not parse yet. It is the writer's from now on, and needs a look anew."""
    draft = _held(draft_id, version, _State.DRAFT, _State.SUBMITTED, _State.APPROVED)
    draft.document = dict(document)
    if templates is not None:
        draft.templates = dict(templates)
    draft.state, draft.author_id, draft.written_at = _State.DRAFT, ctx.actor, ctx.now
    draft.reviewer, draft.reviewed_at = None, None
    return _moved(ctx, draft)


@transaction.atomic
def submit_release(ctx: Context, draft_id: int, version: int) -> ReleaseDraft:
    """Ask a second person to look. Raises Invalid with every fault of the document by its place."""
    draft = _held(draft_id, version, _State.DRAFT)
    release = parse_release(draft.document)
    if release.code != draft.procedure:
        raise Invalid(
            "Mã thủ tục trong văn bản không phải mã của bản soạn này.",
            what_to_do="Sửa lại mã, hoặc soạn ở thủ tục kia.",
            fields={"code": f"Phải là {draft.procedure}."},
        )
    draft.state = _State.SUBMITTED
    return _moved(ctx, draft)


@transaction.atomic
def review_release(ctx: Context, draft_id: int, version: int, *, approved: bool, remark: str) -> ReleaseDraft:
    """The second person agrees, or gives it back with a remark. Raises Forbidden for who wrote it."""
    draft = _held(draft_id, version, _State.SUBMITTED)
    if draft.author_id == ctx.actor:
        raise Forbidden(
            "Người soạn không tự duyệt bản của mình.", what_to_do="Nhờ một người khác cùng làm kiểm soát thủ tục xem."
        )
    if not approved and len(remark.strip()) < 5:
        raise Invalid("Cần ghi rõ phải sửa gì.", fields={"remark": "Ghi điều cần sửa."})
    draft.reviewer_id, draft.reviewed_at, draft.remark = ctx.actor, ctx.now, remark.strip()
    draft.state = _State.APPROVED if approved else _State.DRAFT
    return _moved(ctx, draft)


@transaction.atomic
def publish_draft(ctx: Context, draft_id: int, version: int, effective: date) -> ProcedureRelease:
    """Bring an approved draft into use from `effective`, today or later: it takes the place of the one before."""
    draft = _held(draft_id, version, _State.APPROVED)
    if effective < business_date(ctx.now):
        raise Invalid(
            "Không công bố lùi ngày: hồ sơ đã nhận giữ phiên bản của ngày nhận.",
            what_to_do="Chọn hôm nay hoặc một ngày sau.",
            fields={"effective": "Chọn hôm nay hoặc một ngày sau."},
        )
    row = publish(ctx, parse_release(draft.document), effective, draft.templates)
    draft.state = _State.PUBLISHED
    _moved(ctx, draft)
    return row


@transaction.atomic
def drop_draft(ctx: Context, draft_id: int, version: int) -> ReleaseDraft:
    """Give a draft up; it stays readable."""
    draft = _held(draft_id, version, _State.DRAFT, _State.SUBMITTED, _State.APPROVED)
    draft.state = _State.DROPPED
    return _moved(ctx, draft)


@transaction.atomic
def withdraw_release(ctx: Context, procedure: str, effective: date, reason: str) -> ReleasePublication:
    """From `effective` the procedure is not received any more; dossiers under way go on. Raises NotFound, Invalid."""
    row = find_release(procedure, effective)
    if row is None:
        raise NotFound("Ngày đó thủ tục không có phiên bản nào đang dùng.", what_to_do="Kiểm tra lại ngày.")
    fields = {}
    if effective < business_date(ctx.now):
        fields["effective"] = "Chọn hôm nay hoặc một ngày sau."
    if len(reason.strip()) < 5:
        fields["reason"] = "Ghi căn cứ, thí dụ quyết định bãi bỏ."
    if fields:
        raise Invalid("Chưa ngừng được thủ tục này.", what_to_do="Sửa những chỗ nêu dưới đây.", fields=fields)
    withdrawn = ReleasePublication.objects.create(
        release=row,
        procedure=procedure,
        effective=effective,
        withdrawn=True,
        reason=reason.strip(),
        decided_by_id=ctx.actor,
        decided_at=ctx.now,
    )
    told = ReleaseWithdrawn(procedure=procedure, release=row.content_hash, effective=effective.isoformat())
    record(ctx, told, subject=("release", row.pk))
    return withdrawn


def _held(draft_id: int, version: int, *states: str) -> ReleaseDraft:
    draft = ReleaseDraft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NotFound("Không tìm thấy bản soạn này.", what_to_do="Mở lại danh sách.")
    if draft.version != version or draft.state not in states:
        raise Conflict(
            f"Bản soạn này vừa thay đổi (đang là “{draft.get_state_display()}”), nên thao tác chưa được thực hiện.",
            what_to_do="Mở lại bản soạn rồi làm tiếp; những gì đã viết vẫn được giữ.",
        )
    return draft


def _moved(ctx: Context, draft: ReleaseDraft) -> ReleaseDraft:
    draft.version += 1
    draft.save()
    _tell(ctx, draft)
    return draft


def _tell(ctx: Context, draft: ReleaseDraft) -> None:
    told = ReleaseMoved(procedure=draft.procedure, draft=draft.pk, state=str(draft.state))
    record(ctx, told, subject=("release_draft", draft.pk))
