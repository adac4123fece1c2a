"""The killer kills only its own, the stubborn person asks the same again, and the audit finds what is broken."""

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bench.installation import Installation
from bench.tests.serving import Quiet, serving

from chaos import audit, killing
from chaos.journal import Acknowledged, Journal
from chaos.killing import Victim
from chaos.promises import Answer, Promise
from chaos.stubborn import Stubborn, once_key, same_place
from tinhso.core.context import Context
from tinhso.systems.onestop.rules import TRANSITIONS

FORM = b"csrf=1&_once=0123456789abcdef0123456789abcdef&a=b"


class Flaky(Quiet):
    """Breaks the line at the first two requests of a body, fails at the third, then answers; counts what came."""

    seen: Counter[bytes] = Counter()
    places = iter(range(1000))
    moving = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen[body] += 1
        if self.seen[body] <= 2:
            self.close_connection = True
            return
        place = f"/xong/{next(self.places) if self.moving else 1}"
        self.answer(503 if self.seen[body] == 3 else 303, Location=place)

    def do_GET(self) -> None:
        self.answer(200)


class Always(random.Random):
    """A person who sends everything twice."""

    def random(self) -> float:
        return 0.0


def posted(tmp_path: Path, *, moving: bool) -> tuple[Journal, Promise]:
    journal, twice = Journal(tmp_path / "j"), Promise("twice")
    Flaky.seen.clear()
    Flaky.moving = moving
    with serving(Flaky) as url:
        browser = Stubborn(url, journal=journal, twice=twice, chance=Always(), wait=lambda seconds: None)
        assert browser.request("POST", f"{url}/gui", FORM).status == 200
        browser.close()
    return journal, twice


def test_what_got_no_answer_is_sent_again_the_very_same_and_acknowledged_once(tmp_path: Path) -> None:
    journal, twice = posted(tmp_path, moving=False)
    (one,) = journal.acknowledged()
    assert (one.path, one.key, one.location) == ("/gui", "0123456789abcdef0123456789abcdef", "/xong/1")
    assert one.sent == 4
    assert list(Flaky.seen) == [FORM]
    assert not journal.unanswered()
    assert (twice.checked, twice.broken) == (1, [])


def test_another_answer_to_the_same_request_breaks_the_promise(tmp_path: Path) -> None:
    assert posted(tmp_path, moving=True)[1].broken


def test_a_write_without_an_answer_stays_open_in_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.begin("/a", "k")
    journal.begin("/b", "l")
    journal.acknowledge(Acknowledged("/b", "l", "/x", 1))
    assert [one.path for one in journal.unanswered()] == ["/a"]


def test_the_key_is_found_in_both_kinds_of_form() -> None:
    assert once_key(FORM) == "0123456789abcdef0123456789abcdef"
    assert once_key(b'--x\r\nContent-Disposition: form-data; name="_once"\r\n\r\nabc\r\n--x') == "abc"
    assert once_key(b"a=b") == ""


def test_an_address_with_its_greeting_is_the_same_place() -> None:
    assert same_place("/tra-cuu/A?moi=1", "/tra-cuu/A")
    assert not same_place("/tra-cuu/A", "/tra-cuu/B")


def test_the_databases_parent_is_killed_a_hundred_times_at_most() -> None:
    chance = random.Random(1)
    assert Victim.POSTMASTER in {killing.choose(chance, 99) for _ in range(500)}
    assert Victim.POSTMASTER not in {killing.choose(chance, 100) for _ in range(500)}


def test_only_processes_of_the_installation_can_be_killed(tmp_path: Path) -> None:
    script = "import time; time.sleep(60)  # tinhso.core.running.web"
    process = subprocess.Popen([sys.executable, "-c", script])
    try:
        installation = Installation(tmp_path, 1)
        for victim in Victim:
            assert killing.candidates(installation, victim) == []
        installation.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        assert [one.pid for one in killing.candidates(installation, Victim.SUPERVISOR)] == [installation.process.pid]
        assert killing.kill(installation, Victim.SUPERVISOR, random.Random(1)) == installation.process.pid
        assert installation.process.wait() == -9
        assert process.poll() is None
        assert os.getpid() in {one.pid for one in killing.processes()}
    finally:
        process.kill()
        process.wait()


