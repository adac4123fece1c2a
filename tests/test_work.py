"""Work beyond one step after another: branches, going back, others asked, the clock's lawful stops and moves."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.story import do_next, filed, officer_at, sample, work_through
from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.core.time import VN_ZONE, business_date, local
from tinhso.foundation.calendars.actions.publish_version import publish_version
from tinhso.foundation.calendars.law import read_documents
from tinhso.foundation.cases.actions.close_direction import answer_direction
from tinhso.foundation.cases.actions.look import look
from tinhso.foundation.cases.actions.publish import publish
from tinhso.foundation.cases.models import Alert, Case, ClockEntry, Direction, StepRecord, Task
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Shortening, Span, StepKind, Unit
from tinhso.foundation.cases.rules.directions import Part
from tinhso.foundation.identity.actions.delegate import delegate
from tinhso.foundation.identity.models import Appointment
from tinhso.foundation.notices.models import Letter
from tinhso.systems.onestop.actions import decide, handle
from tinhso.systems.onestop.actions.apologise import apologise
from tinhso.systems.onestop.actions.ask_others import ask_others, may_be_asked
from tinhso.systems.onestop.actions.duty import ask_duty, confirm_duty
from tinhso.systems.onestop.actions.recount import recount
from tinhso.systems.onestop.models import Dossier, Slip

pytestmark = pytest.mark.django_db
MARRIAGE, BIRTH, THREE, LAND = "1.004873", "1.001193", "2.000986", "1.013831"


def open_steps(case: Case) -> set[str]:
    return set(Task.objects.filter(case=case, direction=None).values_list("step", flat=True))


def task_of(case: Case, step: str) -> Task:
    return Task.objects.select_related("post").get(case=case, step=step, direction=None)


def at_step(ctx: Context, procedure: str, step: str) -> tuple[Context, Case]:
    case = filed(ctx, sample(procedure, "in_person"))
    for _ in range(20):
        if step in open_steps(case):
            return ctx, case
        ctx = ctx.at(ctx.now + timedelta(minutes=7))
        do_next(ctx, case)
    raise AssertionError(f"never at {step}: {open_steps(case)}")


def test_two_agencies_work_side_by_side_and_the_centre_waits_for_both(ctx: Context) -> None:
    ctx, case = at_step(ctx, THREE, "thuong-tru")
    assert open_steps(case) == {"thuong-tru", "the-bhyt"}
    police, insurance = (officer_at(ctx, task_of(case, step)) for step in ("thuong-tru", "the-bhyt"))
    case.refresh_from_db()
    decide.record_outcome(insurance, case.pk, case.version, "BH-1", {"the-bhyt": _pdf()})
    assert open_steps(case) == {"thuong-tru"}
    case.refresh_from_db()
    assert case.business == "in_process"
    decide.record_outcome(police, case.pk, case.version, "CA-1", {"thong-bao-cu-tru": _pdf()})
    case.refresh_from_db()
    assert case.business == "resolved"
    assert open_steps(case) == {"tra-ket-qua"}


def _pdf() -> bytes:
    from tests.story import PDF

    return PDF


def test_a_refusal_in_one_branch_ends_the_work_of_the_other(ctx: Context) -> None:
    from tinhso.systems.onestop.actions.refuse import refuse

    ctx, case = at_step(ctx, THREE, "thuong-tru")
    case.refresh_from_db()
    refuse(officer_at(ctx, task_of(case, "thuong-tru")), case.pk, case.version, "Chỗ ở không đủ điều kiện đăng ký.")
    assert open_steps(case) == {"tra-ket-qua"}


def test_the_leader_sends_back_to_the_step_they_choose(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    ctx = work_through(ctx, case, until=StepKind.SIGN)
    task = Task.objects.get(case=case)
    leader = officer_at(ctx, task)
    with pytest.raises(Invalid) as refused:
        handle.send_back(leader, case.pk, case.version, "Sai năm sinh", to="tiep-nhan")
    assert set(refused.value.fields) == {"to"}
    handle.send_back(leader, case.pk, case.version, "Sai năm sinh", to="tham-dinh")
    assert open_steps(case) == {"tham-dinh"}


def test_what_an_agency_issued_is_not_gone_back_behind(ctx: Context) -> None:
    from tinhso.foundation.cases.reading import release_of
    from tinhso.systems.onestop.actions.flow import earlier_steps

    _, case = at_step(ctx, THREE, "thuong-tru")
    release = release_of(case)
    assert earlier_steps(release, case, release.step("tra-ket-qua")) == [
        release.step("the-bhyt"),
        release.step("thuong-tru"),
    ]


def asked_of(ctx: Context, case: Case) -> tuple[Context, Context, Direction]:
    """A specialist asks a department's opinion: who asks, who answers, what."""
    asker = officer_at(ctx, Task.objects.get(case=case, direction=None))
    post = next(post for post in may_be_asked(asker, case) if post.agency.kind == "department")
    direction = ask_others(asker, case.pk, case.version, post.pk, Part.OPINION, "Cho ý kiến về quy hoạch")
    return asker, officer_at(ctx, Task.objects.get(direction=direction)), direction


