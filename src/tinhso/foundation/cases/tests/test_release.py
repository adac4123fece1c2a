"""A release is read strictly, told all its faults, and hashed by what it says."""

import copy
from datetime import date
from typing import Any

import pytest

from tinhso.core.errors import Invalid
from tinhso.foundation.cases.release import Release, Span, Unit, content_hash, release_document
from tinhso.foundation.cases.release_fees import fees_of, items_of, traits_of
from tinhso.foundation.cases.release_reading import parse_release
from tinhso.foundation.payments.rules.fees import Channel, Situation, assess

HOURS = {"amount": 2, "unit": "hours"}
DOCUMENT: dict[str, Any] = {
    "schema": 1,
    "code": "9.000001",
    "name": "Thủ tục thử",
    "name_en": "A procedure to try",
    "sector": "ho-tich",
    "sector_name": "Hộ tịch",
    "levels": ["commune"],
    "applicants": ["citizen"],
    "channels": ["in_person", "online"],
    "online": "full",
    "valid_from": "2025-07-01",
    "source": {"decision": "1/QĐ", "catalogue": "thử", "mark": "assumed"},
    "summary": {"need": "Một tờ khai.", "time": "Một ngày.", "cost": "20.000 đồng."},
    "legal": [{"key": "luat", "title": "Luật thử", "number": "1/2025/QH15", "mark": "assumed"}],
    "filed_at": ["commune_centre"],
    "agencies": [
        {
            "key": "deciding",
            "name": "Ủy ban nhân dân cấp xã",
            "agency": "commune_committee",
            "found_by": "commune_of_answer",
            "place": "where",
        }
    ],
    "cases": [
        {
            "key": "fast",
            "name": "Nhanh",
            "when": {"question": "kind", "is": "fast"},
            "limit": {
                "amount": 1,
                "unit": "working_days",
                "text": "1 ngày làm việc",
                "basis": "luat",
                "mark": "assumed",
            },
            "papers": ["paper"],
            "fees": ["fee"],
        },
        {
            "key": "slow",
            "name": "Thường",
            "limit": {
                "amount": 3,
                "unit": "working_days",
                "text": "3 ngày làm việc",
                "basis": "luat",
                "mark": "assumed",
            },
            "papers": ["paper"],
            "fees": ["fee"],
        },
    ],
    "papers": [
        {"key": "paper", "name": "Tờ khai", "custody": "keep", "originals": 1, "basis": "luat", "mark": "assumed"}
    ],
    "fees": [
        {
            "key": "fee",
            "name": "Lệ phí",
            "kind": "le_phi",
            "rule": "fixed",
            "amount": 20000,
            "online_discount": 50,
            "basis": "luat",
            "mark": "assumed",
            "exemptions": [
                {
                    "key": "poor",
                    "name": "Hộ nghèo",
                    "when": {"question": "poor", "is": True},
                    "basis": "luat",
                    "mark": "assumed",
                }
            ],
        }
    ],
    "form": {
        "pages": [
            {
                "key": "p",
                "title": "Trang",
                "questions": [
                    {
                        "key": "kind",
                        "title": "Loại",
                        "type": "choice",
                        "options": [{"key": "fast", "title": "Nhanh"}, {"key": "slow", "title": "Thường"}],
                    },
                    {"key": "where", "title": "Nơi", "type": "commune"},
                    {"key": "poor", "title": "Hộ nghèo", "type": "yes_no", "privacy": "sensitive"},
                ],
            }
        ]
    },
    "steps": [
        {
            "key": "take",
            "name": "Nhận",
            "kind": "receive",
            "role": "counter",
            "agency": "receiving",
            "limit": HOURS,
            "acts": ["accept", "reject"],
        },
        {
            "key": "check",
            "name": "Xem",
            "kind": "assess",
            "role": "specialist",
            "agency": "deciding",
            "limit": {"amount": 2, "unit": "working_days"},
            "limit_by_case": [{"case": "fast", "amount": 2, "unit": "hours"}],
            "acts": ["propose", "draft_result"],
        },
        {
            "key": "sign",
            "name": "Ký",
            "kind": "sign",
            "role": "leader",
            "agency": "deciding",
            "limit": HOURS,
            "acts": ["sign", "send_back"],
        },
        {
            "key": "issue",
            "name": "Ban hành",
            "kind": "issue",
            "role": "clerk",
            "agency": "deciding",
            "limit": {"amount": 1, "unit": "hours"},
            "acts": ["issue"],
            "results": ["result"],
        },
        {
            "key": "give",
            "name": "Trả",
            "kind": "return",
            "role": "counter",
            "agency": "receiving",
            "limit": {"amount": 1, "unit": "hours"},
            "acts": ["hand_back"],
        },
    ],
    "results": [
        {
            "key": "result",
            "name": "Giấy thử",
            "code": "KQ.G15.000000",
            "mark": "assumed",
            "template": "giay-thu.typ",
            "book": "giay-thu",
            "notation": "{n}/{y}",
        }
    ],
    "letters": [],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """A copy of the document with the place at `path` (`steps.1.role`) set, or taken away when `value` is ...."""
    whole = copy.deepcopy(DOCUMENT)
    *way, last = path.split(".")
    place: Any = whole
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is ...:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return whole


def faults_of(document: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        parse_release(document)
    return caught.value.fields


def release() -> Release:
    return parse_release(DOCUMENT)


def test_a_good_document_is_read() -> None:
    assert release().case("slow").limit.unit is Unit.WORKING_DAYS
    assert release().valid_from == date(2025, 7, 1)


@pytest.mark.parametrize(
    "path, value, where",
    [
        ("colour", "red", "colour"),
        ("name", ..., "name"),
        ("name", 5, "name"),
        ("schema", 2, "schema"),
        ("valid_from", "hôm qua", "valid_from"),
        ("valid_to", "2025-07-01", "valid_to"),
        ("online", "none", "online"),
        ("levels", ["district"], "levels[0]"),
        ("cases.0.papers", ["lost"], "cases[0].papers"),
        ("cases.0.fees", ["lost"], "cases[0].fees"),
        ("cases.0.limit.basis", "lost", "cases[0].limit.basis"),
        ("cases.0.when", {"question": "kind", "is": "lost"}, "cases[0].when"),
        ("cases.1.when", {"question": "kind", "is": "slow"}, "cases"),
        ("cases.0.limit.unit", "within_day", "cases[0].limit.cut_off"),
        ("cases.0.limit.amount", 0, "cases[0].limit"),
        ("cases.1.limit.shortened", {"amount": 99, "basis": "law", "mark": "read"}, "cases[1].limit.shortened"),
        ("cases.1.limit.shortened", {"amount": 1, "basis": "lost", "mark": "read"}, "cases[1].limit.shortened.basis"),
        ("steps.1.after", ["lost"], "steps[1].after"),
        ("steps.1.after", ["issue"], "steps[1].after"),
        ("steps.0.optional", True, "steps"),
        ("steps.1.acts", ["ask_duty"], "duty"),
        ("papers.0.basis", "lost", "papers[0].basis"),
        ("papers.0.when", {"question": "lost", "is": "x"}, "papers[0].when"),
        ("fees.0.amount", 0, "fees[0].rule"),
        ("fees.0.rule", "council", "fees[0].rule"),
        ("fees.0.online_discount", 101, "fees[0].online_discount"),
        ("fees.0.exemptions.0.percent", 0, "fees[0].exemptions[0].percent"),
        ("fees.0.counted", [{"copies": "kind"}], "fees[0].counted"),
        ("agencies.0.place", "kind", "agencies[0].place"),
        ("agencies.0.key", "other", "agencies"),
        ("steps.1.role", "leader", "steps[1].role"),
        ("steps.1.acts", ["sign"], "steps[1].acts"),
        ("steps.1.agency", "lost", "steps[1].agency"),
        ("steps.1.agency", "receiving", "steps[1].agency"),
        ("steps.1.cases", ["lost"], "steps[1].cases"),
        ("steps.1.limit", {"amount": 3, "unit": "working_days"}, "cases[1].limit"),
        ("steps.1.limit", {"amount": 1, "unit": "days"}, "cases[1].limit"),
        ("steps.2.key", "check", "steps[2].key"),
        ("steps.3.results", [], "results[0]"),
        ("results.0.template", "", "results[0].template"),
        ("form.pages.0.questions.0.type", "essay", "form.pages[0].questions[0].type"),
    ],
)
def test_a_fault_is_told_where_it_is(path: str, value: Any, where: str) -> None:
    assert where in faults_of(changed(path, value))


def test_all_faults_are_told_at_once() -> None:
    broken = changed("name", ...) | {"colour": "red", "online": "sometimes"}
    assert set(faults_of(broken)) == {"name", "colour", "online"}


def test_issuing_needs_a_signature_before_it() -> None:
    whole = copy.deepcopy(DOCUMENT)
    whole["steps"].pop(2)
    assert "cases[0]" in faults_of(whole)


def test_the_hash_is_of_what_it_says_not_of_how_it_is_written() -> None:
    turned = dict(reversed(DOCUMENT.items())) | {"short_name": "", "valid_from": date(2025, 7, 1)}
    assert content_hash(parse_release(turned)) == content_hash(release())
    assert content_hash(parse_release(changed("name", "Thủ tục khác"))) != content_hash(release())


def test_a_release_survives_its_document() -> None:
    assert parse_release(release_document(release())) == release()


def test_the_first_case_that_holds_is_taken() -> None:
    assert release().case_for({"kind": "fast"}).key == "fast"
    assert release().case_for({}).key == "slow"


def test_a_step_has_its_own_time_in_a_case() -> None:
    step = release().steps[1]
    assert step.limit_in("fast") == Span(2, Unit.HOURS)
    assert step.limit_in("slow") == Span(2, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    "channel, poor, total",
    [(Channel.IN_PERSON, False, 20_000), (Channel.ONLINE, False, 10_000), (Channel.ONLINE, True, 0)],
)
def test_the_fee_rules_of_payments_work_it_out(channel: Channel, poor: bool, total: int) -> None:
    answers = {"kind": "slow", "where": "07900", "poor": poor}
    case = release().case_for(answers)
    situation = Situation(
        date(2026, 11, 22), channel, items_of(release(), case, answers), traits_of(release(), case, answers)
    )
    assert assess(fees_of(release(), case, answers), situation).total == total
