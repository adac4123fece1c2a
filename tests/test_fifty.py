"""Fifty people press at once: on real PostgreSQL, with real threads and real commits."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.story import citizen, filed, filing_of, officer_at, open_task, sample, work_through
from tinhso.core.context import Context
from tinhso.core.errors import DomainError
from tinhso.core.time import business_date
from tinhso.demo.law import DEMO_PIN
from tinhso.foundation.cases.actions.draft_release import (
    begin_draft,
    publish_draft,
    review_release,
    submit_release,
    write_draft,
)
from tinhso.foundation.cases.models import Case, ReleasePublication, StepRecord
from tinhso.foundation.cases.release import StepKind
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.actions import decide, handle
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.models import Result

pytestmark = pytest.mark.usefixtures("fresh_database")
CROWD = 50
BIRTH, MARRIAGE = "1.001193", "1.004873"


def at_once(acts: Sequence[Callable[[], Any]]) -> Counter[str]:
    """Everybody begins together; how many succeeded (`done`), and how many were refused, by the kind of refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        start.wait(timeout=60)
        try:
            act()
            return "done"
        except DomainError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return Counter(threads.map(run, acts))


def test_fifty_who_file_get_fifty_codes_without_a_gap(ctx: Context) -> None:
    one = sample(BIRTH, "online")
    filings, person = [filing_of(ctx, one) for _ in range(CROWD)], citizen(ctx, one)
    assert at_once([partial(submit, person, filing) for filing in filings]) == {"done": CROWD}
    ordinals = sorted(int(code.rpartition("-")[2]) for code in Case.objects.values_list("code", flat=True))
    assert ordinals == list(range(1, CROWD + 1))


def test_of_fifty_who_claim_the_same_work_one_has_it(ctx: Context) -> None:
    case = filed(ctx, sample(MARRIAGE, "in_person"))
    task = open_task(case)
    assert task is not None
    officer = officer_at(ctx, task)
    assert at_once([lambda: handle.claim(officer, case.pk, case.version)] * CROWD) == {"done": 1, "Conflict": CROWD - 1}
    assert StepRecord.objects.filter(case_id=case.pk, act="claim").count() == 1


def test_fifty_clerks_give_ten_results_ten_numbers(ctx: Context) -> None:
    cases = [filed(ctx, sample(MARRIAGE, "in_person")) for _ in range(10)]
    later = [work_through(ctx, case, until=StepKind.ISSUE) for case in cases][-1]
    presses: list[Callable[[], Any]] = []
    for case in cases:
        task = open_task(case)
        assert task is not None
        officer = officer_at(later, task)
        presses += [partial(decide.issue, officer, case.pk, case.version, DEMO_PIN)] * 5
    told = at_once(presses)
    assert (told["done"], told["Conflict"] + told["Forbidden"]) == (10, 40)
    numbers = Result.objects.filter(case__in=cases).values_list("agency_id", "book", "number")
    by_book: dict[tuple[int, str], list[int | None]] = {}
    for agency, book, number in numbers:
        by_book.setdefault((agency, book), []).append(number)
    assert all(set(given) == set(range(1, len(given) + 1)) for given in by_book.values())


def test_of_fifty_who_publish_the_same_draft_one_does(ctx: Context) -> None:
    first, second = (replace(ctx, account_id=row.pk) for row in Account.objects.filter(realm="officer")[:2])
    draft = begin_draft(first, MARRIAGE)
    write_draft(first, draft.pk, 1, {**draft.document, "short_name": "Độc thân"})
    submit_release(first, draft.pk, 2)
    review_release(second, draft.pk, 3, approved=True, remark="")
    before, day = ReleasePublication.objects.count(), business_date(ctx.now) + timedelta(days=1)
    assert at_once([lambda: publish_draft(first, draft.pk, 4, day)] * CROWD) == {"done": 1, "Conflict": CROWD - 1}
    assert ReleasePublication.objects.count() == before + 1


def test_of_fifty_who_begin_a_draft_one_does(ctx: Context) -> None:
    writer = replace(ctx, account_id=Account.objects.filter(realm="officer")[0].pk)
    assert at_once([lambda: begin_draft(writer, MARRIAGE)] * CROWD) == {"done": 1, "Conflict": CROWD - 1}
