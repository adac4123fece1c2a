"""Hold a case for one act, at the version that was on the screen."""

from tinhso.core.errors import Conflict, NotFound
from tinhso.core.time import local
from tinhso.foundation.cases.models import Case, StepRecord
from tinhso.foundation.cases.words import say_act


def lock(case_id: int, version: int | None) -> Case:
    """The case's row, locked until the transaction ends.

    Raises NotFound, or Conflict naming what was done since `version`. `version` None is for acts by the machine
    itself (a payment that came, a day that passed), which see the case as it is.
    """
    try:
        case = Case.objects.select_for_update().get(pk=case_id)
    except Case.DoesNotExist as error:
        raise NotFound("Không tìm thấy hồ sơ này.", what_to_do="Kiểm tra lại mã hồ sơ.") from error
    if version is not None and case.version != version:
        raise Conflict(
            "Hồ sơ vừa được người khác xử lý, nên thao tác này chưa được thực hiện.",
            what_to_do="Xem thay đổi bên dưới, mở lại hồ sơ rồi làm tiếp nếu vẫn cần.",
            changes=_changes(case, version),
        )
    return case


def _changes(case: Case, version: int) -> tuple[str, ...]:
    since = StepRecord.objects.filter(case_id=case.pk, case_version__gt=version).order_by("recorded_at", "id")
    return tuple(f"{local(r.recorded_at):%H:%M %d/%m/%Y}: {say_act(r.act)}" for r in since)
