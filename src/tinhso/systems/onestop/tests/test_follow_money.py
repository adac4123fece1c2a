"""What the ledger says reaches the dossier, in the order in which it happened."""

from datetime import datetime, timedelta

import pytest

from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import acts_taken
from tinhso.foundation.events.models import Event
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.actions.follow_money import FOLLOWED, follow_money
from tinhso.systems.onestop.money import payment_of
from tinhso.systems.onestop.tests import desk

pytestmark = pytest.mark.django_db


def follow(case: Case) -> None:
    follow_money(list(Event.objects.filter(case_id=case.pk, type__in=FOLLOWED).order_by("recorded_at", "id")))


def pay(case: Case, now: datetime) -> None:
    request = payment_of(case.pk)
    assert request is not None
    take_cash(desk.acting(case).at(now), request.public_id, request.amount)


@pytest.mark.parametrize("minutes", [0, 7])
def test_money_taken_in_the_instant_of_filing_stands_after_it(minutes: int) -> None:
    now = clock()
    case = desk.submitted(copies=2, now=now)
    pay(case, now + timedelta(minutes=minutes))
    follow(case)
    acts = acts_taken(case.pk)
    assert [act.act for act in acts][-1] == "pay"
    assert len({act.recorded_at for act in acts}) == 2
    assert desk.fresh(case).money == Case.Money.PAID


def test_what_happened_after_the_money_stays_after_it() -> None:
    now = clock()
    case = desk.submitted(copies=2, now=now)
    pay(case, now + timedelta(minutes=1))
    later = now + timedelta(minutes=2)
    accept(desk.acting(case, later), case.pk, desk.fresh(case).version)
    follow(case)
    acts = [act.act for act in acts_taken(case.pk)]
    assert acts.index("pay") < acts.index("accept")


def test_seeing_an_event_twice_records_it_once() -> None:
    case = desk.submitted(copies=2)
    pay(case, clock())
    follow(case)
    follow(case)
    assert [act.act for act in acts_taken(case.pk)].count("pay") == 1
