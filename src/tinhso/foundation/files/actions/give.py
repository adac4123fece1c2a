"""Give references to another owner: what was put ready is now part of something."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from tinhso.core.errors import Conflict
from tinhso.foundation.files.models import FileRef


@transaction.atomic
def give(reference_ids: Iterable[int], owner: tuple[str, int]) -> None:
    """Make (kind, id) the owner. Raises Conflict when a reference is gone (taken out, or put ready too long ago) or
    belongs to another owner of that kind already.

    The rows stay locked, so that none is released before what now points at it commits.
    """
    wanted = set(reference_ids)
    kind, number = owner
    free = FileRef.objects.filter(~Q(owner_kind=kind) | Q(owner_id=number), pk__in=wanted)
    if free.update(owner_kind=kind, owner_id=number) != len(wanted):
        raise Conflict(
            "Có tệp tải lên đã dùng cho hồ sơ khác, đã được bỏ ra, hoặc để quá lâu nên không còn nữa.",
            what_to_do="Mở lại danh sách giấy tờ, tải lên lại tệp còn thiếu rồi gửi.",
        )
