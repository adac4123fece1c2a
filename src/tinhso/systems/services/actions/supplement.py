"""Gather what was asked for, then hand it in together: a supplement is asked once and answered once."""

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.foundation.cases.models import Case
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.files.rules import Accepted
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services.rules.progress import MOST_FILES


def gathered(wanted: onestop.Wanted) -> dict[str, list[FileRef]]:
    """The files put ready for a supplement, by paper. One query."""
    kinds = {_owner(key): key for key, _, _ in wanted.papers}
    found: dict[str, list[FileRef]] = {}
    for file in FileRef.objects.filter(owner_kind__in=kinds, owner_id=wanted.id).select_related("blob").order_by("id"):
        found.setdefault(kinds[file.owner_kind], []).append(file)
    return found


@transaction.atomic
def gather(ctx: Context, wanted: onestop.Wanted, paper: str, name: str, found: Accepted) -> None:
    """Put an inspected file ready. The same file twice is one. Raises Conflict when there are too many."""
    there = FileRef.objects.filter(owner_kind=_owner(paper), owner_id=wanted.id)
    file = keep(ctx, found.data, name=name, media_type=found.media_type, owner=(_owner(paper), wanted.id))
    if there.filter(blob_id=file.blob_id).exclude(pk=file.pk).exists():
        file.delete()
    elif there.count() > MOST_FILES:
        raise Conflict(
            f"Mỗi loại giấy tờ nhận nhiều nhất {MOST_FILES} tệp; các tệp đã có vẫn giữ nguyên.",
            what_to_do="Gộp các trang thành một tệp PDF rồi thêm lại.",
        )


@transaction.atomic
def put_back(wanted: onestop.Wanted, file: FileRef) -> None:
    """Take a file out again."""
    kinds = [_owner(key) for key, _, _ in wanted.papers]
    FileRef.objects.filter(pk=file.pk, owner_kind__in=kinds, owner_id=wanted.id).delete()


@transaction.atomic
def hand_in(ctx: Context, case: Case, version: int) -> Case:
    """Send everything that was put ready. Raises Invalid while a paper asked for is missing, Conflict by version."""
    wanted = onestop.open_supplement(case)
    if wanted is None:
        raise Conflict("Hồ sơ này không còn chờ bổ sung.", what_to_do="Mở lại trang hồ sơ để xem tình trạng mới nhất.")
    files = gathered(wanted)
    missing = {f"tep-{key}": f"Chưa có giấy tờ: {name}." for key, name, _ in wanted.papers if not files.get(key)}
    if missing:
        raise Invalid("Còn thiếu giấy tờ được yêu cầu.", what_to_do="Thêm đủ rồi gửi một lần.", fields=missing)
    papers = tuple(onestop.PaperIn(key, file=file) for key, rows in files.items() for file in rows)
    filed = onestop.supply(ctx, case.pk, version, papers)
    ids = [file.pk for rows in files.values() for file in rows]
    FileRef.objects.filter(pk__in=ids).update(owner_kind="case", owner_id=case.pk)
    return filed


def _owner(paper: str) -> str:
    return f"supplement:{paper}"
