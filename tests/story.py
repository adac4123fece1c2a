"""Steps of the story that several tests tell: who files, who is on turn, what they do."""

from dataclasses import replace
from datetime import date, timedelta

from tinhso.core.context import Context
from tinhso.core.time import business_date
from tinhso.demo.law import DEMO_PIN
from tinhso.demo.samples import citizen_fact
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release, release_of
from tinhso.foundation.cases.release import Act, Release, StepKind
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.identity.models import Account, Appointment
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.systems.onestop.actions import decide, handle
from tinhso.systems.onestop.actions.accept import accept, receive
from tinhso.systems.onestop.actions.file_dossier import Filing, PaperIn
from tinhso.systems.onestop.actions.hand_result import hand_result
from tinhso.systems.onestop.actions.see_draft import see_drafts
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.models import Result
from tinhso.systems.onestop.money import cost, payment_of, still_due
from tinhso.systems.services.releases.loading import Sample, load_samples

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SAMPLE_DAY = date(2026, 11, 23)


def sample(procedure: str, channel: str) -> Sample:
    """The first sample of a procedure, filed by another channel if need be."""
    found = load_samples(procedure, SAMPLE_DAY, citizen_fact)
    return next((one for one in found if one.channel == channel), replace(found[0], channel=channel))


def filing_of(ctx: Context, one: Sample) -> Filing:
    """What the sample's applicant hands in, every required paper as a file."""
    row = find_release(one.procedure, business_date(ctx.now))
    assert row is not None
    release = read_release(row)
    applicant = Account.objects.get(username=one.applicant).party
    assert applicant is not None
    centre = _centre(release, applicant.place_id)
    photo = keep(ctx, PDF, name="giay.pdf", media_type="application/pdf", owner=("test", 1))
    papers = release.papers_for(release.case_for(one.answers), one.answers)
    return Filing(
        release=row,
        applicant=applicant,
        answers=one.answers,
        papers=tuple(PaperIn(paper.key, photo) for paper in papers if not paper.declaration),
        channel=one.channel,
        filing="self" if one.channel == "online" else "counter",
        receiving=centre,
        returning=centre,
        return_by="centre",
    )


def citizen(ctx: Context, one: Sample) -> Context:
    return replace(ctx, account_id=Account.objects.get(username=one.applicant).pk)


def officer_at(ctx: Context, task: Task) -> Context:
    """The circumstances of somebody who holds the post of a task."""
    held = Appointment.objects.filter(post=task.post).first()
    assert held is not None, f"nobody holds {task.post}"
    return replace(ctx, account_id=held.account_id, post_id=task.post_id, agency_id=task.post.agency_id)


def at_counter(ctx: Context, centre: Agency) -> Context:
    return officer_at(ctx, Task(post=centre.posts.filter(role="counter").order_by("pk")[0]))


def filed(ctx: Context, one: Sample) -> Case:
    """The sample's dossier, paid: submitted online, or received (and so accepted) at the counter."""
    filing = filing_of(ctx, one)
    if one.channel != "online":
        release = read_release(filing.release)
        due = cost(release, one.answers, one.channel, business_date(ctx.now)).total or 0
        return receive(at_counter(ctx, filing.receiving), filing, cash=due)
    case = submit(citizen(ctx, one), filing)
    request = payment_of(case.pk)
    if request and (due := still_due(case.pk)):
        take_cash(at_counter(ctx, filing.receiving), request.public_id, due)
    return case


def open_task(case: Case) -> Task | None:
    return Task.objects.filter(case=case).select_related("post").first()


def do_next(ctx: Context, case: Case) -> bool:
    """Do the open piece of work as its officer would; False when there is none."""
    task = open_task(case)
    if task is None:
        return False
    case.refresh_from_db()
    officer, step = officer_at(ctx, task), release_of(case).step(task.step)
    match step.kind:
        case StepKind.RECEIVE:
            accept(officer, case.pk, case.version)
        case StepKind.ASSESS | StepKind.CONSULT:
            ready = drafted(officer, handle.claim(officer, case.pk, case.version))
            decide.propose(officer, ready.pk, ready.version)
        case StepKind.SIGN:
            decide.sign(officer, case.pk, case.version, DEMO_PIN)
        case StepKind.ISSUE:
            decide.issue(officer, case.pk, case.version, DEMO_PIN)
        case StepKind.EXTERNAL:
            decide.record_outcome(officer, case.pk, case.version, "CT-2026-0001", dict.fromkeys(step.results, PDF))
        case StepKind.RETURN:
            hand_result(officer, case.pk, case.version)
    case.refresh_from_db()
    return True


def drafted(officer: Context, case: Case) -> Case:
    """The coming results drawn up, where this step draws any up, and looked at."""
    task = open_task(case)
    assert task is not None
    if Act.DRAFT_RESULT not in release_of(case).step(task.step).acts:
        return case
    said = {"chua_co_so": "Cơ sở dữ liệu về dân cư chưa trả số."}
    asked = {result.key: said for result in release_of(case).results if result.one_of}
    case = decide.draft_result(officer, case.pk, case.version, asked)
    see_drafts(officer, Result.objects.filter(case=case))
    return case


def work_through(ctx: Context, case: Case, until: StepKind | None = None) -> Context:
    """Do every open piece of work, up to a step of kind `until`; returns the later circumstances."""
    for _ in range(40):
        task = open_task(case)
        if task and until and release_of(case).step(task.step).kind is until:
            return ctx
        ctx = ctx.at(ctx.now + timedelta(minutes=7))
        if not do_next(ctx, case):
            return ctx
    raise AssertionError("the dossier never ends")


def _centre(release: Release, place_id: int | None) -> Agency:
    kinds = [kind.value for kind in release.filed_at]
    centres = Agency.objects.filter(kind__in=kinds, valid_to__isnull=True)
    own = centres.filter(place_id=place_id).first() if place_id else None
    return own or centres.order_by("pk")[0]
