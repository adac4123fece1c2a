"""Take the pictures of this folder: `script/screenshots URL`, of a demo in which the scenario has run.

A few dossiers are handed in at counters first, so that somebody has work; we look over that officer's shoulder.
"""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tinhso.core.time import business_date, clock
from tinhso.demo.samples import citizen_fact
from tinhso.demo.scenario import citizen, counter
from tinhso.demo.scenario.people import Offer, People
from tinhso.demo.scenario.plan import planned

HERE = Path(__file__).parent
WIDTHS = (320, 1280)
TALLEST = 1800
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
CITIZEN, BIRTH = "nguyen-thi-lan", "1.001193"


def sign_in(page: Page, door: str, words: str) -> None:
    """Choose the first demo account that answers `words`."""
    page.goto(f"{door}?tim={words}")
    page.locator("button[name=demo]").first.click()
    page.wait_for_load_state()


def hand_in(site: str) -> Offer:
    """Dossiers for one commune's civil status officer, who is returned."""
    people = People(site)
    samples = [one for one in planned(business_date(clock()), "1.004873") if one.channel == "in_person"]
    who = samples[0].applicant
    clerk = people.officer(counter.find_counter(people, samples[0].procedure, citizen_fact(who, "commune")))
    number = citizen_fact(who, "personal_number")
    codes = [counter.receive(clerk, one.procedure, number, one.answers, one.channel)[0] for one in samples[:1] * 4]
    standing = citizen.look(people.citizen(who, citizen_fact(who, "full_name")), codes[-1])
    found = people.holders(standing.title, standing.agency)[0]
    people.close()
    return found


def visit(browser: Browser, base: str, width: int, holder: Offer) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=base, locale="vi-VN")
    page = context.new_page()

    def keep(name: str, path: str = "") -> None:
        if path:
            page.goto(path)
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.screenshot(
            path=HERE / f"{name}-{width}.png", clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True
        )

    keep("home", "/")
    keep("search", "/thu-tuc?q=dang+ky+thuong+tru")
    keep("procedure", f"/thu-tuc/{BIRTH}")
    keep("verify", "/xac-minh")
    sign_in(page, "/dang-nhap", "Lan")
    _file(page, keep)
    code = _a_returned_dossier(page)
    if code:
        keep("tracking", f"/tra-cuu/{code}")
    _officer(context, keep, page, holder)
    context.close()


def _file(page: Page, keep: Callable[..., None]) -> None:
    page.goto(f"/nop-ho-so/{BIRTH}")
    button = page.locator("main form button[type=submit], main form button:not([type])").first
    if button.count():
        button.click()
        page.wait_for_load_state()
    first = page.locator("main a[href*='/nop-ho-so/']").first
    if first.count():
        first.click()
        page.wait_for_load_state()
    keep("filing")


def _a_returned_dossier(page: Page) -> str:
    page.goto("/cua-toi")
    links = page.locator("a[href^='/tra-cuu/']")
    hrefs = [links.nth(number).get_attribute("href") or "" for number in range(links.count())]
    codes = [found[1] for href in hrefs if (found := re.fullmatch(r"/tra-cuu/([^/]+)", href))]
    return codes[0] if codes else ""


def _officer(context: BrowserContext, keep: Callable[..., None], page: Page, holder: Offer) -> None:
    page.goto(f"/can-bo/dang-nhap?tim={holder.words}")
    page.locator(f"button[name=demo][value='{holder.username}']").click()
    page.wait_for_load_state()
    keep("inbox", "/can-bo/")
    keep("case", page.locator("a[href^='/can-bo/ho-so/']").first.get_attribute("href") or "")
    keep("wall", "/dieu-hanh/")
    context.clear_cookies()
    sign_in(page, "/can-bo/dang-nhap", "tiep nhan viet tri")
    keep("counter", "/can-bo/tiep-nhan")


def main() -> None:
    holder = hand_in(sys.argv[1])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES.split())
        for width in WIDTHS:
            visit(browser, sys.argv[1], width, holder)
        browser.close()


if __name__ == "__main__":
    main()