def record(act: str, from_state: str, to_state: str) -> Any:
    return SimpleNamespace(act=act, from_state=from_state, to_state=to_state)


def test_a_state_is_what_its_records_say() -> None:
    way = [
        record("submit", "", "submitted"),
        record("accept", "submitted", "accepted"),
        record("pay", "accepted", "accepted"),
    ]
    assert audit.replayed(way, TRANSITIONS) == ("accepted", 2)


@pytest.mark.parametrize(
    "way",
    [
        [record("accept", "submitted", "accepted")],
        [record("submit", "", "submitted"), record("sign", "submitted", "in_process")],
        [record("submit", "", "submitted"), record("accept", "in_process", "accepted")],
    ],
)
def test_records_that_do_not_follow_from_each_other_are_found(way: list[Any]) -> None:
    assert audit.replayed(way, TRANSITIONS)[0] not in {"accepted", "in_process"}


def test_an_answer_is_kept_only_when_something_was_checked() -> None:
    assert not Answer("a", 1, 1, [Promise("p")]).kept
    assert Answer("a", 1, 1, [Promise("p", 3)]).kept
    assert not Answer("a", 1, 1, [Promise("p", 3, ["x"])]).kept
    assert Answer("a", 1, 2, [Promise("p", 3, ["x"])]).document() == {
        "chaos": "a",
        "seed": 1,
        "kills": 2,
        "promises": [{"name": "p", "checked": 3, "broken": 1}],
    }


@pytest.mark.django_db
def test_the_audit_finds_a_gap_in_a_book(ctx: Context) -> None:
    from tinhso.foundation.numbering.actions.take import take
    from tinhso.foundation.numbering.models import Book

    take("thu", 2026, now=ctx.now)
    assert audit.numbers_have_no_gap_or_repeat().broken == []
    Book.objects.filter(key="thu").update(last=3)
    assert audit.numbers_have_no_gap_or_repeat().broken == ["('thu', 2026): last 3, taken (1, 1, 1)"]


@pytest.mark.django_db
def test_the_audit_finds_a_code_of_a_dossier_that_is_not_there(ctx: Context) -> None:
    from tinhso.foundation.numbering.actions.take import take

    assert audit.codes_have_no_gap_or_repeat().broken == []
    take("dossier:H44.01:261123", 2026, now=ctx.now)
    assert audit.codes_have_no_gap_or_repeat().broken == ["dossier:H44.01:261123: []"]


@pytest.mark.django_db
def test_the_audit_finds_a_lost_acknowledgement_and_a_lost_file(tmp_path: Path, ctx: Context) -> None:
    from tinhso.foundation.files.actions.keep import keep
    from tinhso.foundation.files.store import path_of

    journal = Journal(tmp_path / "j")
    journal.acknowledge(Acknowledged("/nop-ho-so/x/nop/gui", "k" * 32, "/tra-cuu/H44.01-261122-0001", 1))
    assert audit.nothing_acknowledged_is_lost(journal, []).broken
    assert audit.answers_are_kept(journal).broken
    file = keep(ctx, os.urandom(9), name="a", media_type="text/plain", owner=("test", 1))
    assert audit.files_are_whole().broken == []
    path_of(file.blob_id).unlink()
    assert len(audit.files_are_whole().broken) == 1


@pytest.mark.django_db
def test_the_audit_finds_an_event_that_has_no_position(ctx: Context) -> None:
    from tinhso.foundation.events.actions.sequence import sequence

    while sequence():
        pass
    assert audit.events_are_in_order().broken == []
    from tinhso.foundation.events.actions.record import record as record_event
    from tinhso.foundation.identity.events import SessionOpened

    record_event(ctx, SessionOpened(realm="citizen", method="demo"), subject=("account", 1))
    assert len(audit.events_are_in_order().broken) == 3
