"""People at work while processes are killed: each files dossiers, or takes them in, and carries them to their end."""

import random
import threading
from dataclasses import dataclass, field

from chaos.journal import Journal
from chaos.promises import Promise
from chaos.stubborn import Stubborn
from tinhso.core.time import business_date, clock
from tinhso.demo.samples import citizen_fact
from tinhso.demo.scenario import citizen, counter, officer
from tinhso.demo.scenario.browser import Astray, Browser, NoSuchControl
from tinhso.demo.scenario.people import People
from tinhso.systems.services.releases.loading import Sample, load_samples

ROLES = (
    ("1.001193", "bi-bo-roi", "online"),
    ("2.000815", "bang-tot-nghiep", "in_person"),
    ("1.001193", "bi-bo-roi", "in_person"),
    ("1.001193", "chua-xac-dinh-cha", "online"),
)
"""What each client does again and again: free dossiers online and at the counter, and one with a fee in cash."""

MOST_ACTS = 40


@dataclass(slots=True)
class Client:
    """One thread. `done`: dossiers carried to their end. `faults`: what a person would have called help for."""

    number: int
    site: str
    journal: Journal
    twice: Promise
    lock: threading.Lock
    seed: int
    done: int = 0
    faults: list[str] = field(default_factory=list)

    def run(self, stop: threading.Event) -> None:
        procedure, key, channel = ROLES[self.number % len(ROLES)]
        samples = load_samples(procedure, business_date(clock()), citizen_fact)
        sample = next(one for one in samples if one.key == key)
        people = People(self.site, self._browser)
        while not stop.is_set():
            try:
                self._carry(people, sample, channel)
                self.done += 1
            except (Astray, NoSuchControl) as fault:
                self.faults.append(f"{type(fault).__name__}: {fault}")
                people.close()
                people = People(self.site, self._browser)
                stop.wait(1)
        people.close()

    def _browser(self, site: str) -> Browser:
        chance = random.Random(f"{self.seed}/{self.number}")  # noqa: S311
        return Stubborn(site, journal=self.journal, twice=self.twice, chance=chance, lock=self.lock)

    def _carry(self, people: People, sample: Sample, channel: str) -> None:
        code = self._file(people, sample, channel)
        done: list[str] = []
        for _ in range(MOST_ACTS):
            standing = citizen.look(self._owner(people, sample), code)
            if not standing.agency:
                return
            done.append(self._act(people, code, standing, done))
        raise Astray(f"{code} never ends: {done}")

    def _file(self, people: People, sample: Sample, channel: str) -> str:
        if channel == "online":
            return citizen.file_online(self._owner(people, sample), sample.procedure, sample.answers)
        clerk = counter.find_counter(people, sample.procedure, citizen_fact(sample.applicant, "commune"))
        number = citizen_fact(sample.applicant, "personal_number")
        return counter.receive(people.officer(clerk), sample.procedure, number, sample.answers, channel)[0]

    def _owner(self, people: People, sample: Sample) -> Browser:
        return people.citizen(sample.applicant, citizen_fact(sample.applicant, "full_name"))

    def _act(self, people: People, code: str, standing: citizen.Standing, done: list[str]) -> str:
        for holder in people.holders(standing.title, standing.agency):
            if act := officer.do_next(people.officer(holder), code, done):
                return act
        raise Astray(f"nobody can do anything on {code}")


def start(clients: list[Client], stop: threading.Event) -> list[threading.Thread]:
    threads = [
        threading.Thread(target=client.run, args=(stop,), name=f"client-{client.number}", daemon=True)
        for client in clients
    ]
    for thread in threads:
        thread.start()
    return threads
