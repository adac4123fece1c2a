"""The officers' pages in a browser: axe finds nothing and nothing is wider than a phone.

Pages are fetched first and handed to the browser by path, for a browser's loop and Django's database do not mix.
"""

import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Route, sync_playwright

from tinhso.core.web.middleware import CONTENT_SECURITY
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.tests import desk

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt-get install chromium)")

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.fixture
def pages(db: None) -> dict[str, str]:
    """Every page of the desk with something on it."""
    online, at_work, to_sign = desk.submitted(copies=2), desk.accepted(), desk.proposed()
    party = Account.objects.select_related("party").get(username=desk.MOTHER).party
    assert party is not None
    birth = f"/can-bo/tiep-nhan/{desk.BIRTH}"
    visited = {
        desk.COUNTER: [
            "/can-bo/",
            "/can-bo/tim?q=nguyen",
            "/can-bo/tiep-nhan",
            birth,
            f"{birth}/{party.public_id}",
            f"/can-bo/tiep-nhan/xong/{at_work.code}",
            f"/can-bo/ho-so/{online.code}",
            f"/can-bo/ho-so/{online.code}/viec/thu-tien",
            "/dieu-hanh/",
        ],
        desk.SPECIALIST: [
            f"/can-bo/ho-so/{at_work.code}/viec/{slug}" for slug in ("yeu-cau-bo-sung", "du-thao", "trinh", "tu-choi")
        ],
        desk.LEADER: ["/can-bo/cho-ky", f"/can-bo/ho-so/{to_sign.code}"],
        desk.CLERK: ["/can-bo/cho-so"],
    }
    return {
        address: client.get(address).content.decode()
        for username, addresses in visited.items()
        for client in [desk.officer(username)]
        for address in addresses
    }


@pytest.fixture
def browser(pages: dict[str, str]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES.split())
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, pages: dict[str, str], width: int
) -> None:
    found = {}
    for address in pages:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.route("**/*", lambda route: serve(route, pages))
        page.goto(f"http://tinhso.test{address}")
        violations = Axe().run(page, options=RULES).response["violations"]
        faults = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(("too wide", ""))
        if faults:
            found[address] = faults
        page.close()
    assert found == {}


def serve(route: Route, pages: dict[str, str]) -> None:
    path = route.request.url.removeprefix("http://tinhso.test")
    if path.startswith("/static/"):
        file = Path(str(finders.find(path.removeprefix("/static/"))))
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
        return
    if path not in pages:
        route.fulfill(status=204)
        return
    headers = {"Content-Security-Policy": CONTENT_SECURITY.format(gateway="")}
    route.fulfill(body=pages[path], content_type="text/html; charset=utf-8", headers=headers)