def test_an_opinion_is_waited_for_until_it_comes(ctx: Context) -> None:
    ctx, case = at_step(ctx, LAND, "tham-dinh")
    case.refresh_from_db()
    asker, other, direction = asked_of(ctx, case)
    case.refresh_from_db()
    with pytest.raises(Conflict, match="Đang chờ"):
        decide.propose(asker, case.pk, case.version)
    answer_direction(other, direction.pk, "Phù hợp quy hoạch")
    decide.propose(asker, case.pk, case.version)
    assert [row.act for row in StepRecord.objects.filter(case_id=case.pk).order_by("recorded_at", "id")][-2:] == [
        "answer",
        "propose",
    ]


def test_a_late_opinion_stops_neither_clock_nor_work(ctx: Context) -> None:
    ctx, case = at_step(ctx, LAND, "tham-dinh")
    case.refresh_from_db()
    due = case.due_at
    asker, _, direction = asked_of(ctx, case)
    later = direction.due_at + timedelta(minutes=1)
    case.refresh_from_db()
    decide.propose(replace(asker, now=later), case.pk, case.version)
    case.refresh_from_db()
    assert case.due_at == due


def test_who_was_asked_asks_further_and_nobody_else_may(ctx: Context) -> None:
    ctx, case = at_step(ctx, LAND, "tham-dinh")
    case.refresh_from_db()
    asker, other, direction = asked_of(ctx, case)
    colleague = next(post for post in may_be_asked(other, case) if post.agency_id == other.agency_id)
    below = ask_others(other, case.pk, 0, colleague.pk, Part.LEAD, "Xem bản đồ quy hoạch")
    assert below.parent_id == direction.pk
    stranger = Appointment.objects.filter(post__role="counter").exclude(post__agency_id=asker.agency_id or 0)[0]
    outside = replace(ctx, account_id=stranger.account_id, post_id=stranger.post_id, agency_id=stranger.post.agency_id)
    with pytest.raises(Forbidden):
        ask_others(outside, case.pk, 0, colleague.pk, Part.LEAD, "Xem giúp")


def test_the_days_of_a_financial_duty_are_left_out(ctx: Context) -> None:
    ctx, case = at_step(ctx, LAND, "chinh-ly")
    case.refresh_from_db()
    before = case.due_at
    officer = officer_at(ctx, task_of(case, "chinh-ly"))
    ask_duty(officer, case.pk, case.version, "Thông báo 12/TB-TCS, nộp tại Kho bạc khu vực")
    case.refresh_from_db()
    assert (case.business, case.due_at) == ("duty", None)
    with pytest.raises(Conflict):
        decide.propose(officer, case.pk, case.version)
    later = replace(officer, now=ctx.now + timedelta(days=7))
    confirm_duty(later, case.pk, case.version, "Giấy nộp tiền 0099")
    case.refresh_from_db()
    assert before is not None
    assert case.due_at is not None
    assert case.business == "in_process"
    assert case.due_at > before
    assert Letter.objects.filter(case_id=case.pk, subject__contains="nghĩa vụ tài chính").exists()


def test_only_a_step_whose_law_says_so_waits_for_a_duty(ctx: Context) -> None:
    ctx, case = at_step(ctx, MARRIAGE, "tham-dinh")
    case.refresh_from_db()
    with pytest.raises(Forbidden):
        ask_duty(officer_at(ctx, task_of(case, "tham-dinh")), case.pk, case.version, "Thông báo 12/TB")


