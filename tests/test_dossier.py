"""A dossier under the law and under pressure: who may act, what the clock does, who wins when two act at once."""

import contextlib
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections

from tests.story import citizen, do_next, filed, filing_of, officer_at, open_task, sample, work_through
from tinhso.core.context import Context
from tinhso.core.errors import Conflict, DomainError, Forbidden, Invalid
from tinhso.core.time import local
from tinhso.demo.law import DEMO_PIN
from tinhso.foundation.cases.models import Case, ClockEntry, StepRecord
from tinhso.foundation.cases.release import StepKind
from tinhso.foundation.events.models import Event
from tinhso.foundation.identity.models import Account
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.numbering.models import Taken
from tinhso.systems.onestop.actions import decide, handle
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.actions.file_dossier import PaperIn
from tinhso.systems.onestop.actions.refuse import refuse, reject
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.actions.supplement import ask_supplement, supply
from tinhso.systems.onestop.actions.withdraw import withdraw
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.onestop.policies import dossiers
from tinhso.systems.onestop.rules import TRANSITIONS
from tinhso.systems.onestop.slips import print_slip

MARRIAGE, BIRTH, RESIDENCE = "1.004873", "1.001193", "1.004222"
REASON = "Thiếu giấy tờ chứng minh việc ly hôn theo quy định."


def at_once(count: int, work: Callable[[], object]) -> list[DomainError]:
    """Run `work` in `count` threads; returns the refusals."""
    refused: list[DomainError] = []

    def run() -> None:
        try:
            work()
        except DomainError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db
