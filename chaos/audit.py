"""The audit after the kills, straight from the database and the blob folder.

`python -m chaos.audit JOURNAL` in the installation's environment prints the promises as JSON; run by `audit_of`.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.installation import Installation

from chaos.journal import Journal
from chaos.promises import Promise

ACTS = {
    "tiep-nhan": "accept",
    "nhan-viec": "claim",
    "du-thao": "draft_result",
    "trinh": "propose",
    "ky": "sign",
    "phat-hanh": "issue",
    "tra-ket-qua": "hand_result",
}
"""The desk's addresses and the acts recorded for them."""

_ACT = re.compile(r"^/can-bo/ho-so/([^/]+)/viec/([\w-]+)$")
_CODE = re.compile(r"^/(?:tra-cuu|can-bo/tiep-nhan/xong)/([^/?]+)")


def audit_of(installation: Installation, journal: Journal) -> list[Promise]:
    """Audit in a process of the installation. Raises RuntimeError where the audit itself cannot run."""
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "chaos.audit",
            str(journal.path),
            json.dumps([one.path for one in journal.unanswered()]),
        ],
        env=installation.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise RuntimeError(told.stderr[-3000:])
    return [Promise(**row) for row in json.loads(told.stdout.strip().splitlines()[-1])]


def main() -> None:
    from tinhso.core.running.needs import have_database, have_django

    have_database()
    have_django()
    journal = Journal(Path(sys.argv[1]))
    begun = json.loads(sys.argv[2])
    promises = [
        nothing_acknowledged_is_lost(journal, begun),
        answers_are_kept(journal),
        numbers_have_no_gap_or_repeat(),
        codes_have_no_gap_or_repeat(),
        events_are_in_order(),
        states_follow_from_records(),
        files_are_whole(),
        money_balances(),
    ]
    rows = [{"name": one.name, "checked": one.checked, "broken": one.broken} for one in promises]
    print(json.dumps(rows, ensure_ascii=False))


def nothing_acknowledged_is_lost(journal: Journal, begun: list[str]) -> Promise:
    """Every acknowledged dossier exists, and every acknowledged act left one record: no more, no fewer."""
    from tinhso.foundation.cases.models import Case, StepRecord

    promise = Promise("acknowledged")
    acts: Counter[tuple[str, str]] = Counter()
    for one in journal.acknowledged():
        if found := _ACT.match(one.path):
            acts[found[1], ACTS.get(found[2], found[2])] += 1
        elif found := _CODE.match(one.location):
            promise.check(Case.objects.filter(code=found[1]).count() == 1, f"{one.path}: {found[1]} is not there")
    maybe = Counter((found[1], ACTS.get(found[2], found[2])) for path in begun if (found := _ACT.match(path)))
    cases = dict(Case.objects.values_list("id", "code"))
    rows = StepRecord.objects.filter(act__in=ACTS.values()).values_list("case_id", "act", "post_id", "step")
    received = set(StepRecord.objects.filter(act="receive").values_list("case_id", flat=True))
    recorded = Counter((cases[case], act) for case, act, _, _ in rows if not (act == "accept" and case in received))
    for pair in acts.keys() | recorded.keys():
        fits = acts[pair] <= recorded[pair] <= acts[pair] + maybe[pair]
        promise.check(fits, f"{pair[0]} {pair[1]}: acknowledged {acts[pair]}, recorded {recorded[pair]}")
    return promise


def answers_are_kept(journal: Journal) -> Promise:
    """The stored answer of each key is the one that was given."""
    from tinhso.foundation.events.models import RequestKey

    promise = Promise("answers")
    kept: dict[str, list[str]] = {}
    for key, location in RequestKey.objects.values_list("key", "location"):
        kept.setdefault(key, []).append(location)
    for one in journal.acknowledged():
        stored = kept.get(one.key, [])
        promise.check(len(stored) <= 1, f"{one.path}: key {one.key} is kept {len(stored)} times")
        if _ACT.match(one.path) or one.path.endswith("/nop/gui") or "/tiep-nhan/xong/" in one.location:
            same = [location.partition("?")[0] for location in stored] == [one.location.partition("?")[0]]
            promise.check(same, f"{one.path}: answered {one.location}, kept {stored}")
    return promise


