"""A browser whose person does not give up: what got no answer is sent again, the very same; some of it without need."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from chaos.journal import Acknowledged, Journal
from chaos.promises import Promise
from tinhso.demo.scenario.browser import Astray, Browser, Form, Lost, Page

PATIENCE_SECONDS = 180.0
TRANSIENT = frozenset({500, 502, 503, 504})
"""Answers of a server whose database or worker was just killed: nothing was done, so it is asked again."""

AGAIN_SHARE = 0.2
"""So many of the answered writes are sent once more, half of them at the same time from a second line."""


class GaveUp(Astray):
    """Nobody answered for so long that the story cannot go on."""


@dataclass(slots=True)
class Stubborn(Browser):
    """See the module. `journal` keeps what was acknowledged, `twice` what came of sending again."""

    journal: Journal | None = None
    twice: Promise | None = None
    chance: random.Random = field(default_factory=random.Random)
    lock: threading.Lock = field(default_factory=threading.Lock)
    wait: Callable[[float], None] = time.sleep

    def _once(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Page:
        key = once_key(body) if method == "POST" else ""
        path = urlsplit(address).path
        if key and self.journal:
            self.journal.begin(path, key)
        answer, sent = self._until_answered(method, address, body, headers)
        if key and self.journal:
            self._note(path, key, answer, sent)
            if answer.headers.get("location") and self.chance.random() < AGAIN_SHARE:
                self._send_again(method, address, body, headers, answer)
        return answer

    def _until_answered(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> tuple[Page, int]:
        last, sent = time.monotonic() + PATIENCE_SECONDS, 0
        while True:
            sent += 1
            try:
                answer = Browser._once(self, method, address, body, dict(headers))
                if form := self._to_send_again(answer, sent):
                    body, media_type = form.encode(form.button())
                    headers = {**headers, "Content-Type": media_type}
                elif answer.status not in TRANSIENT:
                    return answer, sent
                fault = answer.describe()
            except Lost as lost:
                fault = str(lost)
            if time.monotonic() > last:
                raise GaveUp(f"{method} {address}: {fault}")
            self.wait(0.2)

    def _to_send_again(self, answer: Page, sent: int) -> Form | None:
        """After a failure a page's token may have grown old: then the page offers to send what was typed again."""
        return answer.find_form(button="Gửi lại") if answer.status == 403 and sent > 1 else None

    def _note(self, path: str, key: str, answer: Page, sent: int) -> None:
        journal = self.journal
        if journal is None:
            return
        if location := answer.headers.get("location", ""):
            journal.acknowledge(Acknowledged(path, key, location, sent))
        else:
            journal.refuse(key)

    def _send_again(self, method: str, address: str, body: bytes, headers: dict[str, str], first: Page) -> None:
        """The same write once more, sometimes twice at a time: each must be answered as the first was."""
        answers: list[Page] = []
        if self.chance.random() < 0.5:
            answers.append(self._until_answered(method, address, body, headers)[0])
        else:
            both = [Browser(self.site, cookies={host: dict(jar) for host, jar in self.cookies.items()}) for _ in "ab"]
            threads = [threading.Thread(target=_post, args=(b, method, address, body, headers, answers)) for b in both]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        wanted = first.headers.get("location", "")
        with self.lock:
            for answer in answers:
                given = answer.headers.get("location", "")
                if self.twice is not None and answer.status not in TRANSIENT:
                    breach = f"{urlsplit(address).path}: first {wanted}, then {answer.status} {given}"
                    self.twice.check(same_place(given, wanted), breach)


def same_place(given: str, wanted: str) -> bool:
    """The same page; what a first answer adds for the eye (`?moi=1`) is no part of it."""
    return given.partition("?")[0] == wanted.partition("?")[0]


def once_key(body: bytes) -> str:
    """The idempotency key in a posted form, urlencoded or multipart; empty without one."""
    for begin in (b"_once=", b'name="_once"\r\n\r\n'):
        if begin in body:
            rest = body.partition(begin)[2]
            return rest[:64].split(b"&")[0].split(b"\r\n")[0].decode("ascii", "replace")
    return ""


def _post(
    browser: Browser, method: str, address: str, body: bytes, headers: dict[str, str], answers: list[Page]
) -> None:
    try:
        answers.append(Browser._once(browser, method, address, body, dict(headers)))
    except Lost:
        return
    finally:
        browser.close()
