"""What the story files, types, makes and tells."""

from datetime import date

import pytest

from tinhso.demo.scenario.answers import fill_answers, typed
from tinhso.demo.scenario.browser import NoSuchControl
from tinhso.demo.scenario.citizen import best, promised
from tinhso.demo.scenario.dom import parse
from tinhso.demo.scenario.forms import Form, forms_of
from tinhso.demo.scenario.officer import outside_result
from tinhso.demo.scenario.papers import make_pdf
from tinhso.demo.scenario.people import offers_on
from tinhso.demo.scenario.plan import planned
from tinhso.demo.scenario.told import DossierTold, ResultTold, Story
from tinhso.systems.services.releases.loading import load_release, release_codes

TODAY = date(2026, 11, 23)

CITIZENS = """<form><input name="ngay_day"><input name="ngay_month"><input name="ngay_year">
<input name="noi.commune"><input name="noi.detail"><input type="checkbox" name="cam_doan">
<input type="radio" name="co" value="yes"><input type="radio" name="co" value="no">
<input type="checkbox" name="nganh" value="a"><input type="checkbox" name="nganh" value="b"><input name="dt"></form>"""
COUNTERS = """<form><input name="ngay"><input name="noi.commune"><input name="noi.detail">
<input type="checkbox" name="cam_doan" value="yes"><select name="co"><option value="">…</option>
<option value="yes">Có</option><option value="no">Không</option></select>
<select name="nganh" multiple><option value="a">A</option><option value="b">B</option></select>
<input name="dt"></form>"""
ANSWERS = {
    "ngay": "2026-01-05",
    "noi": {"commune": "07900", "detail": "Số 1"},
    "cam_doan": True,
    "co": False,
    "nganh": ["a", "b"],
    "dt": "120.5",
    "khong_hoi": "x",
}


def form_of(html: str) -> Form:
    return forms_of(parse(html), "http://a/")[0]


def sent(form: Form) -> str:
    return form.encode(None)[0].decode()


def test_every_channel_of_every_procedure_is_filed_and_no_other() -> None:
    filed = {(sample.procedure, sample.channel) for sample in planned(TODAY)}
    assert filed == {(code, channel.value) for code in release_codes() for channel in load_release(code).channels}


def test_one_procedure_can_be_played_alone() -> None:
    assert {sample.procedure for sample in planned(TODAY, "1.001193")} == {"1.001193"}


def test_a_citizens_page_and_a_counters_screen_take_the_same_answers() -> None:
    at_home, at_desk = form_of(CITIZENS), form_of(COUNTERS)
    assert "khong_hoi" not in fill_answers(at_home, ANSWERS)
    assert "khong_hoi" not in fill_answers(at_desk, ANSWERS)
    assert sent(at_home) == (
        "ngay_day=5&ngay_month=1&ngay_year=2026&noi.commune=07900&noi.detail=S%E1%BB%91+1&cam_doan=on&co=no"
        "&nganh=a&nganh=b&dt=120%2C5"
    )
    assert sent(at_desk) == (
        "ngay=05%2F01%2F2026&noi.commune=07900&noi.detail=S%E1%BB%91+1&cam_doan=yes&co=no&nganh=a&nganh=b&dt=120%2C5"
    )


def test_a_question_that_takes_no_yes_is_not_answered_with_one() -> None:
    with pytest.raises(NoSuchControl):
        fill_answers(form_of('<form><input type="radio" name="co" value="nam"></form>'), {"co": True})


@pytest.mark.parametrize(
    ("text", "hand"),
    [("2026-01-05", "05/01/2026"), ("2026-05", "05/2026"), ("2017", "2017"), ("86.2", "86,2"), ("12/2019/TLKT",) * 2],
)
def test_answers_are_typed_as_people_type(text: str, hand: str) -> None:
    assert typed(text) == hand


def test_the_papers_of_the_story_are_whole_and_those_from_outside_are_all_different() -> None:
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    data = make_pdf("Giấy đăng ký (bản chính)")
    assert PdfFileReader(BytesIO(data), strict=True).root["/Type"] == "/Catalog"
    assert b"Giay dang ky \\(ban chinh\\)" in data
    assert outside_result("A", "tep.kq") != outside_result("A", "tep.kq")


def test_the_promised_moment_is_told_at_plus_seven() -> None:
    assert promised("17 giờ 00, 23/11/2026") == "2026-11-23T17:00:00+07:00"
    assert promised("Không hẹn ngày") == ""


def test_the_best_mark_is_given() -> None:
    assert best(["5", "4", "1"]) == "5"
    assert best(["rat-tot", "tot"]) == "rat-tot"


def test_accounts_are_read_with_what_their_row_says() -> None:
    from tinhso.demo.scenario.browser import Page

    html = """<ul><li><div>Lê An<span>Văn thư, UBND xã A</span></div>
    <button name="demo" value="vanthu.a">Vào</button></li>
    <li><div>Bùi Bình</div><button name="demo" value="b">Vào</button></li></ul>"""
    page = Page("http://a/", 200, html.encode(), {"content-type": "text/html"})
    first, second = offers_on(page, "văn thư")
    assert (first.username, first.says) == ("vanthu.a", "Lê An Văn thư, UBND xã A Vào")
    assert "Văn thư" not in second.says


def told(**changes: object) -> DossierTold:
    made = DossierTold("1.001193", "a", "online", "H1", returned=True, verified=True, paid="card")
    made.result = [ResultTold("0" * 64, 2, "thật", True)]
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_the_story_is_whole_only_when_every_dossier_is() -> None:
    assert Story("s", [told(), told()], 1, 1).whole
    assert not Story("s", [told(), told(verified=False)], 1, 1).whole
    assert not Story("s", [told(fault="x")], 1, 1).whole
    assert not Story("s", [], 1, 1).whole


def test_an_unsigned_paper_holds_only_when_it_came_from_outside() -> None:
    assert not ResultTold("a", 0, "", False).holds(set())
    assert ResultTold("a", 0, "", False).holds({"a"})
    assert not ResultTold("a", 2, "", False).holds(set())
    assert not ResultTold("a", 1, "", True).holds(set())
    assert ResultTold("a", 2, "", True).holds(set())


def test_figures_name_numerator_and_denominator() -> None:
    figures = {row["name"]: row for row in Story("s", [told(), told(returned=False, paid="")], 9, 1).figures()}
    assert figures["dossiers_returned"] == {
        "name": "dossiers_returned",
        "numerator": 1,
        "denominator": 2,
        "value": 50.0,
    }
    assert figures["online_fees_paid_by_card"]["denominator"] == 1
