"""Reading a release strictly: its shape first, then what the shape cannot say (references that dangle, steps that
no post could do, times that do not add up). Every fault is told at once, by its path."""

from collections.abc import Iterable, Mapping
from typing import Any

from tinhso.core.errors import Invalid
from tinhso.foundation.cases.release import (
    SCHEMA,
    Act,
    FeeLine,
    FeeRule,
    FoundBy,
    Release,
    Role,
    Span,
    Step,
    StepKind,
    Unit,
    Variant,
)
from tinhso.foundation.cases.rules import flow
from tinhso.foundation.forms.reading import Faults, read, refuse
from tinhso.foundation.forms.rules.form import Question, QuestionType, check_condition, check_form, check_question
from tinhso.foundation.payments.rules.fees import Channel

RECEIVING = "receiving"
ROLES = {
    StepKind.RECEIVE: {Role.COUNTER},
    StepKind.ASSESS: {Role.SPECIALIST},
    StepKind.CONSULT: {Role.SPECIALIST, Role.LEADER},
    StepKind.SIGN: {Role.LEADER},
    StepKind.ISSUE: {Role.CLERK},
    StepKind.EXTERNAL: {Role.OPERATOR},
    StepKind.RETURN: {Role.COUNTER},
}
ACTS = {
    StepKind.RECEIVE: {Act.ACCEPT, Act.REJECT, Act.ASK_SUPPLEMENT, Act.TRANSFER},
    StepKind.ASSESS: {
        Act.PROPOSE,
        Act.DRAFT_RESULT,
        Act.ASK_SUPPLEMENT,
        Act.REFUSE,
        Act.CONSULT,
        Act.ASK_DUTY,
        Act.APOLOGISE,
        Act.TRANSFER,
        Act.SEND_BACK,
        Act.REPEAT,
    },
    StepKind.CONSULT: {Act.CONSULT, Act.PROPOSE, Act.APOLOGISE, Act.SEND_BACK, Act.REPEAT},
    StepKind.SIGN: {Act.SIGN, Act.SEND_BACK, Act.REFUSE},
    StepKind.ISSUE: {Act.ISSUE, Act.SEND_BACK},
    StepKind.EXTERNAL: {Act.RECORD_OUTCOME, Act.ATTACH_RESULT, Act.ASK_SUPPLEMENT, Act.REFUSE, Act.APOLOGISE},
    StepKind.RETURN: {Act.HAND_BACK},
}
_HOURS = {Unit.HOURS: 1, Unit.WORKING_DAYS: 8, Unit.DAYS: 8, Unit.WITHIN_DAY: 8, Unit.WEEKS: 40, Unit.MONTHS: 176}
"""Weights only for comparing a total with its parts, which share its unit or are in working hours."""


def parse_release(raw: Mapping[str, Any]) -> Release:
    """The release that a document declares. Raises Invalid with every fault by its path."""
    faults: Faults = {}
    release = read(Release, raw, "", faults)
    if release is not None:
        _check_release(release, faults)
    if faults or release is None:
        raise Invalid(
            f"Phiên bản thủ tục chưa dùng được: có {len(faults)} chỗ cần sửa.",
            what_to_do="Sửa từng chỗ nêu dưới đây rồi nộp lại; chưa có gì được công bố.",
            fields=faults,
        )
    return release


def _check_release(release: Release, faults: Faults) -> None:
    if release.schema != SCHEMA:
        refuse(faults, "schema", f"Chỉ đọc được mẫu khai báo số {SCHEMA}.")
    if release.valid_to and release.valid_to <= release.valid_from:
        refuse(faults, "valid_to", "Ngày hết hiệu lực phải sau ngày có hiệu lực.")
    if (release.online.value == "none") == (Channel.ONLINE in release.channels):
        refuse(faults, "online", "Mức độ trực tuyến không khớp với các cách nộp.")
    check_form(release.form, "form", faults)
    for path, keys in _key_lists(release):
        _check_unique(keys, path, faults)
    _check_references(release, faults)
    _check_cases(release, faults)
    for place, fee in enumerate(release.fees):
        _check_fee(release, fee, f"fees[{place}]", faults)
    _check_steps(release, faults)


