"""The people of the demo at their browsers: who signs in, and who holds the post that has a dossier now."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tinhso.demo.scenario.browser import Astray, Browser, Page
from tinhso.demo.scenario.dom import Node

CITIZEN_DOOR, OFFICER_DOOR = "/dang-nhap", "/can-bo/dang-nhap"


@dataclass(frozen=True, slots=True)
class Offer:
    """One account on the demo's sign-in page: its name, what its row says, and the words that find it there."""

    username: str
    says: str
    words: str


@dataclass(slots=True)
class People:
    """Everybody who takes part, each with a browser of their own, signed in at the first need."""

    site: str
    make: Callable[[str], Browser] = Browser
    _browsers: dict[str, Browser] = field(default_factory=dict)
    _offers: dict[tuple[str, str], list[Offer]] = field(default_factory=dict)

    def stranger(self) -> Browser:
        """Somebody who is not signed in."""
        return self._browsers.setdefault("", self.make(self.site))

    def citizen(self, username: str, name: str) -> Browser:
        """A citizen of the demo, found on the sign-in page by `name`."""
        return self._signed_in(CITIZEN_DOOR, Offer(username, name, name))

    def officer(self, offer: Offer) -> Browser:
        return self._signed_in(OFFICER_DOOR, offer)

    def holders(self, title: str, agency: str) -> list[Offer]:
        """The officers whose row on the sign-in page names this post (or part of its name) at this agency.

        Raises Astray without any.
        """
        if (title, agency) not in self._offers:
            words = f"{title} {agency}"
            found = offers_on(search(self.stranger(), OFFICER_DOOR, words), words)
            self._offers[title, agency] = [offer for offer in found if agency in offer.says]
        if not self._offers[title, agency]:
            raise Astray(f"nobody on the sign-in page holds “{title}” at {agency}")
        return self._offers[title, agency]

    @property
    def requests(self) -> int:
        return sum(browser.requests for browser in self._browsers.values())

    def close(self) -> None:
        for browser in self._browsers.values():
            browser.close()

    def _signed_in(self, door: str, offer: Offer) -> Browser:
        key = f"{door} {offer.username}"
        if key not in self._browsers:
            browser = self.make(self.site)
            sign_in(browser, door, offer)
            self._browsers[key] = browser
        return self._browsers[key]


def sign_in(browser: Browser, door: str, offer: Offer) -> Page:
    """Choose an account of the demo. Raises Astray where it is not offered, or the door does not open."""
    page = search(browser, door, offer.words)
    for form in page.forms:
        for control in form.controls:
            if control.name == "demo" and control.value == offer.username:
                answer = browser.submit(form, offer.username)
                if answer.path == door:
                    raise Astray(f"{offer.username} did not get in: {answer.describe()}")
                return answer
    raise Astray(f"{offer.username} is not offered on {page.describe()}")


def search(browser: Browser, door: str, words: str) -> Page:
    """The sign-in page narrowed by words, as its search box does it."""
    browser.open(door)
    form = browser.form(field="tim", method="get")
    form.fill("tim", words)
    return browser.submit(form)


def offers_on(page: Page, words: str) -> list[Offer]:
    """The accounts a sign-in page offers."""
    buttons = page.root.all("button", where=lambda node: node.get("name") == "demo" and bool(node.get("value")))
    return [Offer(button.get("value"), _row_of(button).text, words) for button in buttons]


def _row_of(node: Node) -> Node:
    above = node
    while above.parent is not None and above.tag not in ("li", "tr"):
        above = above.parent
    return above
