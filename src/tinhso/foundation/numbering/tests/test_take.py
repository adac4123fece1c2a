"""Numbers without gap or repeat."""

import threading

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.core.context import Context
from tinhso.foundation.numbering.actions.take import take
from tinhso.foundation.numbering.models import Taken


def test_fifty_clerks_at_once_get_fifty_numbers_in_a_row(fresh_database: str, ctx: Context) -> None:
    got: list[int] = []

    def clerk() -> None:
        with transaction.atomic():
            got.append(take("test", 2026, now=ctx.now))
        connections.close_all()

    threads = [threading.Thread(target=clerk) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(1, 51))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fates=st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_number_whose_transaction_fails_is_given_to_the_next(ctx: Context, fates: list[bool]) -> None:
    with transaction.atomic():
        kept = []
        for fate in fates:
            try:
                with transaction.atomic():
                    number = take("random", 2026, now=ctx.now)
                    if not fate:
                        raise InterruptedError
                    kept.append(number)
            except InterruptedError:
                pass
        assert kept == list(range(1, len(kept) + 1))
        assert list(Taken.objects.filter(key="random").order_by("number").values_list("number", flat=True)) == kept
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_each_year_and_each_book_begins_at_one(ctx: Context) -> None:
    assert [take("a", 2026, now=ctx.now), take("a", 2026, now=ctx.now), take("a", 2027, now=ctx.now)] == [1, 2, 1]
    assert take("b", 2026, now=ctx.now) == 1


def test_a_number_outside_a_transaction_is_refused(fresh_database: str, ctx: Context) -> None:
    with pytest.raises(RuntimeError):
        take("a", 2026, now=ctx.now)
