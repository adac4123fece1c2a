"""What a citizen does: fills in and submits, pays, follows, downloads, checks the paper, says how it was."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from tinhso.demo.scenario.answers import fill_answers
from tinhso.demo.scenario.browser import Astray, Browser, Page, Upload
from tinhso.demo.scenario.papers import make_pdf

MOST_PAGES = 60
CODE = re.compile(r"[0-9A-Z.]{2,35}-\d{6}-\d{4,6}")


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A result as the citizen has it; `public` is the address where anyone checks it by its QR code."""

    name: str
    data: bytes
    public: str


def file_online(browser: Browser, procedure: str, answers: Mapping[str, Any]) -> str:
    """Fill in and submit a dossier, one page after another; returns its code."""
    browser.open(f"/thu-tuc/{procedure}")
    browser.follow(href=f"^/nop-ho-so/{re.escape(procedure)}$")
    page = browser.submit(browser.form(action=f"^/nop-ho-so/{re.escape(procedure)}$"))
    for _ in range(MOST_PAGES):
        place = page.path.split("/", 3)[-1] if page.path.startswith("/nop-ho-so/") else ""
        if not place:
            raise Astray(f"filling in led to {page.describe()}")
        if place == "nop/kiem-tra":
            return code_in(browser.submit(browser.form(action="/nop/gui$")))
        page = _answer(browser, page, place, answers)
        if page.faults:
            raise Astray(page.describe())
    raise Astray(f"the pages of {procedure} never end")


def code_in(page: Page) -> str:
    """The dossier's code from the address of its page. Raises Astray."""
    found = CODE.search(page.path)
    if found is None:
        raise Astray(f"no dossier code at {page.describe()}")
    return found.group()


def _answer(browser: Browser, page: Page, place: str, answers: Mapping[str, Any]) -> Page:
    if place == "nop/giay-to":
        return _papers(browser, page)
    if place == "nop/nhan-ket-qua":
        form = browser.form(field="cach")
        form.fill("cach", "online")
        return browser.submit(form)
    form = browser.form(field="_once")
    fill_answers(form, answers)
    return browser.submit(form)


def _papers(browser: Browser, page: Page) -> Page:
    """Upload one file for every paper that is listed, then go on."""
    listed = [(words, address) for words, address in page.links() if re.search(r"/giay-to/[\w-]+$", address)]
    for words, address in listed:
        browser.open(address)
        form = browser.form(field="tep")
        form.attach("tep", Upload(f"{words.split(' (')[0][:40].strip()}.pdf", make_pdf(words)))
        browser.submit(form)
    browser.open(page.url)
    return browser.follow("Tiếp tục")


def pay(browser: Browser, code: str, way: str) -> None:
    """Pay what is due by `card` or `transfer`, on the gateway's or the bank's own pages."""
    page = browser.open(f"/tra-cuu/{code}/thanh-toan")
    _pay_by_card(browser) if way == "card" else _pay_by_transfer(browser, page)
    for attempt in range(20):
        page = browser.open(f"/tra-cuu/{code}/thanh-toan")
        if page.find_form(action="/thanh-toan/the$") is None and not page.fact("Nội dung chuyển khoản"):
            return
        time.sleep(0.1 * (attempt + 1))
    raise Astray(f"paid, but not seen: {page.describe()}")


def _pay_by_card(browser: Browser) -> None:
    browser.submit(browser.form(action="/thanh-toan/the$"))
    browser.submit(browser.form(button="thanh-cong"), "thanh-cong")


def _pay_by_transfer(browser: Browser, page: Page) -> None:
    """Type account, amount and content into the bank's app, as one who cannot scan the code does."""
    asked = {name: page.fact(name) for name in ("Tài khoản", "Số tiền", "Nội dung chuyển khoản")}
    browser.open(urljoin(bank_of(page), "/ngan-hang"))
    form = browser.form(field="tai_khoan")
    form.fill("tai_khoan", asked["Tài khoản"].split(" ")[0])
    form.fill("so_tien", re.sub(r"\D", "", asked["Số tiền"]))
    form.fill("noi_dung", asked["Nội dung chuyển khoản"])
    browser.submit(form)


def bank_of(page: Page) -> str:
    """Where the demo's bank is: a link of the page, else the gateway that the page's policy lets forms go to."""
    if link := page.find_link("ngân hàng thử"):
        return link
    found = re.search(r"form-action [^;]*?(https?://[^\s;]+)", page.headers.get("content-security-policy", ""))
    if found is None:
        raise Astray(f"no bank is named on {page.describe()}")
    return found[1]


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier as its owner sees it: state in words, who has it (post, agency), when it is due (ISO)."""

    state: str
    title: str
    agency: str
    due: str
    owed: bool


def look(browser: Browser, code: str) -> Standing:
    """The tracking page of one's own dossier, found by typing the code."""
    browser.open("/tra-cuu")
    form = browser.form(field="ma", method="get")
    form.fill("ma", code)
    page = browser.submit(form)
    title, _, agency = page.fact("Đang ở").rpartition(", ")
    badge = page.root.first(where=lambda node: "ts-badge" in node.classes)
    return Standing(
        state=badge.text if badge else "",
        title=title,
        agency=agency,
        due=promised(page.fact("Hẹn trả")),
        owed="Chưa nộp phí" in page.text,
    )


def download(browser: Browser, code: str) -> list[Downloaded]:
    """Every result of one's dossier."""
    page = browser.open(f"/tra-cuu/{code}")
    found: list[Downloaded] = []
    for _, address in page.links():
        path = unquote(urlsplit(address).path)
        if re.search(r"/ket-qua/[0-9a-f-]{36}$", path):
            file = browser.request("GET", address)
            if file.status != 200 or file.media_type != "application/pdf":
                raise Astray(f"the result did not come: {file.describe()}")
            identifier = path.rsplit("/", 1)[-1]
            found.append(Downloaded(f"{code}-{len(found) + 1}.pdf", file.body, f"/xac-minh/{identifier}"))
    return found


def rate(browser: Browser, code: str) -> Page:
    """Say how it was: the best of everything."""
    browser.open(f"/tra-cuu/{code}")
    browser.follow(href=f"^/danh-gia/{re.escape(code)}")
    form = browser.form(action="^/danh-gia/")
    for name in dict.fromkeys(control.name for control in form.controls if control.type == "radio"):
        form.fill(name, best([control.value for control in form.controls if control.name == name]))
    return browser.submit(form)


def best(values: list[str]) -> str:
    """The highest of numbers, else the first of words."""
    return max(values, key=int) if all(value.isdigit() for value in values) else values[0]


def promised(words: str) -> str:
    """The moment of “17 giờ 00, 23/11/2026” in ISO at +07:00, empty without one."""
    found = re.search(r"(\d{1,2}) giờ (\d{2}), (\d{1,2})/(\d{1,2})/(\d{4})", words)
    if found is None:
        return ""
    hour, minute, day, month, year = map(int, found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=timezone(timedelta(hours=7))).isoformat()
