"""What happens at a counter: the officer finds the applicant, types the form, ticks papers, takes cash, accepts."""

import re
from collections.abc import Mapping
from typing import Any

from tinhso.demo.scenario.answers import fill_answers
from tinhso.demo.scenario.browser import Astray, Browser, Form, Upload
from tinhso.demo.scenario.citizen import code_in
from tinhso.demo.scenario.papers import make_pdf
from tinhso.demo.scenario.people import Offer, People

AT_COUNTER = "tiếp nhận"
"""In the name of every post that receives."""


def find_counter(people: People, procedure: str, commune: str) -> Offer:
    """The receiving officer nearest to people of a commune, as the page “Nộp ở đâu” sends them. Raises Astray."""
    browser = people.stranger()
    browser.open(f"/thu-tuc/{procedure}/noi-nop")
    form = browser.form(field="xa", method="get")
    form.fill("xa", commune)
    page = browser.submit(form)
    for desk in [node.text for node in page.root.all(where=lambda node: "ts-card-title" in node.classes)]:
        try:
            return people.holders(AT_COUNTER, desk)[0]
        except Astray:
            continue
    raise Astray(f"no counter takes {procedure} for {commune}: {page.describe()}")


def receive(browser: Browser, procedure: str, number: str, answers: Mapping[str, Any], channel: str) -> tuple[str, str]:
    """Take a dossier in for the person with this number; returns its code and the cash taken. Raises Astray."""
    browser.open("/can-bo/tiep-nhan")
    browser.follow(href=f"^/can-bo/tiep-nhan/{re.escape(procedure)}$")
    form = browser.form(field="find_number")
    form.fill("find_number", number)
    browser.submit(form)
    browser.follow(href=f"^/can-bo/tiep-nhan/{re.escape(procedure)}/[0-9a-f-]+$")
    form = browser.form(field="channel")
    fill_answers(form, answers)
    form.fill("channel", channel)
    browser.page = browser.send(form, form.button("check"))
    form = browser.form(field="channel")
    _tick_papers(form)
    cash = _total(browser) if form.has("cash") else ""
    if cash:
        form.fill("cash", cash)
    page = browser.submit(form, "accept")
    if "/xong/" not in page.path:
        raise Astray(page.describe())
    return code_in(page), cash


def _tick_papers(form: Form) -> None:
    """One original of each paper; the first one is scanned too."""
    names = [control.name for control in form.controls]
    for name in names:
        if name.startswith("giay.") and name.endswith(".ban-chinh"):
            form.fill(name, "1")
    if scanned := next((name for name in names if name.startswith("giay.") and name.endswith(".tep")), ""):
        form.attach(scanned, Upload("quet.pdf", make_pdf("Ban quet tai quay")))


def _total(browser: Browser) -> str:
    """The sum that the page says is to be taken."""
    found = re.search(r"Phải thu ([\d.]+)\s*đồng", browser.here.text)
    if found is None:
        raise Astray(f"cash is asked for, but no sum is said: {browser.here.describe()}")
    return found[1]
