"""First light: every procedure by every channel it allows, from filing to the verified result, by pages alone."""

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import date

from tinhso.demo.samples import citizen_fact
from tinhso.demo.scenario import citizen, counter, officer
from tinhso.demo.scenario.browser import Astray, Browser, NoSuchControl
from tinhso.demo.scenario.citizen import Downloaded
from tinhso.demo.scenario.people import Offer, People
from tinhso.demo.scenario.plan import GATEWAYS, planned
from tinhso.demo.scenario.told import DossierTold, ResultTold, Story
from tinhso.demo.scenario.verify import verify
from tinhso.systems.services.releases.loading import Sample

NAME = "first-light"
MOST_ACTS = 40

Say = Callable[[str], None]


def play(site: str, today: date, only: str, say: Say) -> Story:
    """Play the whole story against the installation at `site`; a dossier that fails does not stop the others."""
    began = time.monotonic()
    people = People(site)
    ways = _in_turn(GATEWAYS)
    dossiers = []
    try:
        for sample in planned(today, only):
            told = DossierTold(sample.procedure, sample.key, sample.channel)
            dossiers.append(told)
            since = time.monotonic()
            try:
                _play(people, sample, told, ways)
            except (Astray, NoSuchControl) as fault:
                told.fault = f"{type(fault).__name__}: {fault}"
            mark = "✗" if told.fault or not told.verified else "✓"
            spent = f"{time.monotonic() - since:.1f}".replace(".", ",")
            what = f"{told.procedure} {told.sample} ({told.channel}) {told.code}"
            say(f"  {mark} {what}: {spent} giây {told.fault}".rstrip())
        return Story(NAME, dossiers, people.requests, time.monotonic() - began)
    finally:
        people.close()


def _play(people: People, sample: Sample, told: DossierTold, ways: Iterator[str]) -> None:
    browser = people.citizen(sample.applicant, citizen_fact(sample.applicant, "full_name"))
    if sample.channel == "online":
        told.code = citizen.file_online(browser, sample.procedure, sample.answers)
        told.steps.append("submit")
        if citizen.look(browser, told.code).owed:
            told.paid = next(ways)
            citizen.pay(browser, told.code, told.paid)
            told.steps.append(f"pay:{told.paid}")
    else:
        clerk = counter.find_counter(people, sample.procedure, citizen_fact(sample.applicant, "commune"))
        number = citizen_fact(sample.applicant, "personal_number")
        desk = people.officer(clerk)
        told.code, cash = counter.receive(desk, sample.procedure, number, sample.answers, sample.channel)
        told.paid = "cash" if cash else ""
        told.steps.append(f"receive:{sample.channel}")
    outside: set[str] = set()
    _work_through(people, browser, told, outside)
    results = citizen.download(browser, told.code)
    told.result = [_checked(people, told, result) for result in results]
    told.verified = bool(results) and all(one.holds(outside) for one in told.result)
    citizen.rate(browser, told.code)
    told.rated = True


def _work_through(people: People, browser: Browser, told: DossierTold, outside: set[str]) -> None:
    """Let whoever has the dossier, as its owner's page names them, do what is theirs, until nobody has it."""
    for _ in range(MOST_ACTS):
        standing = citizen.look(browser, told.code)
        told.due = standing.due or told.due
        if not standing.agency:
            told.returned = standing.state == "Đã trả kết quả"
            if not told.returned:
                raise Astray(f"nobody has {told.code}, which is “{standing.state}”")
            return
        holders = people.holders(standing.title, standing.agency)
        told.steps.append(_act(people, holders, told, outside))
    raise Astray(f"{told.code} never ends: {told.steps}")


def _act(people: People, holders: list[Offer], told: DossierTold, outside: set[str]) -> str:
    """One act by whichever of these officers the dossier's page offers one."""
    for holder in holders:
        try:
            if act := officer.do_next(people.officer(holder), told.code, told.steps, outside):
                return act
        except Astray as fault:
            if not str(fault).startswith("404"):  # not theirs to see: a colleague of the same title has it
                raise
    raise Astray(f"none of {[holder.username for holder in holders]} can do anything on {told.code}")


def _checked(people: People, told: DossierTold, paper: Downloaded) -> ResultTold:
    verdict = verify(people.stranger(), paper)
    if verdict.code != told.code:
        raise Astray(f"the register gives the paper of {told.code} to “{verdict.code}”: {verdict.said}")
    return ResultTold(hashlib.sha256(paper.data).hexdigest(), len(verdict.signed), verdict.said, verdict.genuine)


def _in_turn(ways: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from ways