def _key_lists(release: Release) -> Iterable[tuple[str, list[str]]]:
    yield "legal", [law.key for law in release.legal]
    yield "agencies", [part.key for part in release.agencies]
    yield "cases", [case.key for case in release.cases]
    yield "papers", [paper.key for paper in release.papers]
    yield "fees", [fee.key for fee in release.fees]
    yield "steps", [step.key for step in release.steps]
    yield "results", [result.key for result in release.results]
    yield "letters", [letter.key for letter in release.letters]


def _check_unique(keys: list[str], path: str, faults: Faults) -> None:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            refuse(faults, f"{path}[{place}].key", f"Khóa “{key}” đã dùng ở trên.")


def _check_references(release: Release, faults: Faults) -> None:
    laws = {law.key for law in release.legal}
    cited = [
        *((f"papers[{i}].basis", paper.basis) for i, paper in enumerate(release.papers)),
        *((f"fees[{i}].basis", fee.basis) for i, fee in enumerate(release.fees)),
        *((f"cases[{i}].limit.basis", case.limit.basis) for i, case in enumerate(release.cases)),
        *(
            (f"fees[{i}].exemptions[{j}].basis", exemption.basis)
            for i, fee in enumerate(release.fees)
            for j, exemption in enumerate(fee.exemptions)
        ),
    ]
    cited += [
        (f"cases[{i}].limit.shortened.basis", case.limit.shortened.basis)
        for i, case in enumerate(release.cases)
        if case.limit.shortened
    ]
    if release.supplement:
        cited.append(("supplement.basis", release.supplement.basis))
    if release.duty:
        cited.append(("duty.basis", release.duty.basis))
    if release.discretion:
        cited.append(("discretion.basis", release.discretion.basis))
    for path, basis in cited:
        _check_known(basis, laws, path, "Không có căn cứ pháp lý", faults)
    questions = {question.key: question for question in release.form.questions()}
    for i, part in enumerate(release.agencies):
        wants = part.found_by in (FoundBy.COMMUNE_OF_ANSWER, FoundBy.BRANCH_OF_ANSWER)
        place = questions.get(part.place)
        if wants and (place is None or place.type not in (QuestionType.PLACE, QuestionType.COMMUNE)):
            refuse(faults, f"agencies[{i}].place", "Cần tên một câu hỏi về nơi chốn để tìm cơ quan.")
    if "deciding" not in {part.key for part in release.agencies}:
        refuse(faults, "agencies", "Thiếu cơ quan giải quyết (deciding).")
    for path, condition in [
        *((f"papers[{i}].when", paper.when) for i, paper in enumerate(release.papers)),
        *((f"results[{i}].when", result.when) for i, result in enumerate(release.results)),
        *((f"cases[{i}].when", case.when) for i, case in enumerate(release.cases)),
        *((f"fees[{i}].when", fee.when) for i, fee in enumerate(release.fees)),
    ]:
        if condition:
            check_condition(condition, questions, path, faults)


def _check_cases(release: Release, faults: Faults) -> None:
    papers, fees = {paper.key for paper in release.papers}, {fee.key for fee in release.fees}
    if not release.cases or release.cases[-1].when is not None or any(c.when is None for c in release.cases[:-1]):
        refuse(faults, "cases", "Trường hợp cuối cùng, và chỉ nó, không có điều kiện.")
    for i, case in enumerate(release.cases):
        for key in case.papers:
            _check_known(key, papers, f"cases[{i}].papers", "Không có giấy tờ", faults)
        for key in case.fees:
            _check_known(key, fees, f"cases[{i}].fees", "Không có khoản thu", faults)
        if case.limit.shortened and not 0 < case.limit.shortened.amount < case.limit.amount:
            refuse(faults, f"cases[{i}].limit.shortened", "Phần cắt giảm phải ít hơn thời hạn.")
        if (case.limit.unit is Unit.WITHIN_DAY) != bool(case.limit.cut_off):
            refuse(faults, f"cases[{i}].limit.cut_off", "Giờ chốt nhận đi cùng với thời hạn trong ngày.")