def numbers_have_no_gap_or_repeat() -> Promise:
    """Each book's last number is how many were taken, and each taken one stands on a paper."""
    from django.db.models import Count, Max, Min

    from tinhso.foundation.numbering.models import Book, Taken
    from tinhso.foundation.payments.models import Receipt
    from tinhso.systems.onestop.models import Result

    promise = Promise("numbers")
    rows = Taken.objects.values("key", "year").annotate(n=Count("number"), low=Min("number"), high=Max("number"))
    taken = {(row["key"], row["year"]): (row["n"], row["low"], row["high"]) for row in rows}
    books = {(book.key, book.year): book.last for book in Book.objects.all()}
    for key in books.keys() | taken.keys():
        last = books.get(key, 0)
        promise.check(taken.get(key) == (last, 1, last), f"{key}: last {last}, taken {taken.get(key)}")
    issued = Result.objects.filter(number__isnull=False)
    pairs = list(issued.values_list("notation", "agency_id"))
    promise.check(len(set(pairs)) == len(pairs), "a result's number was given twice")
    used = sum(last for (key, _), last in books.items() if key.startswith("result:"))
    promise.check(used == len(pairs), f"{used} result numbers taken, {len(pairs)} on papers")
    receipts = Counter(Receipt.objects.values_list("book", "year"))
    for receipt_book, count in receipts.items():
        promise.check(books.get(receipt_book) == count, f"{receipt_book}: {count} receipts, {books.get(receipt_book)}")
    return promise


def codes_have_no_gap_or_repeat() -> Promise:
    """The dossiers of an agency and day are numbered 1, 2, 3 … as its book says."""
    from tinhso.foundation.cases.models import Case
    from tinhso.foundation.numbering.models import Book

    promise = Promise("codes")
    found: dict[str, list[int]] = {}
    for code in Case.objects.filter(kind="dossier").values_list("code", flat=True):
        agency, day, ordinal = code.rsplit("-", 2)
        found.setdefault(f"dossier:{agency}:{day}", []).append(int(ordinal))
    for book in Book.objects.filter(key__startswith="dossier:"):
        wanted = list(range(1, book.last + 1))
        promise.check(sorted(found.get(book.key, [])) == wanted, f"{book.key}: {sorted(found.get(book.key, []))}")
    promise.check(found.keys() <= {book.key for book in Book.objects.all()}, "a dossier's code is of no book")
    return promise


def events_are_in_order() -> Promise:
    """Each event has one position, positions have no gap, and its commitment still says what it said."""
    from django.db.models import Max

    from tinhso.core.crypto import WrongKey
    from tinhso.core.errors import DomainError
    from tinhso.foundation.events.actions.record import commitment
    from tinhso.foundation.events.models import Event, Pending, Position, PrivatePart

    promise = Promise("events")
    events = Event.objects.count()
    positions, last = Position.objects.count(), Position.objects.aggregate(last=Max("position"))["last"] or 0
    promise.check(not Pending.objects.exists(), f"{Pending.objects.count()} events wait for a position")
    promise.check(events == positions == last, f"{events} events, {positions} positions, the last {last}")
    placed = set(Position.objects.values_list("event_id", flat=True))
    for event in Event.objects.iterator():
        try:
            part = PrivatePart.objects.get(event_id=event.id)
            fits = commitment(event, bytes(part.salt), part.body) == bytes(event.commitment)
        except (PrivatePart.DoesNotExist, DomainError, WrongKey):
            fits = False
        promise.check(fits and event.id in placed, f"event {event.id} {event.type}")
    return promise


