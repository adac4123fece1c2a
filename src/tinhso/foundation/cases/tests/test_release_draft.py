"""A release goes past two people into use, and running cases keep their own."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid, NotFound
from tinhso.core.time import business_date
from tinhso.foundation.cases.actions.draft_release import (
    begin_draft,
    drop_draft,
    publish_draft,
    review_release,
    submit_release,
    withdraw_release,
    write_draft,
)
from tinhso.foundation.cases.models import ReleaseDraft
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.rules.difference import Difference, differences
from tinhso.foundation.identity.models import Account

pytestmark = pytest.mark.django_db
CODE = "1.004873"


@pytest.fixture
def writer(ctx: Context) -> Context:
    return replace(ctx, account_id=Account.objects.filter(realm="officer").order_by("id")[0].pk)


@pytest.fixture
def second(ctx: Context) -> Context:
    return replace(ctx, account_id=Account.objects.filter(realm="officer").order_by("id")[1].pk)


def changed(draft: ReleaseDraft) -> dict[str, object]:
    document = json.loads(json.dumps(draft.document))
    document["short_name"] = "Tên ngắn mới"
    return dict(document)


def approved(writer: Context, second: Context) -> ReleaseDraft:
    draft = begin_draft(writer, CODE)
    draft = write_draft(writer, draft.pk, 1, changed(draft))
    draft = submit_release(writer, draft.pk, 2)
    return review_release(second, draft.pk, 3, approved=True, remark="")


def test_what_two_people_agree_on_is_in_use_from_its_day(writer: Context, second: Context) -> None:
    today = business_date(writer.now)
    old = find_release(CODE, today)
    new = publish_draft(writer, approved(writer, second).pk, 4, today + timedelta(days=7))
    assert find_release(CODE, today + timedelta(days=6)) == old
    assert find_release(CODE, today + timedelta(days=7)) == new
    assert old is not None
    told = differences(json.loads(old.document), json.loads(new.document))
    assert [difference.place for difference in told] == [("short_name",)]


def test_nobody_approves_their_own(writer: Context, second: Context) -> None:
    draft = submit_release(writer, begin_draft(writer, CODE).pk, 1)
    with pytest.raises(Forbidden, match="không tự duyệt"):
        review_release(writer, draft.pk, 2, approved=True, remark="")
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        ReleaseDraft.objects.filter(pk=draft.pk).update(reviewer_id=writer.account_id, state="approved")
    with pytest.raises(IntegrityError, match="cases_release_draft_reviewed"), transaction.atomic():
        ReleaseDraft.objects.filter(pk=draft.pk).update(state="published")


def test_who_changes_what_was_approved_needs_another_look(writer: Context, second: Context) -> None:
    draft = approved(writer, second)
    draft = write_draft(second, draft.pk, 4, changed(draft))
    assert (draft.state, draft.reviewer_id, draft.author_id) == ("draft", None, second.account_id)
    with pytest.raises(Conflict):
        publish_draft(writer, draft.pk, 5, business_date(writer.now))


def test_what_does_not_parse_is_kept_but_not_submitted(writer: Context) -> None:
    draft = begin_draft(writer, CODE)
    broken = {**draft.document, "steps": []}
    draft = write_draft(writer, draft.pk, 1, broken)
    assert draft.document["steps"] == []
    with pytest.raises(Invalid) as refused:
        submit_release(writer, draft.pk, 2)
    assert refused.value.fields


def test_one_draft_of_a_procedure_at_a_time(writer: Context, second: Context) -> None:
    draft = begin_draft(writer, CODE)
    with pytest.raises(Conflict, match="soạn dở"):
        begin_draft(second, CODE)
    drop_draft(writer, draft.pk, 1)
    assert begin_draft(second, CODE).author_id == second.account_id


def test_what_is_given_back_says_why(writer: Context, second: Context) -> None:
    draft = submit_release(writer, begin_draft(writer, CODE).pk, 1)
    with pytest.raises(Invalid):
        review_release(second, draft.pk, 2, approved=False, remark=" ")
    assert review_release(second, draft.pk, 2, approved=False, remark="Sai mức lệ phí").state == "draft"


def test_two_people_who_press_at_once_do_not_both_win(writer: Context, second: Context) -> None:
    draft = begin_draft(writer, CODE)
    write_draft(writer, draft.pk, 1, changed(draft))
    with pytest.raises(Conflict, match="vừa thay đổi"):
        write_draft(second, draft.pk, 1, changed(draft))


def test_nothing_is_published_into_the_past(writer: Context, second: Context) -> None:
    draft = approved(writer, second)
    with pytest.raises(Invalid, match="lùi ngày"):
        publish_draft(writer, draft.pk, 4, business_date(writer.now) - timedelta(days=1))


def test_a_withdrawn_procedure_is_received_no_more(writer: Context) -> None:
    day = business_date(writer.now) + timedelta(days=3)
    with pytest.raises(Invalid):
        withdraw_release(writer, CODE, day, "")
    withdraw_release(writer, CODE, day, "Quyết định bãi bỏ số 12")
    assert find_release(CODE, day) is None
    assert find_release(CODE, day - timedelta(days=1)) is not None
    with pytest.raises(NotFound):
        withdraw_release(writer, CODE, day, "Quyết định bãi bỏ số 12")


def test_a_step_put_in_between_is_one_difference() -> None:
    before = {"steps": [{"key": "a"}, {"key": "c", "name": "C"}], "levels": ["x"]}
    after = {"steps": [{"key": "a"}, {"key": "b"}, {"key": "c", "name": "Ç"}], "levels": ["x", "y"]}
    assert differences(before, after) == (
        Difference(("steps", "b"), None, {"key": "b"}),
        Difference(("steps", "c", "name"), "C", "Ç"),
        Difference(("levels",), ["x"], ["x", "y"]),
    )


def test_another_order_is_a_difference() -> None:
    before, after = [{"key": "a"}, {"key": "b"}], [{"key": "b"}, {"key": "a"}]
    assert differences(before, after) == (Difference(("order",), ["a", "b"], ["b", "a"]),)