def _check_fee(release: Release, fee: FeeLine, path: str, faults: Faults) -> None:
    right = {
        FeeRule.FREE: not (fee.amount or fee.tiers or fee.table),
        FeeRule.FIXED: fee.amount > 0 and not (fee.tiers or fee.table),
        FeeRule.TIERS: bool(fee.tiers and fee.counted and all(c.pages for c in fee.counted))
        and not (fee.amount or fee.table),
        FeeRule.COUNCIL: bool(fee.table) and not (fee.amount or fee.tiers),
    }
    if not right[fee.rule]:
        refuse(faults, f"{path}.rule", "Cách tính không khớp với các mức thu đã ghi.")
    starts = [tier.from_page for tier in fee.tiers]
    if starts and (starts[0] != 1 or starts != sorted(set(starts))):
        refuse(faults, f"{path}.tiers", "Các bậc phải bắt đầu từ trang 1 và tăng dần.")
    if not 0 <= fee.online_discount <= 100:
        refuse(faults, f"{path}.online_discount", "Mức giảm là phần trăm từ 0 đến 100.")
    questions = {question.key: question for question in release.form.questions()}
    for counted in fee.counted:
        for key in filter(None, (counted.pages, counted.copies)):
            _check_number(questions.get(key), key, f"{path}.counted", faults)
    for j, exemption in enumerate(fee.exemptions):
        check_condition(exemption.when, questions, f"{path}.exemptions[{j}].when", faults)
        if not 0 < exemption.percent <= 100:
            refuse(faults, f"{path}.exemptions[{j}].percent", "Mức giảm là phần trăm từ 1 đến 100.")


def _check_number(question: Question | None, key: str, path: str, faults: Faults) -> None:
    if question is None or question.type is not QuestionType.NUMBER:
        refuse(faults, path, f"Câu hỏi “{key}” phải có và phải là số.")


def _check_steps(release: Release, faults: Faults) -> None:
    parts = {RECEIVING, *(part.key for part in release.agencies)}
    cases, results = {case.key for case in release.cases}, {result.key for result in release.results}
    issued = [key for step in release.steps for key in step.results]
    for i, step in enumerate(release.steps):
        _check_step(step, f"steps[{i}]", faults)
        _check_known(step.agency, parts, f"steps[{i}].agency", "Không có cơ quan", faults)
        for key in (*step.cases, *(span.case for span in step.limit_by_case)):
            _check_known(key, cases, f"steps[{i}].cases", "Không có trường hợp", faults)
        for key in step.results:
            _check_known(key, results, f"steps[{i}].results", "Không có kết quả", faults)
    for i, result in enumerate(release.results):
        if issued.count(result.key) != 1:
            refuse(faults, f"results[{i}]", "Mỗi kết quả do đúng một bước ban hành.")
        for j, question in enumerate(result.asks):
            check_question(question, f"results[{i}].asks[{j}]", faults)
        for key in (key for group in result.one_of for key in group):
            asked = {question.key for question in result.asks}
            _check_known(key, asked, f"results[{i}].one_of", "Kết quả không hỏi", faults)
        outside = any(s.kind is StepKind.EXTERNAL and result.key in s.results for s in release.steps)
        if outside == bool(result.template):
            refuse(faults, f"results[{i}].template", "Kết quả làm ở đây cần mẫu in; nhận từ nơi khác thì không.")
    if not release.duty and any(Act.ASK_DUTY in step.acts for step in release.steps):
        refuse(faults, "duty", "Bước yêu cầu nghĩa vụ tài chính cần căn cứ không tính thời gian đó (duty).")
    _check_flow(release, faults)
    for i, case in enumerate(release.cases if not faults else ()):
        _check_path(release, case, f"cases[{i}]", faults)


