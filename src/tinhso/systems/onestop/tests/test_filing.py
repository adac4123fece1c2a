"""What a dossier must have before it is filed: one rule, held by the action itself, whoever files."""

from dataclasses import replace
from typing import Any

import pytest
from tests.story import at_counter, citizen, filing_of, sample

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release_fees import still_to_count
from tinhso.foundation.forms.rules.filling import Filled
from tinhso.systems.onestop.actions.accept import receive
from tinhso.systems.onestop.actions.file_dossier import Filing
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.models import Dossier
from tinhso.systems.onestop.rules import WAYS_BACK, cash_fault, filing_faults

pytestmark = pytest.mark.django_db

BIRTH, COPIES = "1.001193", "2.000815"


@pytest.fixture
def filing(ctx: Context) -> Filing:
    return filing_of(ctx, sample(BIRTH, "online"))


def release_of(filing: Filing) -> Release:
    return read_release(filing.release)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"papers": ()}, "giay-chung-sinh"),
        ({"return_by": "carrier pigeon"}, "return_by"),
    ],
)
def test_nothing_is_filed_while_something_is_missing(
    ctx: Context, filing: Filing, change: dict[str, Any], named: str
) -> None:
    with pytest.raises(Invalid) as online:
        submit(citizen(ctx, sample(BIRTH, "online")), replace(filing, **change))
    with pytest.raises(Invalid) as counter:
        receive(at_counter(ctx, filing.receiving), replace(filing, **change))
    assert named in online.value.fields
    assert online.value.fields == counter.value.fields
    assert not Case.objects.exists()


def test_an_answer_that_is_wrong_keeps_the_dossier_out_at_the_action_itself(ctx: Context, filing: Filing) -> None:
    answers = {key: value for key, value in filing.answers.items() if key != "nks.ho_ten"}
    with pytest.raises(Invalid) as refused:
        submit(citizen(ctx, sample(BIRTH, "online")), replace(filing, answers=answers))
    assert set(refused.value.fields) == {"nks.ho_ten"}


def test_the_rule_asks_only_for_papers_that_are_required_and_not_made_by_the_form(filing: Filing) -> None:
    release = release_of(filing)
    faults = filing_faults(release, Filled(filing.answers, ()), (), "centre")
    needed = {paper.key for paper in release.papers if paper.required and not paper.declaration}
    assert {fault.key for fault in faults} <= needed
    assert {fault.what for fault in faults} == {"paper"}
    assert filing_faults(release, Filled(filing.answers, ()), needed, "centre") == ()


def test_the_rules_ways_back_are_those_the_dossier_keeps() -> None:
    assert set(Dossier.ReturnBy.values) == WAYS_BACK


def test_the_cash_must_be_exactly_what_the_dossier_costs() -> None:
    assert cash_fault(8_000, 8_000) is None
    assert cash_fault(0, 0) is None
    assert (fault := cash_fault(8_000, 5_000)) is not None
    assert fault.amount == 8_000
    assert cash_fault(0, 5_000) is not None
    assert (undecided := cash_fault(None, 0)) is not None
    assert undecided.what == "undecided"


def test_what_is_counted_by_pages_costs_nothing_known_before_they_are_counted(ctx: Context) -> None:
    one = sample(COPIES, "in_person")
    release = release_of(filing_of(ctx, one))
    nothing_typed: dict[str, Any] = {}
    assert set(still_to_count(release, release.case_for(nothing_typed), nothing_typed)) == {
        "gt1.so_trang",
        "gt1.so_ban",
    }
    assert still_to_count(release, release.case_for(one.answers), one.answers) == ()
