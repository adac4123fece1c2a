"""The officials' pages: who may open them, what they say, what they cost, how they look to axe."""

import mimetypes
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tinhso.foundation.identity.models import Account, Realm

from .sample import record
from .world import NO_UNIT, browser_of, holder, items, take_in, the

pytestmark = pytest.mark.django_db
LIST = "/can-bo/danh-muc-thu-tuc"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.fixture
def publisher(tmp_path: Path) -> Client:
    take_in(tmp_path)
    return browser_of(holder("publisher")[0])


def point(code: str = "9.000002", field: str = "channels.limit") -> Any:
    return items(code, field)[0]


def settle_url(item: Any) -> str:
    return f"{LIST}/viec/{item.pk}"


def form(client: Client, page: str, **typed: str) -> dict[str, str]:
    """What a browser would send from the form of a page, with what a person typed."""
    html = client.get(page).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    return hidden | typed


def paths() -> list[tuple[str, str]]:
    item = point()
    return [
        ("get", LIST), ("get", f"{LIST}/mien-phi"), ("post", f"{LIST}/mien-phi?linh-vuc=cu-tru"),
        ("get", f"{LIST}/9.000002"), ("post", settle_url(item)), ("get", f"{settle_url(item)}/tiep"),
    ]  # fmt: skip


def test_nobody_is_asked_to_sign_in(publisher: Client) -> None:
    for verb, path in paths():
        answer = getattr(Client(), verb)(path)
        assert (answer.status_code, "/can-bo/dang-nhap" in answer.headers.get("Location", "")) == (302, True), path


@pytest.mark.parametrize("role", ["counter", "leader"])
def test_officers_of_other_posts_are_refused_in_words(publisher: Client, role: str) -> None:
    client = browser_of(holder(role)[0])
    for verb, path in paths():
        answer = getattr(client, verb)(path)
        assert answer.status_code == 403, path
        assert "kiểm soát thủ tục hành chính" in answer.content.decode()
    assert all(item.state == "open" for item in items("9.000002"))


def test_citizens_are_refused(publisher: Client) -> None:
    citizen = Account.objects.filter(realm=Realm.CITIZEN).order_by("id")[0]
    for verb, path in paths():
        assert getattr(browser_of(citizen), verb)(path).status_code == 403, path


def test_verbs_that_are_not_meant_are_refused(publisher: Client) -> None:
    assert publisher.post(LIST).status_code == 405
    assert publisher.get(settle_url(point())).status_code == 405


def test_the_list_says_what_is_open_and_narrows(publisher: Client) -> None:
    page = publisher.get(LIST).content.decode()
    assert "5 trong 6 thủ tục còn chỗ chưa đọc được chắc chắn" in page
    narrowed = publisher.get(LIST, {"muc": "channels.limit", "ly-do": "limit_without_unit"}).content.decode()
    assert "Thủ tục đăng ký khai sinh" in narrowed
    assert "Thông báo khuyến mại" not in narrowed
    assert publisher.get(LIST, {"linh-vuc": "'", "muc": "x", "ly-do": "y", "sau": "1|z"}).status_code == 200


def test_the_list_costs_the_same_for_many_as_for_few(
    publisher: Client, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14) as few:
        publisher.get(LIST)
    many = [record(ma_thu_tuc=f"9.001{n:03}", ten_thu_tuc=f"Việc {n}", cach_thuc_thuc_hien=NO_UNIT) for n in range(60)]
    take_in(tmp_path, many)
    with django_assert_max_num_queries(len(few)):
        page = publisher.get(LIST).content.decode()
    assert page.count("data-row") == 25
    onward = re.search(r'rel="next" href="([^"]+)"', page)
    assert onward is not None
    assert publisher.get(LIST + onward[1].replace("&amp;", "&")).content.decode().count("data-row") == 25


