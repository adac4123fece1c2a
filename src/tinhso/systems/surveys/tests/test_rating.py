"""A dossier is rated once, by points that exist, after its result is in hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.ids import uuid7
from tinhso.foundation.cases.models import Case
from tinhso.systems.surveys.actions.rate import rate
from tinhso.systems.surveys.public import satisfaction
from tinhso.systems.surveys.queries import find_rating
from tinhso.systems.surveys.rules import QUESTIONS, faults

GOOD: dict[str, int | None] = dict.fromkeys(QUESTIONS, 4)


def returned(ctx: Context, number: int = 1) -> Case:
    return Case.objects.create(
        public_id=uuid7(ctx.now),
        code=f"H44.1-261123-{number:04d}",
        kind="dossier",
        channel="online",
        business="returned",
        submitted_at=ctx.now,
        accepted_at=ctx.now,
        resolved_at=ctx.now,
        returned_at=ctx.now,
    )


def test_every_question_wants_one_to_five_points() -> None:
    assert faults(GOOD, "") == {}
    assert faults(GOOD | {"time": 6, "overall": None}, "") == {"time": "unanswered", "overall": "unanswered"}
    assert faults(GOOD, "x" * 2001) == {"comment": "too_long"}


@pytest.mark.django_db
def test_a_dossier_is_rated_once(ctx: Context) -> None:
    case = returned(ctx)
    given = rate(ctx, case, GOOD, " Nhanh gọn. ")
    assert find_rating(case) == given
    assert given.comment == "Nhanh gọn."
    with pytest.raises(Conflict, match="đã được đánh giá"):
        rate(ctx, case, GOOD, "")


@pytest.mark.django_db
def test_nothing_is_rated_before_it_is_returned_or_by_half(ctx: Context) -> None:
    case = returned(ctx)
    with pytest.raises(Invalid) as refused:
        rate(ctx, case, GOOD | {"attitude": None}, "")
    assert set(refused.value.fields) == {"attitude"}
    Case.objects.filter(pk=case.pk).update(business="resolved")
    with pytest.raises(Conflict, match="chưa trả kết quả"):
        rate(ctx, case, GOOD, "")


@pytest.mark.django_db
def test_satisfaction_counts_who_is_content_among_who_answered(ctx: Context) -> None:
    for number, overall in enumerate((5, 4, 2)):
        rate(ctx, returned(ctx, number), GOOD | {"overall": overall}, "")
    rate(replace(ctx, now=ctx.now + timedelta(days=1)), returned(ctx, 9), GOOD, "")
    found = satisfaction(ctx.now, ctx.now + timedelta(days=1))
    assert (found.ratings, found.content, found.points) == (3, 2, 11)
    assert satisfaction(ctx.now - timedelta(days=1), ctx.now).mean is None
