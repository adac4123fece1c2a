"""Gather what was asked for, then hand it in together: a supplement is asked once and answered once."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.web.tags.words import translated
from tinhso.foundation.cases.actions.lock import lock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.files.rules import Accepted
from tinhso.foundation.identity.models import Account, Realm
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services.rules.progress import MOST_FILES


def gathered(wanted: onestop.Wanted) -> dict[str, list[FileRef]]:
    """The files put ready for a supplement, by paper. One query."""
    kinds = {_owner(key): key for key, *_rest in wanted.papers}
    found: dict[str, list[FileRef]] = {}
    for file in FileRef.objects.filter(owner_kind__in=kinds, owner_id=wanted.id).select_related("blob").order_by("id"):
        found.setdefault(kinds[file.owner_kind], []).append(file)
    return found


@transaction.atomic
def gather(ctx: Context, case: Case, paper: str, name: str, found: Accepted) -> bool:
    """Put an inspected file ready; False where the very same file is there already.

    Raises NotFound for another's dossier, Conflict when there are too many or it was sent meanwhile.
    """
    wanted = _hold(ctx, case)
    if paper not in {key for key, *_rest in wanted.papers}:
        raise NotFound("Hồ sơ này không cần bổ sung giấy tờ đó.", what_to_do="Mở lại trang bổ sung của hồ sơ.")
    there = FileRef.objects.filter(owner_kind=_owner(paper), owner_id=wanted.id)
    file = keep(ctx, found.data, name=name, media_type=found.media_type, owner=(_owner(paper), wanted.id))
    if there.filter(blob_id=file.blob_id).exclude(pk=file.pk).exists():
        file.delete()
        return False
    if there.count() > MOST_FILES:
        raise Conflict(
            _("Mỗi loại giấy tờ nhận nhiều nhất %(most)s tệp; các tệp đã có vẫn giữ nguyên.") % {"most": MOST_FILES},
            what_to_do="Gộp các trang thành một tệp PDF rồi thêm lại.",
        )
    return True


@transaction.atomic
def put_back(ctx: Context, case: Case, file: FileRef) -> None:
    """Take a file out again, if it still waits. Raises NotFound for another's dossier, Conflict when all was sent."""
    wanted = _hold(ctx, case)
    kinds = [_owner(key) for key, *_rest in wanted.papers]
    FileRef.objects.filter(pk=file.pk, owner_kind__in=kinds, owner_id=wanted.id).delete()


@transaction.atomic
def hand_in(ctx: Context, case: Case, version: int) -> Case:
    """Send everything that was put ready.

    Raises Invalid while a paper asked for is missing, Conflict by version or when it was sent, NotFound for another's.
    """
    files = gathered(wanted := _hold(ctx, case))
    missing = {
        f"tep-{key}": _("Chưa có giấy tờ: %(paper)s.") % {"paper": translated(name)}
        for key, name, _note in wanted.papers
        if not files.get(key)
    }
    if missing:
        raise Invalid("Còn thiếu giấy tờ được yêu cầu.", what_to_do="Thêm đủ rồi gửi một lần.", fields=missing)
    papers = tuple(onestop.PaperIn(key, file=file) for key, rows in files.items() for file in rows)
    return onestop.supply(ctx, case.pk, version, papers)


def _hold(ctx: Context, case: Case) -> onestop.Wanted:
    """What is waited for, to its owner alone, while nobody else adds to it, takes from it or sends it.

    The case's row is the lock: every act on a supplement, the counter's too, takes it first.
    """
    held = lock(case.pk, None)
    account = Account.objects.filter(pk=ctx.actor, realm=Realm.CITIZEN).first()
    if account is None or not onestop.may_see(account, held):
        raise NotFound(
            _("Tài khoản của bạn không có hồ sơ mang mã %(code)s.") % {"code": held.code},
            what_to_do="Đăng nhập bằng tài khoản đã nộp hồ sơ.",
        )
    wanted = onestop.open_supplement(held)
    if wanted is None:
        raise Conflict("Hồ sơ này không còn chờ bổ sung.", what_to_do="Mở lại trang hồ sơ để xem tình trạng mới nhất.")
    return wanted


def _owner(paper: str) -> str:
    return f"supplement:{paper}"
