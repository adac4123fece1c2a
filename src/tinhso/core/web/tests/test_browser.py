"""The pages in a browser: axe finds nothing, nothing is wider than a phone, keys do what they say.

Pages are rendered here and handed to the browser by path: no server, no database.
"""

import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tinhso.core.errors import Conflict
from tinhso.core.web.middleware import CONTENT_SECURITY
from tinhso.core.web.tests import test_pages as pages
from tinhso.core.web.views import styleguide

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (Debian: apt-get install chromium)")

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
SHELLS = ["/mau/", "/mau/ban-lam-viec", "/mau/man-hinh", "/mau/ban-in"]
REFUSALS = [f"/tu-choi/{name}" for name in pages.REFUSALS]


def answer(path: str) -> str:
    """The page at a path of this test's own little site."""
    request = RequestFactory().get(path)
    _, place, name = path.split("/", 2)
    if place == "mau":
        return styleguide(request, name).content.decode()
    error = Conflict("Hồ sơ này vừa được chuyển bước.", changes=("Bước: thẩm định → trình ký",))
    context = {"kept": [("Ý kiến", "Đề nghị bổ sung.")], "action": "/nop", "changes": error.changes}
    return render_to_string(f"web/errors/{name}.html", context, request)


def serve(route: Route) -> None:
    path = route.request.url.removeprefix("http://tinhso.test")
    if path.startswith("/static/"):
        found = Path(str(finders.find(path.removeprefix("/static/"))))
        route.fulfill(body=found.read_bytes(), content_type=mimetypes.guess_type(found.name)[0] or "font/woff2")
        return
    headers = {"Content-Security-Policy": CONTENT_SECURITY.format(gateway="")}
    with translation.override("vi"):
        route.fulfill(body=answer(path), content_type="text/html; charset=utf-8", headers=headers)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES.split())
        yield opened
        opened.close()


def visit(browser: Browser, path: str, width: int = 1280, *, script: bool = True) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page.route("**/*", serve)
    page.goto(f"http://tinhso.test{path}")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", SHELLS + REFUSALS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browser: Browser, path: str, width: int) -> None:
    page = visit(browser, path, width)
    found = [(rule["id"], rule["nodes"][0]["html"]) for rule in Axe().run(page, options=RULES).response["violations"]]
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.close()
    assert (found, too_wide) == ([], False)


@pytest.mark.parametrize("path", SHELLS)
def test_the_content_policy_stops_nothing_of_ours(browser: Browser, path: str) -> None:
    faults: list[str] = []
    page = browser.new_page()
    page.route("**/*", serve)
    page.on("console", lambda message: faults.append(message.text))
    page.goto(f"http://tinhso.test{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Tỉnh Số')")
    page.close()
    assert faults == []


def test_a_refused_form_puts_the_faults_first_and_leads_to_the_field(browser: Browser) -> None:
    page = visit(browser, "/mau/")
    assert page.evaluate("document.activeElement.id") == "faults"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.type("678")
    assert page.input_value("#f-phone") == "0912 345678"
    page.close()


def test_the_desk_is_walked_with_j_and_k(browser: Browser) -> None:
    page = visit(browser, "/mau/ban-lam-viec")
    focused = "document.activeElement.getAttribute('href')"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "#2"
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.evaluate(focused) == "#1"
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("input[type=search]") == "jk"
    page.close()


def test_shortcuts_can_be_switched_off(browser: Browser) -> None:
    page = visit(browser, "/mau/ban-lam-viec")
    page.keyboard.press("?")
    page.uncheck("[data-keys-switch]")
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-row')") is False
    page.close()


def test_the_action_bar_is_in_sight_without_script(browser: Browser) -> None:
    for width in (320, 1280):
        page = visit(browser, "/mau/ban-lam-viec", width, script=False)
        page.locator(".ts-pane-case h1").scroll_into_view_if_needed()
        box = page.locator(".ts-actionbar").bounding_box()
        assert box is not None
        assert 0 < box["y"] < 800
        page.close()
