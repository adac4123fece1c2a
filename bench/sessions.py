"""Officers of a running demo, signed in cheaply, and their requests as bytes ready to be sent again and again."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.load import Request
from tinhso.demo.scenario.browser import Astray, Browser
from tinhso.demo.scenario.forms import Form
from tinhso.demo.scenario.people import OFFICER_DOOR, Offer, offers_on, search

KEY_LENGTH = 32


@dataclass(slots=True)
class Session:
    """One officer's sign-in."""

    offer: Offer
    browser: Browser

    @property
    def cookie(self) -> str:
        jar = self.browser.cookies[urlsplit(self.browser.site).netloc]
        return "; ".join(f"{name}={value}" for name, value in jar.items())

    def get(self, target: str, holds: str = "") -> Request:
        return Request("GET", target, {"Cookie": self.cookie, "Accept-Language": "vi"}, holds=holds.encode())


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled in once; each `request` is what pressing the button on a fresh page would send."""

    target: str
    cookie: str
    media_type: str
    body: bytes
    key: bytes
    origin: str

    def request(self, expect: int = 302) -> Request:
        body = self.body.replace(self.key, secrets.token_hex(KEY_LENGTH // 2).encode())
        headers = {"Cookie": self.cookie, "Content-Type": self.media_type, "Origin": self.origin}
        return Request("POST", self.target, {**headers, "Referer": self.origin + self.target}, body, expect)


def officers(site: str, words: str) -> list[Offer]:
    """The accounts that the officers' sign-in page shows for these words."""
    browser = Browser(site)
    found = offers_on(search(browser, OFFICER_DOOR, words), words)
    browser.close()
    return found


def sign_in_all(site: str, offers: Iterable[Offer]) -> list[Session]:
    """Sign every one of them in: the form is read once, for the list behind it is long; the token is the cookie's."""
    first = Browser(site)
    offers = list(offers)
    form = search(first, OFFICER_DOOR, offers[0].words).find_form(action=f"^{OFFICER_DOOR}$")
    if form is None:
        raise Astray("no sign-in form")
    return [_signed_in(site, form, offer) for offer in offers]


def _signed_in(site: str, form: Form, offer: Offer) -> Session:
    browser = Browser(site)
    browser.open("/xac-minh")
    jar = browser.cookies[urlsplit(site).netloc]
    for control in form.controls:
        if control.name == "csrfmiddlewaretoken":
            control.value = jar["csrftoken"]
    pressed = next(c for c in form.controls if c.name == "demo")
    pressed.value = offer.username
    answer = browser.send(form, pressed)
    if "can_bo" not in jar or answer.status >= 400:
        raise Astray(f"{offer.username} did not get in: {answer.describe()}")
    return Session(offer, browser)


def filled(session: Session, form: Form, button: str) -> Filled:
    """What pressing `button` sends, with its once key known so that each request gets one of its own."""
    key = form.value("_once").encode()
    if len(key) != KEY_LENGTH:
        raise Astray(f"the once key is no {KEY_LENGTH} characters: {key!r}")
    body, media_type = form.encode(form.button(button))
    origin = session.browser.site
    return Filled(urlsplit(form.action).path, session.cookie, media_type, body, key, origin)