def states_follow_from_records() -> Promise:
    """Each dossier's state and version are what its step records and the table of transitions give."""
    from tinhso.foundation.cases.models import Case, StepRecord, Task
    from tinhso.systems.onestop.rules import TRANSITIONS

    promise = Promise("states")
    records: dict[int, list[StepRecord]] = {}
    for row in StepRecord.objects.order_by("recorded_at", "id"):
        records.setdefault(row.case_id, []).append(row)
    open_work = Counter(Task.objects.values_list("case_id", flat=True))
    promise.check(
        records.keys() == set(Case.objects.values_list("id", flat=True)), "a case has no record, or a record no case"
    )
    for case in Case.objects.all():
        state, version = replayed(records.get(case.pk, []), TRANSITIONS)
        fits = (state, version) == (case.business, case.version)
        promise.check(fits, f"{case.code}: {case.business}/{case.version}, records say {state}/{version}")
        ended = case.business not in TRANSITIONS
        promise.check(open_work[case.pk] == (0 if ended else 1), f"{case.code}: {open_work[case.pk]} open tasks")
    return promise


UNCOUNTED = frozenset({"pay", "waive", "refund"})
"""What the machine notes beside people's work, at the instant of the event it follows: it moves no state, makes
nobody's screen old, and stands in no order with what people did in that same instant."""


def replayed(records: "list[Any]", transitions: dict[str, dict[str, str]]) -> tuple[str, int]:
    """State and version after these records in order; the state says what is wrong where the table does not fit."""
    state, version = "", 0
    for row in records:
        if row.act in UNCOUNTED:
            if row.from_state != row.to_state:
                return f"{row.act} moves {row.from_state} to {row.to_state}", version
            continue
        if not state:
            state, version = row.to_state, 1
            if row.act not in ("submit", "receive") or row.to_state != "submitted":
                return f"begins with {row.act}", 0
            continue
        if row.from_state != state or transitions.get(state, {}).get(row.act) != row.to_state:
            return f"{row.act} from {row.from_state} to {row.to_state} while {state}", version
        state = row.to_state
        version += 1
    return state, version


def files_are_whole() -> Promise:
    """Every file that a row refers to is there, opens with the installation's key, and is what its name says."""
    import hashlib

    from tinhso.foundation.files import store
    from tinhso.foundation.files.models import Blob

    promise = Promise("files")
    for blob in Blob.objects.all():
        try:
            data = store.get(blob.sha256)
            fits = hashlib.sha256(data).hexdigest() == blob.sha256 and len(data) == blob.size
        except Exception as fault:
            promise.check(False, f"blob {blob.sha256}: {fault!r}")
        else:
            promise.check(fits, f"blob {blob.sha256} is not what its name says")
    return promise


def money_balances() -> Promise:
    """Each request is charged once, paid no more than asked, and has one receipt when nothing is due."""
    from tinhso.foundation.payments.models import PaymentEntry, PaymentRequest, Receipt
    from tinhso.foundation.payments.queries import standing_of

    promise = Promise("money")
    receipts = Counter(Receipt.objects.values_list("request_id", flat=True))
    entries: dict[int, list[Any]] = {}
    for entry in PaymentEntry.objects.filter(request__isnull=False):
        entries.setdefault(entry.request_id or 0, []).append(entry)
    for request in PaymentRequest.objects.all():
        rows = entries.get(request.pk, [])
        charged = sum(row.amount for row in rows if row.kind == "charge")
        paid = sum(row.amount for row in rows if row.kind == "payment")
        due = standing_of(request).due
        promise.check(charged == request.amount, f"{request}: charged {charged} of {request.amount}")
        promise.check(due == request.amount - paid >= 0, f"{request}: paid {paid} of {request.amount}, due {due}")
        promise.check(
            receipts[request.pk] == (0 if due else 1), f"{request}: {receipts[request.pk]} receipts, due {due}"
        )
    return promise


if __name__ == "__main__":
    main()
