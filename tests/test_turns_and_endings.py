"""Whose turn it is and for what; and what is owed back when a dossier ends before its result."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.story import at_counter, citizen, drafted, filed, filing_of, officer_at, open_task, sample, work_through
from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden
from tinhso.demo.law import DEMO_PIN
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.cases.release import StepKind
from tinhso.foundation.identity.models import Account
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.outbox.models import Message
from tinhso.systems.onestop.actions import decide, handle
from tinhso.systems.onestop.actions.accept import accept, receive
from tinhso.systems.onestop.actions.close import close_overdue
from tinhso.systems.onestop.actions.hand_result import hand_result
from tinhso.systems.onestop.actions.refuse import refuse, reject
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.actions.supplement import ask_supplement
from tinhso.systems.onestop.actions.withdraw import withdraw
from tinhso.systems.onestop.money import still_due
from tinhso.systems.onestop.rules import step_allows

pytestmark = pytest.mark.django_db

MARRIAGE, BIRTH, RESIDENCE, LAND = "1.004873", "1.001193", "1.004222", "1.012784"
REASON = "Thiếu giấy tờ chứng minh việc ly hôn theo quy định."
WANTED = [{"paper": "giay-to", "note": ""}]


def turn(case: Case) -> Task:
    task = open_task(case)
    assert task is not None
    return task


@pytest.mark.parametrize("kind", [StepKind.ASSESS, StepKind.SIGN, StepKind.ISSUE, StepKind.RETURN])
def test_a_step_lets_its_post_do_only_what_it_declares(ctx: Context, kind: StepKind) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    work_through(ctx, case, until=kind)
    task = turn(case)
    who, version = officer_at(ctx, task), case.version
    declared = release_of(case).step(task.step).acts
    acts: dict[str, Callable[[], object]] = {
        "propose": lambda: decide.propose(who, case.pk, version),
        "draft_result": lambda: decide.draft_result(who, case.pk, version, {}),
        "sign": lambda: decide.sign(who, case.pk, version, DEMO_PIN),
        "issue": lambda: decide.issue(who, case.pk, version, DEMO_PIN),
        "record_outcome": lambda: decide.record_outcome(who, case.pk, version, "X-1", {}),
        "refuse": lambda: refuse(who, case.pk, version, REASON),
        "hand_result": lambda: hand_result(who, case.pk, version),
        "accept": lambda: accept(who, case.pk, version),
    }
    refused = [act for act in acts if not step_allows(declared, act)]
    assert len(refused) >= 5
    for act in refused:
        with pytest.raises((Forbidden, Conflict)):
            acts[act]()
    case.refresh_from_db()
    assert case.version == version


def test_an_absent_colleagues_work_can_be_taken_over(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    task = turn(case)
    task.account = Account.objects.filter(realm="officer").exclude(appointments__post=task.post)[0]
    task.save()
    case = drafted(officer_at(ctx, task), handle.claim(officer_at(ctx, task), case.pk, case.version))
    decide.propose(officer_at(ctx, task), case.pk, case.version)


def test_a_counter_receives_only_for_its_own_centre(ctx: Context) -> None:
    filing = filing_of(ctx, sample(BIRTH, "in_person"))
    elsewhere = Agency.objects.filter(kind="commune_centre").exclude(pk=filing.receiving.pk)[0]
    with pytest.raises(Forbidden):
        receive(at_counter(ctx, elsewhere), filing)


def test_a_supplement_is_not_asked_for_after_three_working_days(ctx: Context) -> None:
    case = filed(ctx, sample(LAND, "in_person"))
    late = officer_at(ctx.at(ctx.now + timedelta(days=8)), turn(case))
    with pytest.raises(Conflict, match="thời hạn yêu cầu bổ sung"):
        ask_supplement(late, case.pk, case.version, WANTED, REASON)


def test_a_dossier_whose_supplement_never_comes_is_closed_after_its_last_day(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    ask_supplement(officer_at(ctx, turn(case)), case.pk, case.version, WANTED, REASON)
    assert close_overdue(ctx.now + timedelta(days=15)) == 0
    assert close_overdue(ctx.now + timedelta(days=16)) == 1
    assert close_overdue(ctx.now + timedelta(days=17)) == 0
    case.refresh_from_db()
    assert case.business == "closed"


def test_who_withdraws_unpaid_owes_nothing_more(ctx: Context) -> None:
    one = sample(RESIDENCE, "online")
    case = submit(citizen(ctx, one), filing_of(ctx, one))
    assert still_due(case.pk) > 0
    withdraw(citizen(ctx, one), case.pk, case.version, "Không cần nữa")
    assert still_due(case.pk) == 0
    assert open_task(case) is None


def test_what_was_paid_is_given_back_by_somebody(ctx: Context) -> None:
    one = sample(RESIDENCE, "online")
    case = filed(ctx, one)
    withdraw(citizen(ctx, one), case.pk, case.version, "Không cần nữa")
    assert release_of(case).step(turn(case).step).kind is StepKind.RETURN


def test_a_letter_is_plain_text_and_goes_where_it_was_asked_to(ctx: Context) -> None:
    one = sample(BIRTH, "online")
    case = submit(citizen(ctx, one), replace(filing_of(ctx, one), email="noi.khac@vidu.example"))
    reject(officer_at(ctx, turn(case)), case.pk, case.version, 'Thiếu "Giấy chứng sinh" & bản chính <của cha>.')
    assert '"Giấy chứng sinh" & bản chính <của cha>' in Letter.objects.filter(case_id=case.pk).latest("id").body
    sent = Message.objects.filter(case_id=case.pk, carrier="email")
    assert {message.payload["to"] for message in sent} == {"noi.khac@vidu.example"}