def test_the_promised_date_explains_itself(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    assert case.due_at is not None
    assert f"{local(case.due_at):%H:%M %d/%m/%Y}" == "17:00 27/11/2026"
    said = case.dossier.__class__.objects.get(case=case).explanation
    assert said is not None
    assert "27/11/2026" in said["vi"]
    assert "24/11" in said["vi"], "the paid day of 24 November is skipped, and said so"
    assert "147" in said["vi"]
    assert said["en"] != said["vi"]


@pytest.mark.django_db
def test_accepting_writes_slip_letter_clock_and_event(ctx: Context) -> None:
    case = filed(ctx, sample(BIRTH, "online"))
    assert Letter.objects.filter(case_id=case.pk).count() == 1
    do_next(ctx, case)
    assert Letter.objects.filter(case_id=case.pk).count() == 2
    slip = Slip.objects.get(case=case, kind="acceptance")
    assert print_slip(slip) == print_slip(slip)
    assert ClockEntry.objects.filter(case=case).count() == 1
    assert Event.objects.filter(case_id=case.pk, type="onestop.dossier.accepted").count() == 1
    assert not Event.objects.filter(payload__contains="Nguyễn").exists()


@pytest.mark.django_db
def test_a_dossier_typed_in_at_the_counter_is_told_apart(ctx: Context) -> None:
    own = filed(ctx, sample(BIRTH, "online"))
    typed = filed(ctx, sample(BIRTH, "in_person"))
    assert (own.dossier.filing, typed.dossier.filing) == ("self", "counter")


@pytest.mark.django_db
def test_an_unpaid_dossier_is_not_accepted(ctx: Context) -> None:
    one = sample(RESIDENCE, "online")
    case = submit(citizen(ctx, one), filing_of(ctx, one))
    task = open_task(case)
    assert task is not None
    with pytest.raises(Conflict, match="chưa nộp"):
        accept(officer_at(ctx, task), case.pk, case.version)


@pytest.mark.django_db
def test_an_officer_of_another_unit_may_neither_see_nor_act(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    task = open_task(case)
    assert task is not None
    stranger = Account.objects.filter(realm="officer").exclude(
        appointments__post__agency__in=[case.received_by_id, case.decided_by_id]
    )[0]
    posts = [held.post for held in stranger.appointments.select_related("post")]
    assert not dossiers.may_see(stranger, case, posts)
    outside = replace(ctx, account_id=stranger.pk, post_id=posts[0].pk, agency_id=posts[0].agency_id)
    with pytest.raises(Forbidden):
        handle.claim(outside, case.pk, case.version)
    with pytest.raises(Forbidden):
        handle.claim(replace(outside, post_id=task.post_id), case.pk, case.version)


@pytest.mark.django_db
def test_a_claimed_task_is_not_a_colleagues(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    task = open_task(case)
    assert task is not None
    other = Account.objects.filter(realm="officer").exclude(appointments__post=task.post)[0]
    task.account = other
    task.save()
    with pytest.raises(Forbidden):
        decide.propose(officer_at(ctx, task), case.pk, case.version)


@pytest.mark.django_db
def test_a_supplement_is_asked_once_and_starts_the_clock_from_zero(ctx: Context) -> None:
    one = sample(MARRIAGE, "in_person")
    case = filed(ctx, one)
    task = open_task(case)
    assert task is not None
    officer = officer_at(ctx, task)
    wanted = [{"paper": "giay-to", "note": "Bản chính"}]
    case = ask_supplement(officer, case.pk, case.version, wanted, REASON)
    assert (case.business, case.due_at) == ("supplement", None)
    assert open_task(case) is None
    later = citizen(ctx.at(ctx.now + timedelta(days=7)), one)
    paper = PaperIn("giay-to", originals=1)
    stranger = replace(later, account_id=Account.objects.filter(realm="citizen").exclude(username=one.applicant)[0].pk)
    with pytest.raises(Forbidden):
        supply(stranger, case.pk, case.version, (paper,))
    for wrong in ((), (paper, PaperIn("khac", originals=1))):
        with pytest.raises(Invalid):
            supply(later, case.pk, case.version, wrong)
    case = supply(later, case.pk, case.version, (paper,))
    assert case.due_at is not None
    assert f"{local(case.due_at):%d/%m/%Y}" == "03/12/2026", "three working days from the day it was complete"
    again = open_task(case)
    assert again is not None
    assert again.step == task.step
    with pytest.raises(Conflict, match="một lần"):
        ask_supplement(officer_at(later, again), case.pk, case.version, wanted, REASON)


@pytest.mark.django_db
def test_a_reason_is_owed_to_who_is_refused(ctx: Context) -> None:
    case = filed(ctx, sample(BIRTH, "online"))
    task = open_task(case)
    assert task is not None
    with pytest.raises(Invalid):
        reject(officer_at(ctx, task), case.pk, case.version, "không")
    case = reject(officer_at(ctx, task), case.pk, case.version, REASON)
    assert case.business == "rejected"
    assert Slip.objects.filter(case=case, kind="refusal").count() == 1


@pytest.mark.django_db
def test_a_refusal_after_appraisal_is_a_resolved_dossier(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    task = open_task(case)
    assert task is not None
    case = refuse(officer_at(ctx, task), case.pk, case.version, REASON)
    assert case.resolved_at == ctx.now
    assert do_next(ctx, case)
    assert case.business == "returned"


@pytest.mark.django_db
def test_the_leader_may_send_a_draft_back_with_words(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    work_through(ctx, case, until=StepKind.SIGN)
    task = open_task(case)
    assert task is not None
    leader = officer_at(ctx, task)
    with pytest.raises(Invalid):
        handle.send_back(leader, case.pk, case.version, "")
    handle.send_back(leader, case.pk, case.version, "Ghi lại địa chỉ")
    case.refresh_from_db()
    work_through(ctx, case)
    assert case.business == "returned"


@pytest.mark.django_db
def test_a_wrong_pin_signs_nothing(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    work_through(ctx, case, until=StepKind.SIGN)
    task = open_task(case)
    assert task is not None
    with pytest.raises(Invalid, match="PIN"):
        decide.sign(officer_at(ctx, task), case.pk, case.version, "000000")
    assert not Result.objects.filter(case=case, state="signed").exists()
    decide.sign(officer_at(ctx, task), case.pk, case.version, DEMO_PIN)
    assert Result.objects.filter(case=case, state="signed").count() == 1


@pytest.mark.django_db
def test_the_applicant_may_withdraw_until_the_decision(ctx: Context) -> None:
    one = sample(MARRIAGE, "online")
    case = filed(ctx, one)
    stranger = replace(ctx, account_id=Account.objects.filter(realm="citizen").exclude(username=one.applicant)[0].pk)
    with pytest.raises(Forbidden):
        withdraw(stranger, case.pk, case.version, "")
    case = withdraw(citizen(ctx, one), case.pk, case.version, "Không cần nữa")
    assert case.business == "stopped"


def test_two_officers_accept_at_once_and_one_wins(fresh_database: str, ctx: Context) -> None:
    case = filed(ctx, sample(BIRTH, "online"))
    task = open_task(case)
    assert task is not None
    officer = officer_at(ctx, task)
    refused = at_once(8, lambda: accept(officer, case.pk, case.version))
    assert len(refused) == 7
    assert all(isinstance(error, Conflict) and error.changes for error in refused)
    assert ClockEntry.objects.filter(case=case).count() == 1
    assert Slip.objects.filter(case=case).count() == 1


def test_two_clerks_number_at_once_and_one_number_is_taken(fresh_database: str, ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    work_through(ctx, case, until=StepKind.ISSUE)
    task = open_task(case)
    assert task is not None
    officer, before = officer_at(ctx, task), Taken.objects.filter(key__startswith="result:").count()
    refused = at_once(6, lambda: decide.issue(officer, case.pk, case.version, DEMO_PIN))
    assert len(refused) == 5
    assert Taken.objects.filter(key__startswith="result:").count() == before + 1


def test_fifty_people_file_at_once_and_codes_have_no_gap(fresh_database: str, ctx: Context) -> None:
    one = sample(BIRTH, "online")
    filings, person = [filing_of(ctx, one) for _ in range(50)], citizen(ctx, one)
    assert at_once(50, lambda: submit(person, filings.pop())) == []
    ordinals = sorted(int(code.rpartition("-")[2]) for code in Case.objects.values_list("code", flat=True))
    assert ordinals == list(range(1, 51))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_random_walks_stay_within_the_table_of_states(ctx: Context, seed: int) -> None:
    dice = random.Random(seed)
    one = sample(dice.choice([MARRIAGE, BIRTH, RESIDENCE]), dice.choice(["online", "in_person"]))
    case = filed(ctx, one)
    for _ in range(12):
        ctx = ctx.at(ctx.now + timedelta(hours=dice.randint(1, 30)))
        _some_act(ctx, case, dice)
        case.refresh_from_db()
    for record in StepRecord.objects.filter(case_id=case.pk).exclude(from_state=""):
        assert TRANSITIONS[record.from_state][record.act] == record.to_state


def _some_act(ctx: Context, case: Case, dice: random.Random) -> None:
    task = open_task(case)
    who = officer_at(ctx, task) if task else ctx
    acts: list[Callable[[], object]] = [
        lambda: do_next(ctx, case),
        lambda: do_next(ctx, case),
        lambda: handle.claim(who, case.pk, case.version),
        lambda: refuse(who, case.pk, case.version, REASON),
        lambda: ask_supplement(who, case.pk, case.version, [{"paper": "x", "note": ""}], REASON),
        lambda: supply(ctx, case.pk, case.version, (PaperIn("x", originals=1),)),
        lambda: handle.send_back(who, case.pk, case.version, "Sửa lại"),
    ]
    with contextlib.suppress(DomainError):
        dice.choice(acts)()
