"""A browser without script: cookies of its own, follows redirects, reads pages, fills forms, fails loudly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tinhso.demo.scenario.dom import Node, parse
from tinhso.demo.scenario.forms import Control, Form, NoSuchControl, Upload, forms_of

MOST_REDIRECTS = 10
TIMEOUT_SECONDS = 60.0


class Astray(Exception):
    """Something came that a person following the story would not have come to; says which page and what it says."""


class Lost(Astray):
    """No answer: the connection broke. Whether the request was acted on is not known."""


@dataclass(frozen=True)
class Page:
    """What came in answer: a page to read, or a file."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def root(self) -> Node:
        return parse(self.body.decode("utf-8", "replace") if self.media_type in ("text/html", "") else "")

    @cached_property
    def forms(self) -> list[Form]:
        return forms_of(self.root, self.url)

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.url).path)

    @property
    def title(self) -> str:
        found = self.root.first("h1") or self.root.first("title")
        return found.text if found else self.media_type

    @property
    def text(self) -> str:
        return self.root.text

    @property
    def faults(self) -> list[str]:
        """What the page says is wrong: the summary of faults, else what it shows as an alert."""
        alerts = self.root.all(where=lambda node: node.get("role") == "alert")
        listed = [item.text for alert in alerts for item in alert.all("li")]
        return listed or [alert.text for alert in alerts if alert.text]

    def links(self) -> list[tuple[str, str]]:
        """(words, absolute address) of every link."""
        found = self.root.all("a", where=lambda node: node.has("href"))
        return [(link.text or link.get("aria-label"), urljoin(self.url, link.get("href"))) for link in found]

    def find_link(self, words: str = "", href: str = "") -> str | None:
        """The address of the first link with these words in it whose path matches the pattern `href`."""
        for said, address in self.links():
            path = urlsplit(address).path
            if words.casefold() in said.casefold() and (not href or re.search(href, unquote(path))):
                return address
        return None

    def find_form(self, *, action: str = "", field: str = "", button: str = "", method: str = "post") -> Form | None:
        """The first form that goes to a path matching `action`, has this field, and a button with these words."""
        for form in self.forms:
            path = unquote(urlsplit(form.action).path)
            if form.method != method or (action and not re.search(action, path)) or (field and not form.has(field)):
                continue
            try:
                form.button(button)
            except NoSuchControl:
                continue
            return form
        return None

    def fact(self, name: str) -> str:
        """The value of a `dt`/`dd` pair or of a table row whose heading has these words; empty when there is none."""
        for term in self.root.all("dt", "th"):
            if name.casefold() in term.text.casefold() and term.parent is not None:
                siblings = [node for node in term.parent.children if isinstance(node, Node)]
                later = siblings[siblings.index(term) + 1 :]
                if found := next((node for node in later if node.tag in ("dd", "td")), None):
                    return found.text
        return ""

    def describe(self) -> str:
        """One line for whoever reads of a failure."""
        said = f": {' · '.join(self.faults)}" if self.faults else ""
        if not said and self.status >= 400:
            paragraphs = [node.text for node in self.root.all("p") if node.text][:3]
            said = f": {' · '.join(paragraphs)}"
        return f"{self.status} {self.path} “{self.title}”{said}"


@dataclass(slots=True)
class Browser:
    """One person's browser. `site`: where addresses without a host lead. `page`: the page on the screen."""

    site: str
    page: Page | None = None
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: int = 0
    _lines: dict[str, HTTPConnection] = field(default_factory=dict)

    def open(self, address: str) -> Page:
        """Go to an address. Raises Astray where the answer is a refusal or a failure."""
        return self._show(self.request("GET", urljoin(self.site, address)))

    def follow(self, words: str = "", href: str = "") -> Page:
        """Click the link of the current page that has these words, or whose path matches `href`."""
        address = self.here.find_link(words, href)
        if address is None:
            raise Astray(f"no link {words or href!r} on {self.here.describe()}")
        return self.open(address)

    def submit(self, form: Form, button: str = "") -> Page:
        """Send a form by pressing a button. Raises Astray where the answer is a refusal or shows the form's faults."""
        return self._show(self.send(form, form.button(button)))

    def send(self, form: Form, pressed: Control | None = None) -> Page:
        """Send a form; whatever comes back is returned."""
        body, media_type = form.encode(pressed if pressed is not None else form.button())
        if form.method == "get":
            address = urldefrag(form.action).url.partition("?")[0]
            return self.request("GET", f"{address}?{body.decode()}")
        return self.request("POST", form.action, body, {"Content-Type": media_type, "Referer": self._here_url})

    @property
    def here(self) -> Page:
        if self.page is None:
            raise Astray("no page is open")
        return self.page

    def form(self, *, action: str = "", field: str = "", button: str = "", method: str = "post") -> Form:
        """The form of the current page that fits. Raises Astray."""
        found = self.here.find_form(action=action, field=field, button=button, method=method)
        if found is None:
            wanted = " ".join(part for part in (action, field, button) if part)
            there = [(urlsplit(form.action).path, form.names()) for form in self.here.forms]
            raise Astray(f"no form {wanted!r} on {self.here.describe()}; there are {there}")
        return found

    def request(self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Page:
        """Send one request and follow where it leads. Raises Lost where no whole answer comes."""
        address = urldefrag(address).url
        for _ in range(MOST_REDIRECTS):
            answer = self._once(method, address, body, dict(headers or {}))
            onward = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not onward:
                return answer
            address = urldefrag(urljoin(address, onward)).url
            if answer.status in (301, 302, 303):
                method, body, headers = "GET", b"", None
        raise Astray(f"redirected too often, last to {address}")

    def close(self) -> None:
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    @property
    def _here_url(self) -> str:
        return self.page.url if self.page else self.site

    def _show(self, page: Page) -> Page:
        if page.status >= 400:
            raise Astray(page.describe())
        self.page = page
        return page

    def _once(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Page:
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if jar := self.cookies.get(parts.netloc):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        headers.setdefault("Accept", "text/html,*/*;q=0.8")
        headers.setdefault("Accept-Language", "vi")
        if method == "POST":
            headers["Origin"] = f"{parts.scheme}://{parts.netloc}"
        answer = self._exchange(parts.netloc, method, target or "/", body, headers)
        self.requests += 1
        return Page(address, *answer)

    def _exchange(
        self, host: str, method: str, target: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        """On the kept line; a reading over a line that had grown stale is asked again on a new one."""
        fresh = host not in self._lines
        line = self._lines.setdefault(host, HTTPConnection(host, timeout=TIMEOUT_SECONDS))
        try:
            line.request(method, target, body or None, headers)
            answer = line.getresponse()
            data = answer.read()
        except (OSError, HTTPException) as error:
            line.close()
            del self._lines[host]
            if not fresh and method == "GET":
                return self._exchange(host, method, target, body, headers)
            raise Lost(f"{method} {target}: {error!r}") from error
        self._keep_cookies(host, answer.headers.get_all("Set-Cookie") or [])
        return answer.status, data, {name.lower(): value for name, value in answer.getheaders()}

    def _keep_cookies(self, host: str, given: list[str]) -> None:
        jar = self.cookies.setdefault(host, {})
        for text in given:
            for name, morsel in SimpleCookie(text).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    jar.pop(name, None)
                else:
                    jar[name] = morsel.value


__all__ = ["Astray", "Browser", "Form", "Lost", "NoSuchControl", "Page", "Upload"]
