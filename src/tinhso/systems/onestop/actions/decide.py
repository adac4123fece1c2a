"""From draft to issued paper: draft, propose, sign, number and seal; or take in what a ministry's system decided."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.ids import uuid7
from tinhso.core.language import reader_language
from tinhso.core.privacy import Class
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.queries import find_post
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import current_answers
from tinhso.foundation.cases.release import Release, Step, StepKind
from tinhso.foundation.cases.release import Result as DeclaredResult
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.files.actions.keep import keep, read
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.words import say_fault
from tinhso.foundation.identity.models import Account
from tinhso.foundation.identity.queries import find_holder
from tinhso.foundation.numbering.actions.take import take
from tinhso.foundation.signing.keys import Signer
from tinhso.foundation.signing.models import SigningKey
from tinhso.foundation.signing.pictures.handwriting import handwriting_svg
from tinhso.foundation.signing.pictures.seal import seal_svg
from tinhso.foundation.signing.queries import find_agency_key, find_person_key, open_key
from tinhso.foundation.signing.sealing import prepare, seal, sign_person
from tinhso.systems.onestop.actions.ask_others import must_not_wait
from tinhso.systems.onestop.actions.flow import (
    Turn,
    coming_step,
    finish,
    following_steps,
    note_act,
    open_step,
    pass_on,
    take_turn,
)
from tinhso.systems.onestop.actions.see_draft import unseen
from tinhso.systems.onestop.asks import ask_faults, with_asks
from tinhso.systems.onestop.events import ResultIssued, ResultSigned
from tinhso.systems.onestop.models import Result
from tinhso.systems.onestop.results import declared_result, print_result


@transaction.atomic
def draft_result(ctx: Context, case_id: int, version: int, content: dict[str, Any]) -> Case:
    """Draft the papers of this step's results from their templates; `content` is what the specialist adds by key."""
    turn = take_turn(ctx, case_id, version, "draft_result")
    _draft(ctx, turn, content)
    note_act(ctx, turn, "draft_result")
    return turn.case


@transaction.atomic
def propose(ctx: Context, case_id: int, version: int, note: str = "", left_out: Collection[str] = ()) -> Case:
    """The step's work is done: on to those that follow, but for the optional ones in `left_out`.

    What goes before the leader is drafted, and the proposer saw it; what others were asked has come, or its time is
    over. Raises Conflict naming the drafts that are missing or that the acting officer has not seen, or who is still
    waited for; Invalid for a step that cannot be left out.
    """
    turn = take_turn(ctx, case_id, version, "propose")
    must_not_wait(ctx, turn.case)
    _may_leave_out(turn, left_out)
    if _is_before_signing(turn):
        _must_have_seen(ctx, turn)
    finish(ctx, turn, "propose", note=note)
    pass_on(ctx, turn, left_out=left_out)
    return turn.case


@transaction.atomic
def repeat(ctx: Context, case_id: int, version: int, note: str) -> Case:
    """The step's work is done and is to be done once more: a second visit, another test. Raises Invalid without why."""
    turn = take_turn(ctx, case_id, version, "repeat")
    if len(note.strip()) < 5:
        raise Invalid("Cần ghi vì sao làm lại bước này.", fields={"note": "Ghi lý do làm thêm một lần."})
    finish(ctx, turn, "repeat", note=note)
    open_step(ctx, turn.case, turn.release, turn.step)
    return turn.case


def _may_leave_out(turn: Turn, left_out: Collection[str]) -> None:
    optional = {step.key for step in following_steps(turn.release, turn.case, turn.step) if step.optional}
    if lost := sorted(set(left_out) - optional):
        raise Invalid("Bước này không bỏ qua được.", what_to_do="Mở lại hồ sơ.", fields={"skip": lost[0]})


@transaction.atomic
def sign(ctx: Context, case_id: int, version: int, pin: str) -> Case:
    """The leader signs every result before them (PAdES, visible signature between title and name).

    `pin` opens the leader's key. Raises Invalid when it is wrong.
    """
    turn = take_turn(ctx, case_id, version, "sign")
    leader = Account.objects.get(pk=ctx.actor)
    signer = _open(find_person_key(leader.pk, ctx.now), pin)
    for result in _results(turn, Result.State.DRAFT):
        printed = print_result(ctx, turn.case, turn.release, result, leader)
        prepared = prepare(printed.pdf, printed.marks)
        pdf = sign_person(prepared, signer, picture=handwriting_svg(leader.full_name), now=ctx.now)
        result.signed = _keep(ctx, turn.case, pdf, result)
        result.state, result.signer_id = Result.State.SIGNED, leader.pk
        result.save(update_fields=["signed", "state", "signer_id"])
        event = ResultSigned(code=turn.case.code, result=result.key, file=str(result.signed.public_id))
        record(ctx, event, subject=("result", result.pk), case_id=turn.case.pk)
    finish(ctx, turn, "sign")
    pass_on(ctx, turn)
    return turn.case