def _check_step(step: Step, path: str, faults: Faults) -> None:
    if step.role not in ROLES[step.kind]:
        refuse(faults, f"{path}.role", f"Bước loại {step.kind} do {' hoặc '.join(sorted(ROLES[step.kind]))} làm.")
    if lost := sorted(set(step.acts) - ACTS[step.kind]):
        refuse(faults, f"{path}.acts", f"Bước loại {step.kind} không có việc {lost[0]}.")
    if step.results and step.kind not in (StepKind.ISSUE, StepKind.EXTERNAL):
        refuse(faults, f"{path}.results", "Chỉ bước ban hành hoặc bước ở hệ thống khác mới ra kết quả.")
    if (step.kind is StepKind.RECEIVE or step.kind is StepKind.RETURN) != (step.agency == RECEIVING):
        refuse(faults, f"{path}.agency", "Nhận và trả là việc của nơi tiếp nhận; bước khác thì không.")


def _check_flow(release: Release, faults: Faults) -> None:
    places = {step.key: f"steps[{i}].after" for i, step in enumerate(release.steps)}
    for fault in flow.faults(release.steps):
        refuse(faults, places[fault.step], _FLOW[fault.kind].format(other=fault.other))
    if any(step.optional and step.kind in (StepKind.RECEIVE, StepKind.RETURN) for step in release.steps):
        refuse(faults, "steps", "Bước tiếp nhận và bước trả kết quả không bỏ qua được.")


_FLOW = {
    "unknown": "Không có bước “{other}” để chờ.",
    "later": "Chỉ chờ được bước khai báo ở trên; “{other}” thì không.",
    "loose": "Không bước nào chờ bước này, mà nó không phải bước cuối.",
}


def _check_path(release: Release, case: Variant, path: str, faults: Faults) -> None:
    steps = release.steps_for(case)
    if not steps or steps[0].kind is not StepKind.RECEIVE or steps[-1].kind is not StepKind.RETURN:
        refuse(faults, path, "Các bước phải bắt đầu bằng tiếp nhận và kết thúc bằng trả kết quả.")
        return
    ways = release.flow(case)
    by_key = {step.key: step for step in steps}
    for step in steps:
        earlier = [by_key[key] for key in ways.before(step.key)]
        signed = any(one.kind is StepKind.SIGN and one.agency == step.agency for one in earlier)
        if step.kind is StepKind.ISSUE and not signed:
            refuse(faults, path, f"Bước “{step.key}” ban hành khi chưa ai ở cơ quan đó ký.")
    spans = {step.key: step.limit_in(case.key) for step in steps}
    if any(span.unit is Unit.NO_DATE for span in spans.values()):
        refuse(faults, path, "Mỗi bước đều có thời hạn, cả khi thủ tục không hẹn ngày trả.")
        return
    if case.limit.unit is Unit.NO_DATE:
        return
    if any(span.unit not in (case.limit.unit, Unit.HOURS) for span in spans.values()):
        refuse(faults, f"{path}.limit", "Thời hạn các bước phải cùng đơn vị với thời hạn chung, hoặc tính bằng giờ.")
    elif _longest(ways, {key: _weight(span) for key, span in spans.items()}) > _weight(
        Span(case.limit.amount - (case.limit.shortened.amount if case.limit.shortened else 0), case.limit.unit)
    ):
        refuse(faults, f"{path}.limit", "Các bước cộng lại dài hơn thời hạn giải quyết.")


def _longest(ways: flow.Flow, weights: Mapping[str, int]) -> int:
    """The time of the longest way through: branches side by side do not add up."""
    ends: dict[str, int] = {}
    for key, waits in ways.waits_for.items():
        ends[key] = weights[key] + max((ends[before] for before in waits), default=0)
    return max(ends.values())


def _weight(span: Span) -> int:
    return span.amount * _HOURS[span.unit]


def _check_known(key: str, known: set[str], path: str, words: str, faults: Faults) -> None:
    if key not in known:
        refuse(faults, path, f"{words} “{key}”.")
