"""Rate the service on a returned dossier."""

from collections.abc import Mapping

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.foundation.cases.models import Case
from tinhso.foundation.events.actions.record import record
from tinhso.systems.surveys.events import RatingGiven
from tinhso.systems.surveys.models import Rating
from tinhso.systems.surveys.rules import faults
from tinhso.systems.surveys.words import say_fault


@transaction.atomic
def rate(ctx: Context, case: Case, points: Mapping[str, int | None], comment: str) -> Rating:
    """Keep the rating of a dossier by who applied (the caller has seen that it is them).

    Raises Invalid by question, Conflict before the result is returned and when it was rated before.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.business != Case.Business.RETURNED:
        raise Conflict("Hồ sơ chưa trả kết quả nên chưa đánh giá được.", what_to_do="Quay lại sau khi nhận kết quả.")
    if Rating.objects.filter(case=case).exists():
        raise Conflict("Hồ sơ này đã được đánh giá rồi; mỗi hồ sơ đánh giá một lần.", what_to_do="Cảm ơn bạn đã góp ý.")
    if wrong := faults(points, comment):
        raise Invalid("Còn câu chưa chọn.", fields={field: say_fault(code) for field, code in wrong.items()})
    given = {key: int(value or 0) for key, value in points.items()}
    rating = Rating.objects.create(
        case=case, agency_id=case.decided_by_id, comment=comment.strip() or None, given_at=ctx.now, **given
    )
    private = {"comment": comment.strip()} if comment.strip() else None
    event = RatingGiven(code=case.code, **given)
    record(ctx, event, subject=("case", case.pk), case_id=case.pk, agency_id=case.decided_by_id, private=private)
    return rating
