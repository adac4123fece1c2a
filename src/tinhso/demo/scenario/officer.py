"""What an officer does with a dossier that lies with them: whatever its page offers, in the order of the work."""

import hashlib
import re
import secrets
from urllib.parse import unquote, urlsplit

from tinhso.demo.scenario.browser import Astray, Browser, Page, Upload
from tinhso.demo.scenario.papers import make_pdf

PIN = "123456"
"""The demo's PIN, as its pages show it."""

ORDER = ("tiep-nhan", "nhan-viec", "du-thao", "trinh", "ky", "phat-hanh", "ghi-ket-qua", "tra-ket-qua")
"""The acts of the straight way, earliest first. What sends back, refuses or asks for more is left alone."""

AGAIN = frozenset({"du-thao"})
"""Acts that stay offered after they are done: once is enough."""


def offered(page: Page) -> list[str]:
    """The acts a dossier's page offers now, by the last word of their address."""
    found = [address for _, address in page.links()] + [form.action for form in page.forms]
    matched = (re.search(r"/viec/([\w-]+)$", unquote(urlsplit(address).path)) for address in found)
    return list(dict.fromkeys(match[1] for match in matched if match))


def open_dossier(browser: Browser, code: str) -> Page:
    """Find the dossier by its code in the desk's search, and open it."""
    browser.open(f"/can-bo/ho-so/{code}")
    return browser.here


def do_next(browser: Browser, code: str, done: list[str], outside: set[str] | None = None) -> str:
    """Do the next act of one's own on a dossier; returns its word, empty when there is none.

    `outside` takes the SHA-256 of each result that the story itself made for a ministry's system.
    """
    page = open_dossier(browser, code)
    open_now = offered(page)
    act = next((word for word in ORDER if word in open_now and not (word in AGAIN and word in done)), "")
    if act:
        _do(browser, page, act, set() if outside is None else outside)
    return act


def _do(browser: Browser, page: Page, act: str, outside: set[str]) -> None:
    at = f"/viec/{act}$"
    form = page.find_form(action=at)
    if form is None:
        browser.follow(href=at)
        form = browser.form(action=at)
    if form.has("pin"):
        form.fill("pin", PIN)
    for control in [one for one in form.controls if one.name.endswith(".chua_co_so")]:
        form.fill(control.name, "Cơ sở dữ liệu về dân cư chưa trả số, số được cấp sau.")
    if act == "ghi-ket-qua":
        form.fill("reference", "CT-2026-0001")
        for name in [control.name for control in form.controls if control.type == "file"]:
            paper = outside_result(page.path.rsplit("/", 1)[-1], name)
            form.attach(name, Upload("ket-qua.pdf", paper))
            outside.add(hashlib.sha256(paper).hexdigest())
    answer = browser.submit(form)
    if answer.faults:
        raise Astray(f"{act}: {answer.describe()}")


def outside_result(code: str, name: str) -> bytes:
    """The paper that a ministry's own system would have sent: no two alike, and none with our signatures."""
    return make_pdf(f"He thong nganh tra loi {code}: {name.removeprefix('tep.')} {secrets.token_hex(4)}")
