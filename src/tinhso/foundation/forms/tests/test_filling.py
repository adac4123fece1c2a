"""Filling a form in: pages, answers, faults, words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.foundation.forms.reading import Faults, document, read
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import (
    CONFIRMED,
    check_answers,
    fill_form,
    fill_page,
    next_page,
    prefill,
    shown_pages,
    summary,
    visible_answers,
)
from tinhso.foundation.forms.rules.form import Form, Question, QuestionType, check_form
from tinhso.foundation.forms.rules.values import clean, field_names, posted_from
from tinhso.foundation.forms.words import _EN, _VI, say_fault

COMMUNES = {"07900": "Phường Việt Trì, tỉnh Phú Thọ", "08542": "Xã Thanh Sơn, tỉnh Phú Thọ"}
FACTS = Facts(date(2026, 11, 22), ("025", "099"), COMMUNES)
SEXES = [{"key": "nam", "title": "Nam"}, {"key": "nu", "title": "Nữ"}]


def form_of(*pages: dict[str, Any], checks: tuple[dict[str, Any], ...] = ()) -> Form:
    form, faults = read_form(*pages, checks=checks)
    assert form is not None
    assert faults == {}
    return form


def read_form(*pages: dict[str, Any], checks: tuple[dict[str, Any], ...] = ()) -> tuple[Form | None, Faults]:
    faults: Faults = {}
    form = read(Form, {"pages": list(pages), "checks": list(checks)}, "", faults)
    if form is not None:
        check_form(form, "form", faults)
    return form, faults


def page(key: str, *questions: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"key": key, "title": key.title(), "questions": list(questions), **rest}


def ask(key: str, type: str, **rest: Any) -> dict[str, Any]:
    return {"key": key, "title": f"Câu {key}", "type": type, **rest}


def question_of(type: str, **rest: Any) -> Question:
    return form_of(page("p", ask("q", type, **rest))).question("q")


CHOICE = page("first", ask("kind", "choice", options=[{"key": "a", "title": "A"}, {"key": "b", "title": "B"}]))
BRANCHED = form_of(
    CHOICE,
    page("only-a", ask("why", "text"), show_if={"question": "kind", "is": "a"}),
    page("after", ask("again", "yes_no"), show_if={"question": "why", "is": "x"}),
    page("last", ask("sure", "statement")),
)


def keys(pages: Any) -> list[str]:
    return [shown.key for shown in pages]


def test_pages_follow_the_answers() -> None:
    assert keys(shown_pages(BRANCHED, {})) == ["first", "last"]
    assert keys(shown_pages(BRANCHED, {"kind": "a"})) == ["first", "only-a", "last"]
    assert next_page(BRANCHED, BRANCHED.page("first"), {"kind": "b"}) == BRANCHED.page("last")
    assert next_page(BRANCHED, BRANCHED.page("last"), {"kind": "b"}) is None


def test_an_answer_that_a_changed_mind_has_hidden_counts_for_nothing() -> None:
    answers = {"kind": "b", "why": "x", "again": True, "sure": True}
    assert keys(shown_pages(BRANCHED, answers)) == ["first", "last"]
    assert visible_answers(BRANCHED, answers) == {"kind": "b", "sure": True}


def test_a_page_may_not_depend_on_a_later_one() -> None:
    _, faults = read_form(page("x", ask("q", "text"), show_if={"question": "kind", "is": "a"}), CHOICE)
    assert list(faults) == ["form.pages[0].show_if"]


@pytest.mark.parametrize(
    "broken",
    [
        page("p", ask("q", "choice")),
        page("p", ask("q", "text"), ask("q", "text")),
        page("p", ask("q", "text", options=SEXES)),
        page("p", ask("q", "text", prefill="applicant.shoe_size")),
        page("p", ask("q", "text", past=True)),
        page("p", ask("q", "essay")),
        page("p", {"key": "q", "type": "text"}),
        page("p", ask("q", "text", colour="red")),
    ],
)
def test_a_form_declared_wrong_is_refused(broken: dict[str, Any]) -> None:
    assert read_form(broken)[1]


def test_a_check_on_a_question_of_another_type_is_refused() -> None:
    check = {"kind": "older_by", "question": "a", "than": "b", "years": 10}
    assert read_form(page("p", ask("a", "text"), ask("b", "date")), checks=(check,))[1]


def test_all_faults_of_a_page_are_told_and_good_answers_kept() -> None:
    form = form_of(page("p", ask("name", "person_name"), ask("mail", "email"), ask("phone", "phone")))
    posted = {"name": [" Nguyễn   Thị Lan "], "mail": ["lan"], "phone": [""]}
    filled = fill_page(form, form.pages[0], posted, FACTS, {})
    assert filled.answers == {"name": "Nguyễn Thị Lan"}
    assert [(fault.question, fault.code) for fault in filled.faults] == [("mail", "email"), ("phone", "required")]


@pytest.mark.parametrize(
    "type, rest, posted, value",
    [
        ("date", {}, {"q.day": ["5"], "q.month": ["1"], "q.year": ["2026"]}, "2026-01-05"),
        ("date", {}, {"q": ["5/1/2026"]}, "2026-01-05"),
        ("date", {}, {"q": ["2026-01-05"]}, "2026-01-05"),
        ("date", {"partial": True}, {"q.year": ["1950"]}, "1950"),
        ("date", {"partial": True}, {"q.month": ["7"], "q.year": ["1950"]}, "1950-07"),
        ("money", {}, {"q": ["15.000.000 đồng"]}, 15_000_000),
        ("number", {}, {"q": ["1 250"]}, 1250),
        ("area", {}, {"q": ["1.250,50 m²"]}, "1250.5"),
        ("area", {}, {"q": ["120.5"]}, "120.5"),
        ("area", {}, {"q": ["1.250"]}, "1250"),
        ("yes_no", {}, {"q": ["no"]}, False),
        ("choices", {"options": SEXES}, {"q": ["nu", "nam"]}, ["nam", "nu"]),
        ("place", {}, {"q.commune": ["07900"], "q.detail": ["Số 1"]}, {"commune": "07900", "detail": "Số 1"}),
        (
            "place",
            {"anywhere": True},
            {"q.commune": ["Phường Cửa Nam, Hà Nội"]},
            {"commune": "Phường Cửa Nam, Hà Nội", "detail": ""},
        ),
        ("commune", {}, {"q": ["phuong viet tri, tinh phu tho"]}, "07900"),
        ("personal_number", {}, {"q": ["0250 9900 0001"]}, "025099000001"),
        ("tax_code", {}, {"q": ["0100109106001"]}, "0100109106-001"),
        ("long_text", {}, {"q": ["một\r\nhai "]}, "một\nhai"),
        ("person_name", {}, {"q": ["Nguye\u0302\u0303n"]}, "Nguyễn"),
    ],
)
def test_what_people_type_is_understood(type: str, rest: Any, posted: Any, value: Any) -> None:
    question = question_of(type, **rest)
    assert clean(question, posted, FACTS) == (value, None)
    assert clean(question, posted_from(question, value), FACTS) == (value, None)


@pytest.mark.parametrize(
    "type, rest, posted, code",
    [
        ("date", {}, {"q.day": ["30"], "q.month": ["2"], "q.year": ["2026"]}, "date_does_not_exist"),
        ("date", {}, {"q.year": ["1950"]}, "date_incomplete"),
        ("date", {"partial": True}, {"q.day": ["5"], "q.year": ["1950"]}, "date_incomplete_partial"),
        ("date", {}, {"q": ["5/1/26"]}, "date_year_digits"),
        ("date", {}, {"q": ["mai"]}, "date_form"),
        ("date", {}, {"q": ["1/1/0999"]}, "year_range"),
        ("personal_number", {}, {"q": ["131234567"]}, "old_identity_card"),
        ("place", {}, {"q.detail": ["Số 1"]}, "place_commune"),
        ("commune", {}, {"q": ["Sài Gòn"]}, "place_unknown"),
        ("place", {}, {"q.commune": ["Phường Cửa Nam, Hà Nội"]}, "place_unknown"),
        ("place", {"anywhere": True}, {"q.commune": ["Sài Gòn"]}, "place_unknown_anywhere"),
        ("choice", {"options": SEXES}, {"q": ["khac"]}, "not_an_option"),
        ("number", {}, {"q": ["1,5"]}, "number_form"),
        ("money", {}, {"q": ["nhiều"]}, "money_form"),
        ("area", {}, {"q": ["-3"]}, "area_form"),
        ("person_name", {}, {"q": ["Lan 2"]}, "name_character"),
        ("text", {}, {"q": ["x" * 301]}, "too_long"),
        ("statement", {}, {"q": ["no"]}, "required"),
    ],
)
def test_what_cannot_be_understood_is_told(type: str, rest: Any, posted: Any, code: str) -> None:
    value, fault = clean(question_of(type, **rest), posted, FACTS)
    assert value is None
    assert fault is not None
    assert fault.code == code


def test_a_date_known_to_the_year_is_given_the_benefit_of_the_doubt() -> None:
    older = {"kind": "older_by", "question": "mother", "than": "child", "years": 10}
    form = form_of(page("p", ask("mother", "date", partial=True), ask("child", "date")), checks=(older,))
    assert check_answers(form, {"mother": "2016", "child": "2026-06-01"}, FACTS).good
    assert [f.code for f in check_answers(form, {"mother": "2017", "child": "2026-06-01"}, FACTS).faults] == [
        "older_by"
    ]


@pytest.mark.parametrize(
    "limits, day, code",
    [
        ({"past": True}, "2026-11-23", "date_in_future"),
        ({"past": True}, "2026-11-22", None),
        ({"future": True}, "2026-11-21", "date_in_past"),
        ({"age_under": 6}, "2020-11-22", "age_under"),
        ({"age_under": 6}, "2020-11-23", None),
        ({"age_over": 18}, "2008-11-23", "age_over"),
        ({"age_over": 18}, "2008-11-22", None),
    ],
)
def test_dates_are_judged_by_today(limits: Any, day: str, code: str | None) -> None:
    form = form_of(page("p", ask("q", "date", **limits)))
    assert [fault.code for fault in check_answers(form, {"q": day}, FACTS).faults] == ([code] if code else [])


def test_a_number_that_contradicts_says_which_digit_says_what() -> None:
    fits = {"kind": "number_fits", "question": "id", "born": "born", "sex_question": "sex"}
    pages = page("p", ask("born", "date"), ask("sex", "choice", options=SEXES), ask("id", "personal_number"))
    form = form_of(pages, checks=(fits,))
    answers = {"born": "1999-02-01", "sex": "nu", "id": "025099000001"}
    [fault] = check_answers(form, answers, FACTS).faults
    assert say_fault(fault, form) == (
        "Số định danh này của người nam sinh năm 1999 (chữ số thứ 4 là 0), mà “Câu sex” ghi nữ. "
        "Một trong hai chỗ ghi nhầm."
    )
    [fault] = check_answers(form, answers | {"sex": "nam", "born": "1989-02-01"}, FACTS).faults
    assert "thứ 5 và 6 là 99), mà “Câu born” ghi năm 1989" in say_fault(fault, form)
    assert "born in 1999" in say_fault(fault, form, "en")


def test_a_cross_check_is_told_on_the_page_that_completes_it() -> None:
    differ = {"kind": "different", "question": "a", "than": "b"}
    form = form_of(page("one", ask("a", "text")), page("two", ask("b", "text")), checks=(differ,))
    filled = fill_page(form, form.page("two"), {"b": ["x"]}, FACTS, {"a": "x"})
    assert [(fault.question, say_fault(fault, form)) for fault in filled.faults] == [
        ("b", "“Câu a” và “Câu b” không thể giống nhau.")
    ]


def test_prefill_offers_only_what_the_question_would_accept() -> None:
    form = form_of(
        page(
            "p",
            ask("name", "person_name", prefill="applicant.full_name"),
            ask("phone", "phone", prefill="applicant.phone"),
        )
    )
    sources = {"applicant.full_name": "Nguyễn Thị Lan", "applicant.phone": "113"}
    assert prefill(form, sources, FACTS) == {"name": "Nguyễn Thị Lan"}


def test_the_summary_reads_as_a_vietnamese_writes() -> None:
    form = form_of(
        page(
            "p",
            ask("d", "date", partial=True),
            ask("m", "money"),
            ask("s", "area"),
            ask("n", "number", unit="bản"),
            ask("w", "place"),
            ask("y", "yes_no"),
            ask("x", "text", required=False),
        )
    )
    answers = {
        "d": "1950-07",
        "m": 1_500_000,
        "s": "1250.5",
        "n": 3,
        "w": {"commune": "07900", "detail": "Số 1"},
        "y": False,
    }
    assert [row.value for row in summary(form, answers, COMMUNES)] == [
        "07/1950",
        "1.500.000 đồng",
        "1.250,5 m²",
        "3 bản",
        "Số 1, Phường Việt Trì, tỉnh Phú Thọ",
        "Không",
        "",
    ]


def test_every_sentence_has_its_english() -> None:
    assert _VI.keys() == _EN.keys()


EVERY_TYPE = form_of(
    *(
        page(kind, ask(kind, kind, required=False, **({"options": SEXES} if kind.startswith("choice") else {})))
        for kind in QuestionType
    )
)
FIELDS = [name for question in EVERY_TYPE.questions() for name in (*field_names(question), question.key)]
TYPED = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[0-9./, -]{0,16}"),
    st.sampled_from(["yes", "no", "nam", "07900", "025099000001", "\x00", "2026", "29/2/2025", "²", "१२"]),
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(TYPED, max_size=3)))
def test_nothing_that_is_posted_raises(posted: dict[str, list[str]]) -> None:
    filled = fill_form(EVERY_TYPE, posted, FACTS)
    for fault in filled.faults:
        assert say_fault(fault, EVERY_TYPE)
        assert say_fault(fault, EVERY_TYPE, "en")


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(TYPED, max_size=3)))
def test_what_was_accepted_once_is_accepted_again_unchanged(posted: dict[str, list[str]]) -> None:
    answers = fill_form(EVERY_TYPE, posted, FACTS).answers
    again = check_answers(EVERY_TYPE, answers, FACTS)
    assert again.answers == answers
    assert again.good


def test_a_form_survives_its_document() -> None:
    faults: Faults = {}
    assert read(Form, document(BRANCHED), "", faults) == BRANCHED
    assert faults == {}


def test_a_number_of_another_person_is_told_where_the_sex_was_never_asked() -> None:
    fits = {"kind": "number_fits", "question": "father", "sex": "nam"}
    form = form_of(page("p", ask("father", "personal_number")), checks=(fits,))
    [fault] = check_answers(form, {"father": "025199000001"}, FACTS).faults
    assert "cần số của người nam" in say_fault(fault, form)
    assert "bạn khai" not in say_fault(fault, form)


@pytest.mark.parametrize(
    "type, typed, value",
    [
        ("personal_number", "０２５０９９００００００", "025099000000"),
        ("phone", "０９１２３４５６７８", "0912345678"),
        ("number", "１２", 12),
    ],
)
def test_full_width_digits_are_digits(type: str, typed: str, value: Any) -> None:
    assert clean(question_of(type), {"q": [typed]}, FACTS) == (value, None)


def test_letters_in_a_number_are_told_apart_from_digits_missing() -> None:
    question = question_of("personal_number")
    for typed, code in (("02509900000a", "personal_number_form"), ("02509900", "personal_number_length")):
        _, fault = clean(question, {"q": [typed]}, FACTS)
        assert fault is not None
        assert fault.code == code


def test_a_question_that_shares_its_title_is_named_with_its_page() -> None:
    born = {"type": "date", "title": "Ngày sinh"}
    form = form_of(page("mẹ", {"key": "a", **born}), page("bé", {"key": "b", **born}, ask("c", "text")))
    assert [form.name_of(key) for key in "abc"] == ["Ngày sinh (Mẹ)", "Ngày sinh (Bé)", "Câu c"]


LATE = form_of(
    page("baby", ask("born", "date"), ask("late", "statement", required=False)),
    page("end", ask("note", "text", required=False)),
    checks=({"kind": "within", "question": "born", "days": 60, "unless": "late", "why": "Luật ghi 60 ngày."},),
)


def test_what_is_unusual_is_taken_once_it_is_confirmed() -> None:
    [fault] = check_answers(LATE, {"born": "1990-01-01"}, FACTS).faults
    assert (fault.code, fault.params["unless"]) == ("long_ago_unless", "late")
    assert say_fault(fault, LATE).endswith("đánh dấu “Câu late” rồi gửi lại. Luật ghi 60 ngày.")
    assert check_answers(LATE, {"born": "1990-01-01", "late": True}, FACTS).good
    assert check_answers(LATE, {"born": "2026-11-01"}, FACTS).good


def test_a_confirmation_that_was_not_needed_is_not_read_back() -> None:
    assert [row.key for row in summary(LATE, {"born": "2026-11-01"}, {})] == ["born", "note"]
    assert [row.key for row in summary(LATE, {"born": "1990-01-01", "late": True}, {})] == ["born", "late", "note"]


def test_a_confirmation_must_be_a_statement_of_the_form() -> None:
    check = {"kind": "within", "question": "born", "days": 60, "unless": "note"}
    assert read_form(page("p", ask("born", "date"), ask("note", "text")), checks=(check,))[1]


ONE_OF_TWO = form_of(
    page("p", ask("id", "personal_number", required=False), ask("passport", "text", required=False)),
    checks=({"kind": "one_given", "question": "id", "than": "passport"},),
)


@pytest.mark.parametrize(
    "posted, codes",
    [
        ({}, ["one_given"]),
        ({"passport": ["M1234567"]}, []),
        ({"id": ["025099000001"]}, []),
        ({"id": ["12"]}, ["personal_number_length"]),
    ],
)
def test_one_of_two_papers_is_enough(posted: dict[str, list[str]], codes: list[str]) -> None:
    filled = fill_page(ONE_OF_TWO, ONE_OF_TWO.pages[0], posted, FACTS, {})
    assert [fault.code for fault in filled.faults] == codes


OFFERED = form_of(
    page("who", ask("me", "text"), ask("role", "choice", options=SEXES), ask("home", "place")),
    page(
        "next",
        ask("her", "text", offers=[{"same_as": "me", "when": {"question": "role", "is": "nu"}}]),
        ask("nation", "text", offers=[{"value": "Việt Nam"}]),
        ask("where", "commune", offers=[{"same_as": "home"}]),
    ),
)


def test_an_earlier_answer_is_offered_where_its_condition_holds() -> None:
    said = {"me": "Lan", "role": "nu", "home": {"commune": "07900", "detail": "Số 1"}}
    assert prefill(OFFERED, {}, FACTS, said) == {"her": "Lan", "nation": "Việt Nam", "where": "07900"}
    abroad = {"me": "Lan", "role": "nam", "home": {"commune": "Seoul, Hàn Quốc", "detail": ""}}
    assert prefill(OFFERED, {}, FACTS, abroad) == {"nation": "Việt Nam"}


@pytest.mark.parametrize("offer", [{"same_as": "later"}, {"value": "x", "same_as": "q"}, {}])
def test_an_offer_is_one_thing_that_was_asked_before(offer: dict[str, Any]) -> None:
    assert read_form(page("p", ask("q", "text", offers=[offer]), ask("later", "text")))[1]


@pytest.mark.parametrize(
    "typed, code",
    [
        ("viet tri", "07900"),
        ("Xã Thanh Sơn", "08542"),
        ("phuong viet tri", "07900"),
        ("tri", None),
        ("Thanh", None),
        ("", None),
    ],
)
def test_a_commune_is_known_by_its_bare_name_when_only_one_has_it(typed: str, code: str | None) -> None:
    assert clean(question_of("commune", required=False), {"q": [typed]}, FACTS)[0] == code


def test_a_name_that_two_communes_share_is_asked_again() -> None:
    twins = Facts(FACTS.today, (), {"1": "Xã Minh Hòa", "2": "Phường Minh Hòa", "3": "Xã Yên Minh Hòa"})
    assert clean(question_of("commune"), {"q": ["minh hoa"]}, twins)[0] is None
    assert clean(question_of("commune"), {"q": ["xa minh hoa"]}, twins)[0] == "1"
    assert clean(question_of("commune"), {"q": ["yên minh"]}, twins)[0] == "3"


FATHER = form_of(
    page(
        "me",
        ask("name", "text"),
        ask("role", "choice", options=[{"key": "f", "title": "F"}, {"key": "g", "title": "G"}]),
    ),
    page("father", ask("father", "text"), ask("kin", "text"), ask("odd", "statement", required=False)),
    checks=(
        {
            "kind": "same",
            "question": "father",
            "than": "name",
            "when": {"question": "role", "is": "f"},
            "why": "Là cha.",
        },
        {"kind": "one_among", "question": "kin", "among": ["name", "father"]},
        {"kind": "not_when", "question": "kin", "when": {"question": "kin", "is": "Lan"}, "unless": "odd"},
    ),
)


def test_what_hangs_on_a_condition_is_asked_only_where_it_holds() -> None:
    [fault] = check_answers(FATHER, {"name": "Hải", "role": "f", "father": "Hai", "kin": "hai"}, FACTS).faults
    assert say_fault(fault, FATHER) == "“Câu father” phải giống “Câu name”. Là cha."
    assert check_answers(FATHER, {"name": "Hải", "role": "g", "father": "Hai", "kin": "hai"}, FACTS).good


def test_who_changes_an_earlier_answer_is_let_through_and_told_where_it_can_be_mended() -> None:
    answers = {"name": "Hải", "role": "g", "father": "Nam", "kin": "Nam"}
    assert fill_page(FATHER, FATHER.page("me"), {"name": ["Hải"], "role": ["f"]}, FACTS, answers).good
    assert [fault.question for fault in check_answers(FATHER, {**answers, "role": "f"}, FACTS).faults] == ["father"]


def test_one_among_names_those_it_may_be() -> None:
    [fault] = check_answers(FATHER, {"name": "Hải", "role": "g", "father": "Nam", "kin": "Tú"}, FACTS).faults
    assert say_fault(fault, FATHER) == "“Câu kin” phải giống “Câu name” hoặc “Câu father”."
    assert "“Câu name” or “Câu father”" in say_fault(fault, FATHER, "en")


def test_what_does_not_go_together_may_be_confirmed_and_is_read_back_as_confirmed() -> None:
    answers = {"name": "Lan", "role": "g", "father": "Nam", "kin": "Lan"}
    assert [fault.code for fault in check_answers(FATHER, answers, FACTS).faults] == ["not_when_unless"]
    assert check_answers(FATHER, {**answers, "odd": True}, FACTS).good
    assert {row.key: row.value for row in summary(FATHER, {**answers, "odd": True}, {})}["odd"] == CONFIRMED


@pytest.mark.parametrize(
    "check",
    [
        {"kind": "not_when", "question": "a", "when": {"question": "lost", "is": "x"}},
        {"kind": "of_age", "question": "a", "born": "a", "years": 18},
        {"kind": "ahead", "question": "a", "days": 3},
        {"kind": "different", "question": "a", "than": "b", "also": ["a"]},
        {"kind": "one_among", "question": "a", "among": ["lost"]},
    ],
)
def test_a_check_that_reads_what_is_not_there_is_refused(check: dict[str, Any]) -> None:
    assert read_form(page("p", ask("a", "text"), ask("b", "text")), checks=(check,))[1]
