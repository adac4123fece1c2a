"""A supplement is put together by its owner alone, and sent whole, whoever presses at the same time."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connections

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, DomainError, NotFound
from tinhso.core.time import clock
from tinhso.faces.public.tests import world
from tinhso.foundation.cases.models import Case, CasePaper
from tinhso.foundation.files import store
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.files.rules import Accepted
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.models import Supplement
from tinhso.systems.services.actions.supplement import gather, hand_in, put_back

PAPER = "giay-chung-sinh"


def scan(number: int) -> Accepted:
    return Accepted(b"a scan that nobody else has %d" % number, "image/jpeg", "jpg")


def begin() -> tuple[Context, Case]:
    """A dossier that waits for one paper, and its owner."""
    case = world.asked(world.filed(world.signed_in()))
    return Context(now=clock(), account_id=case.filed_by_id), case


@pytest.mark.django_db
def test_only_the_owner_puts_a_supplement_together() -> None:
    owner, case = begin()
    gather(owner, case, PAPER, "a.jpg", scan(3))
    ready = FileRef.objects.get(owner_kind=f"supplement:{PAPER}")
    others = Account.objects.exclude(pk=owner.actor).exclude(party__cases=case)
    for stranger in (others.filter(realm="citizen")[0], others.filter(realm="officer")[0]):
        theirs = replace(owner, account_id=stranger.pk)
        acts: list[Callable[[], object]] = [
            lambda c=theirs: gather(c, case, PAPER, "b.jpg", scan(4)),  # type: ignore[misc]
            lambda c=theirs: put_back(c, case, ready),  # type: ignore[misc]
            lambda c=theirs: hand_in(c, case, case.version),  # type: ignore[misc]
        ]
        for act in acts:
            with pytest.raises(NotFound):
                act()
    put_back(owner, case, ready)
    assert not FileRef.objects.filter(pk=ready.pk).exists()


@pytest.mark.django_db
def test_nothing_is_added_to_a_supplement_that_was_sent() -> None:
    owner, case = begin()
    Supplement.objects.filter(case=case).update(answered_at=owner.now)
    with pytest.raises(Conflict):
        gather(owner, case, PAPER, "a.jpg", scan(5))


def test_a_file_added_while_it_is_sent_is_attached_or_refused(fresh_database: str) -> None:
    owner, case = begin()
    gather(owner, case, PAPER, "a.jpg", scan(6))
    ready = FileRef.objects.get(owner_kind=f"supplement:{PAPER}")
    outcomes: dict[str, object] = {}
    start = threading.Barrier(3)

    def run(name: str, act: Callable[[], object]) -> None:
        start.wait()
        try:
            outcomes[name] = act() or "done"
        except Exception as fault:
            outcomes[name] = fault
        connections.close_all()

    threads = [
        threading.Thread(target=run, args=(name, act))
        for name, act in {
            "add": lambda: gather(owner, case, PAPER, "b.jpg", scan(7)),
            "take": lambda: put_back(owner, case, ready),
            "send": lambda: hand_in(owner, case, case.version),
        }.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [found for found in outcomes.values() if isinstance(found, Exception)]
    assert all(isinstance(fault, DomainError) for fault in faults), outcomes
    sent = set(CasePaper.objects.filter(case=case, round=1).values_list("file_id", flat=True))
    files = FileRef.objects.filter(blob_id__in=[store.name_of(scan(n).data) for n in (6, 7)])
    waiting = Supplement.objects.filter(case=case, answered_at__isnull=True).exists()
    assert all(file.pk in sent or (waiting and file.owner_kind == f"supplement:{PAPER}") for file in files)