def test_an_apology_appoints_anew_once_and_the_applicant_is_told(ctx: Context) -> None:
    ctx, case = at_step(ctx, LAND, "tham-dinh")
    case.refresh_from_db()
    assert case.due_at is not None
    officer, until = officer_at(ctx, task_of(case, "tham-dinh")), business_date(case.due_at) + timedelta(days=7)
    with pytest.raises(Invalid) as refused:
        apologise(officer, case.pk, case.version, "ngắn", business_date(case.due_at))
    assert set(refused.value.fields) == {"reason", "until"}
    apologise(officer, case.pk, case.version, "Cần đo đạc lại thửa đất do ranh giới chưa rõ.", until)
    case.refresh_from_db()
    assert case.due_at is not None
    assert business_date(case.due_at) == until
    assert Slip.objects.filter(case=case, kind="apology").count() == 1
    assert Letter.objects.filter(case_id=case.pk, subject__contains="xin lỗi").count() == 1
    with pytest.raises(Conflict, match="một lần"):
        apologise(officer, case.pk, case.version, "Cần thêm thời gian nữa để đo đạc.", until + timedelta(days=7))


def test_a_new_decision_on_days_off_moves_a_running_dossier_only_by_an_act(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    case.refresh_from_db()
    assert case.due_at is not None
    assert f"{local(case.due_at):%d/%m}" == "27/11"
    office = next(one for one in read_documents() if one["code"] == "hanh-chinh")
    storm = {
        "day": "2026-11-26",
        "kind": "holiday",
        "name": "Nghỉ bão",
        "name_en": "Storm",
        "basis": "x",
        "mark": "assumed",
    }
    publish_version(
        ctx, {**office, "off": [*office["off"], storm]}, in_force_from=date(2026, 11, 23), decision="Công điện"
    )
    case.refresh_from_db()
    assert f"{local(case.due_at):%d/%m}" == "27/11"
    found = recount(replace(ctx, request_id="recount"), "hanh-chinh", "Công điện nghỉ bão")
    assert (found.looked_at, found.moved) == (1, 1)
    case.refresh_from_db()
    assert f"{local(case.due_at):%d/%m}" == "30/11"
    assert "26/11" in (Dossier.objects.get(case=case).explanation or {})["vi"]
    assert ClockEntry.objects.filter(case=case).latest("seq").kind == "recount"
    assert recount(ctx, "hanh-chinh", "Công điện nghỉ bão").looked_at == 0
    assert Letter.objects.filter(case_id=case.pk, subject__contains="đổi thành").count() == 1


def test_a_deputy_does_the_work_and_the_record_says_for_whom(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    case.refresh_from_db()
    holder = officer_at(ctx, task_of(case, "tham-dinh"))
    deputy = (
        Appointment.objects.filter(post__agency_id=holder.agency_id or 0)
        .exclude(account_id=holder.actor)
        .order_by("id")[0]
    )
    today = business_date(ctx.now)
    acting = replace(holder, account_id=deputy.account_id, stood_in_for=holder.account_id)
    with pytest.raises(Forbidden):
        handle.claim(acting, case.pk, case.version)
    delegate(
        holder,
        post_id=holder.post,
        holder_id=holder.actor,
        deputy_id=deputy.account_id,
        begins=today,
        ends=today,
        ground="Đi họp",
    )
    handle.claim(acting, case.pk, case.version)
    done = StepRecord.objects.filter(case_id=case.pk, act="claim").get()
    assert (done.actor_id, done.stood_in_for_id) == (deputy.account_id, holder.account_id)


def test_work_nobody_does_is_told_to_those_in_charge(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    look(datetime(2026, 12, 1, 9, 0, tzinfo=VN_ZONE))
    told = set(Alert.objects.filter(case=case).values_list("kind", "post__role"))
    assert ("late", "leader") in told
    assert ("late", "specialist") in told
    assert ("apologise", "specialist") in told


def test_a_province_that_does_it_sooner_promises_it_sooner_and_says_by_which_decision(ctx: Context) -> None:
    row = find_release(MARRIAGE, business_date(ctx.now))
    assert row is not None
    release = read_release(row)
    cut = Shortening(1, release.cases[-1].limit.basis, release.cases[-1].limit.mark)
    cases = tuple(replace(case, limit=replace(case.limit, shortened=cut)) for case in release.cases)
    plain = filed(ctx, sample(MARRIAGE, "in_person"))
    steps = tuple(replace(step, limit=Span(1, Unit.HOURS), limit_by_case=()) for step in release.steps)
    publish(ctx, replace(release, cases=cases, steps=steps), business_date(ctx.now), row.templates)
    sooner = filed(ctx, sample(MARRIAGE, "in_person"))
    assert plain.due_at is not None
    assert sooner.due_at is not None
    assert (business_date(plain.due_at) - business_date(sooner.due_at)).days == 1
    assert "Rút ngắn 1 ngày làm việc" in (Dossier.objects.get(case=sooner).explanation or {})["vi"]