def test_a_procedure_shows_the_passage_in_its_raw_text(publisher: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        page = publisher.get(f"{LIST}/9.000002").content.decode()
    assert '<mark id="doan">Trực tiếp15Miễn phí(Không)</mark>Trực tuyến15' in page
    assert "Thời hạn chỉ có số, không có đơn vị" in page
    assert "Áp dụng cho cả 1 dòng khác ghi giống hệt" in page


def test_settling_leads_to_the_next_point_of_the_same_kind(publisher: Client) -> None:
    item, query = point(), "?muc=channels.limit"
    page = f"{LIST}/9.000002{query}&viec={item.pk}"
    typed = form(publisher, page, choice="figure", amount="15", unit="days", alike="on")
    answer = publisher.post(settle_url(item) + query, typed)
    following = items("9.000002", "channels.limit")[2]
    assert (answer.status_code, answer.headers["Location"]) == (
        303, f"{LIST}/9.000002?muc=channels.limit&viec={following.pk}",
    )  # fmt: skip
    again = publisher.post(settle_url(item) + query, typed)
    assert (again.status_code, again.headers["Location"]) == (303, answer.headers["Location"])
    assert the("9.000002").document["channels"][1]["limit"] == {"amount": "15", "unit": "days"}
    last = form(publisher, answer.headers["Location"], choice="words", words="Theo đợt")
    assert publisher.post(settle_url(following) + query, last).headers["Location"] == f"{LIST}{query}"


def test_a_refused_form_keeps_what_was_typed(publisher: Client) -> None:
    item = point()
    typed = form(publisher, f"{LIST}/9.000002", choice="figure", amount="mười", unit="days", note="xem lại")
    answer = publisher.post(settle_url(item), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nhập thời hạn là số nguyên" in page
    assert 'value="mười"' in page
    assert 'value="xem lại"' in page
    assert f'value="{typed["_once"]}"' in page


def test_an_older_page_is_told_what_changed(publisher: Client) -> None:
    item = point()
    mine = form(publisher, f"{LIST}/9.000002", choice="figure", amount="15", unit="days")
    theirs = form(publisher, f"{LIST}/9.000002", choice="figure", amount="20", unit="days")
    publisher.post(settle_url(item), theirs)
    answer = publisher.post(settle_url(item), mine)
    assert answer.status_code == 409
    assert "20 ngày" in answer.content.decode()


def test_money_is_read_as_people_write_it(publisher: Client) -> None:
    item = point("9.000005", "channels.fee")
    publisher.post(settle_url(item), form(publisher, f"{LIST}/9.000005", choice="figure", amount="70.000 đ"))
    assert the("9.000005").document["channels"][0]["fees"][0]["amount"] == 70_000


def test_a_note_among_the_papers_is_said_to_be_one(publisher: Client) -> None:
    item = point("9.000006", "papers.count")
    publisher.post(settle_url(item), form(publisher, f"{LIST}/9.000006", choice="note"))
    assert the("9.000006").document["papers"][0]["papers"][1]["note"] is True


def test_a_point_may_be_left_for_later(publisher: Client) -> None:
    item = point()
    answer = publisher.get(f"{settle_url(item)}/tiep?muc=channels.limit")
    assert answer.headers["Location"] == f"{LIST}/9.000002?muc=channels.limit&viec={item.pk + 1}"


def test_a_sector_is_confirmed_only_after_saying_it_was_checked(publisher: Client) -> None:
    page = f"{LIST}/mien-phi?linh-vuc=cu-tru"
    typed = form(publisher, page, codes="9.000003", note="NQ 1")
    refused = publisher.post(page, typed)
    assert refused.status_code == 422
    assert "đã đối chiếu" in refused.content.decode()
    accepted = publisher.post(page, typed | {"checked": "on"})
    assert accepted.status_code == 303
    assert [item.state for item in items("9.000003")] == ["settled", "settled"]
    assert [item.state for item in items("9.000004")] == ["open", "open"]


def test_what_does_not_exist_says_so(publisher: Client) -> None:
    assert publisher.get(f"{LIST}/9.999999").status_code == 404
    assert publisher.post(f"{LIST}/viec/999999999", {"_once": "x" * 20}).status_code == 404
    assert publisher.get(f"{LIST}/viec/999999999/tiep").headers["Location"] == LIST


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt-get install chromium)")
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(publisher: Client, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Route, sync_playwright

    item = point()
    addresses = [LIST, f"{LIST}/9.000002", f"{LIST}/9.000005", f"{LIST}/9.000006", f"{LIST}/mien-phi?linh-vuc=cu-tru"]
    pages = {path: publisher.get(path) for path in addresses}
    pages["/refused"] = publisher.post(settle_url(item), form(publisher, f"{LIST}/9.000002"))
    headers = {path: answer.headers["Content-Security-Policy"] for path, answer in pages.items()}

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix("http://tinhso.test")
        if path.startswith("/static/"):
            found = Path(str(finders.find(path.removeprefix("/static/"))))
            route.fulfill(body=found.read_bytes(), content_type=mimetypes.guess_type(found.name)[0] or "font/woff2")
        else:
            policy = {"Content-Security-Policy": headers[path]}
            route.fulfill(body=pages[path].content, content_type="text/html; charset=utf-8", headers=policy)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES.split())
        for path in pages:
            # The whole page in sight: the action bar that stays at the bottom then covers no control half.
            page = browser.new_page(viewport={"width": width, "height": 4000})
            page.route("**/*", serve)
            page.goto(f"http://tinhso.test{path}")
            page.wait_for_load_state("networkidle")
            faults = Axe().run(page, options=RULES).response["violations"]
            found = [(rule["id"], rule["nodes"][0]["html"]) for rule in faults]
            too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            page.close()
            assert (path, found, too_wide) == (path, [], False)
        browser.close()