@transaction.atomic
def issue(ctx: Context, case_id: int, version: int, pin: str) -> Case:
    """The clerk gives number and date and seals; both enter as the appearance of the agency's signature.

    `pin` opens the agency's key, which the clerk keeps (Decree 30/2020/NĐ-CP art. 32.2).
    The number is taken in this transaction: it is given to this paper or to none (Decree 30/2020/NĐ-CP art. 15).
    """
    turn = take_turn(ctx, case_id, version, "issue")
    for result in _results(turn, Result.State.SIGNED):
        _issue(ctx, turn, result, pin)
    finish(ctx, turn, "issue")
    pass_on(ctx, turn)
    return turn.case


@transaction.atomic
def record_outcome(ctx: Context, case_id: int, version: int, reference: str, files: dict[str, bytes]) -> Case:
    """Record what a ministry's own system decided: its reference, and the result file received for each result."""
    turn = take_turn(ctx, case_id, version, "record_outcome")
    keys = expected_results(turn.release, turn.case, turn.step)
    missing = [key for key in keys if key not in files]
    if len(reference.strip()) < 3 or missing:
        raise Invalid(
            "Cần số hồ sơ bên hệ thống của ngành và tệp kết quả nhận về.",
            what_to_do="Nhập số hồ sơ, chọn tệp PDF kết quả rồi lưu lại.",
            fields={"reference": "Nhập số hồ sơ của hệ thống ngành."} | dict.fromkeys(missing, "Chọn tệp kết quả."),
        )
    for key in keys:
        result = _make(ctx, turn, key)
        result.file = _keep(ctx, turn.case, files[key], result)
        result.state, result.issued_at, result.notation = Result.State.ISSUED, ctx.now, reference.strip()
        result.save()
        event = ResultIssued(code=turn.case.code, result=key, number=reference.strip(), file=str(result.file.public_id))
        record(ctx, event, subject=("result", result.pk), case_id=turn.case.pk)
    finish(ctx, turn, "record_outcome", note=reference)
    pass_on(ctx, turn)
    return turn.case


def _draft(ctx: Context, turn: Turn, content: dict[str, Any]) -> None:
    signer = _coming_signer(ctx, turn)
    for key in _keys(turn):
        result = _make(ctx, turn, key)
        given = content.get(key)
        result.content = (result.content or {}) if given is None else given
        declared = declared_result(turn.release, key)
        _must_answer_one_of(declared, result.content)
        _must_agree(ctx, turn, declared, result.content)
        printed = print_result(ctx, turn.case, turn.release, result, signer)
        result.draft = _keep(ctx, turn.case, printed.pdf, result)
        result.state = Result.State.DRAFT
        result.save()


def _must_have_seen(ctx: Context, turn: Turn) -> None:
    results = list(Result.objects.filter(case=turn.case, key__in=_keys(turn)))
    if missing := unseen(ctx.actor, _keys(turn), results):
        names = ", ".join(translated(turn.release.result(key).name) for key in missing)
        raise Conflict(
            _("Người trình chưa xem dự thảo: %(names)s. Hồ sơ chưa được chuyển.") % {"names": names},
            what_to_do="Bấm Dự thảo, đọc bản hiện ra, rồi chuyển bước.",
        )


def _must_answer_one_of(declared: DeclaredResult, content: dict[str, Any]) -> None:
    """Raises Invalid where of a group of questions none is answered: the number, or why there is none yet."""
    for group in declared.one_of:
        if not any(content.get(key) for key in group):
            titles = {question.key: question.title for question in declared.asks}
            either = _(" hoặc ").join(f"“{translated(titles[key])}”" for key in group)
            said = _("Điền %(either)s.") % {"either": either}
            raise Invalid(
                "Dự thảo còn thiếu nội dung bắt buộc nên chưa được tạo.",
                what_to_do="Điền chỗ còn thiếu rồi bấm Dự thảo lại.",
                fields={f"{declared.key}.{group[0]}": said},
            )


def _must_agree(ctx: Context, turn: Turn, declared: DeclaredResult, content: dict[str, Any]) -> None:
    """Raises Invalid where what is added does not agree with the dossier: the mother's number as the child's."""
    form, answers = with_asks(turn.release.form, declared), current_answers(turn.case.pk).answers
    if faults := ask_faults(form, answers, content, facts_on(business_date(ctx.now))):
        raise Invalid(
            "Có chỗ không khớp với nội dung hồ sơ nên dự thảo chưa được tạo.",
            what_to_do="Đối chiếu với hồ sơ, sửa lại rồi bấm Dự thảo.",
            fields={
                f"{declared.key}.{fault.question}": say_fault(fault, form, reader_language(), translated)
                for fault in faults
            },
        )


def _is_before_signing(turn: Turn) -> bool:
    return any(one.kind is StepKind.SIGN for one in following_steps(turn.release, turn.case, turn.step))


def _coming_signer(ctx: Context, turn: Turn) -> Account:
    step = coming_step(turn.release, turn.case, turn.step, StepKind.SIGN)
    day = business_date(ctx.now)
    post = find_post(turn.task.post.agency_id, step.role, turn.release.sector, day) if step else None
    leader = find_holder(post.pk, day) if post else None
    if leader is None:
        raise Conflict(
            "Cơ quan chưa có lãnh đạo nào được giao ký loại kết quả này.",
            what_to_do="Báo cán bộ quản trị giao vị trí ký; bản dự thảo chưa được tạo, hồ sơ vẫn giữ nguyên.",
        )
    return leader


def _issue(ctx: Context, turn: Turn, result: Result, pin: str) -> None:
    declared = declared_result(turn.release, result.key)
    if result.signed is None:
        raise Conflict("Kết quả chưa có chữ ký của lãnh đạo.", what_to_do="Trình lãnh đạo ký trước.")
    day, agency = business_date(ctx.now), result.agency
    signed = read(result.signed)
    signer = _open(find_agency_key(agency.pk, ctx.now), pin)
    picture = seal_svg(agency.name, agency.parent.name if agency.parent else "")
    result.book, result.year = declared.book, day.year
    result.number = take(f"result:{agency.pk}:{declared.book}", day.year, now=ctx.now)
    result.notation = declared.notation.format(n=f"{result.number:02d}", y=day.year)
    pdf = seal(signed, signer, number=result.number, issued_on=day, picture=picture, now=ctx.now)
    result.file = _keep(ctx, turn.case, pdf, result)
    result.state, result.issued_at = Result.State.ISSUED, ctx.now
    result.save()
    event = ResultIssued(
        code=turn.case.code, result=result.key, number=result.notation, file=str(result.file.public_id)
    )
    record(ctx, event, subject=("result", result.pk), case_id=turn.case.pk)


def _open(key: SigningKey | None, pin: str) -> Signer:
    if key is None:
        raise Conflict(
            "Chưa có chứng thư số còn hiệu lực để ký.",
            what_to_do="Đề nghị cấp hoặc gia hạn chứng thư số; hồ sơ vẫn ở bước này.",
        )
    return open_key(key, pin)


def _make(ctx: Context, turn: Turn, key: str) -> Result:
    result, _new = Result.objects.get_or_create(
        case=turn.case,
        key=key,
        defaults={
            "public_id": uuid7(ctx.now),
            "agency": turn.task.post.agency,
            "state": Result.State.DRAFT,
        },
    )
    return result


def _keep(ctx: Context, case: Case, pdf: bytes, result: Result) -> FileRef:
    name = f"{case.code}-{result.key}.pdf"
    owner = ("result", result.pk)
    return keep(ctx, pdf, name=name, media_type="application/pdf", owner=owner, privacy_class=Class.PERSONAL)


def _keys(turn: Turn) -> tuple[str, ...]:
    """The results that the coming signature is for, narrowed to what these answers ask for."""
    issuing = coming_step(turn.release, turn.case, turn.step, StepKind.ISSUE)
    return expected_results(turn.release, turn.case, issuing) if issuing else ()


def expected_results(release: Release, case: Case, step: Step) -> tuple[str, ...]:
    """The results that `step` issues in this case: those of its list which the answers ask for."""
    wanted = {result.key for result in release.results_for(current_answers(case.pk).answers)}
    return tuple(key for key in step.results if key in wanted)


def _results(turn: Turn, state: str) -> list[Result]:
    rows = Result.objects.filter(case=turn.case, key__in=_keys(turn), state=state)
    found = list(rows.select_related("agency__parent", "agency__place", "signed").order_by("id"))
    if not found:
        raise Conflict("Không có kết quả nào ở bước này.", what_to_do="Trả lại chuyên viên để soạn dự thảo.")
    return found
