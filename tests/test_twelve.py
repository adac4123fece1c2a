"""The twelve procedures, from filing to the result handed over, by the same actions that pages call."""

from datetime import timedelta
from typing import Any

import pytest

from tests.story import SAMPLE_DAY, filed, work_through
from tinhso.core.context import Context
from tinhso.core.settings import current
from tinhso.demo.samples import citizen_fact
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.reading import release_of
from tinhso.foundation.files.actions.keep import read
from tinhso.foundation.signing.pades.read import validate
from tinhso.foundation.signing.trust import read_roots, trust_folder
from tinhso.systems.onestop.models import Result
from tinhso.systems.services.releases.loading import Sample, load_samples, release_codes


def samples() -> list[Any]:
    found = [one for code in release_codes() for one in load_samples(code, SAMPLE_DAY, citizen_fact)]
    return [pytest.param(one, id=f"{one.procedure}-{one.key}") for one in found]


def test_there_are_twelve() -> None:
    assert len(release_codes()) == 12


@pytest.mark.django_db
@pytest.mark.parametrize("one", samples())
def test_a_sample_dossier_is_filed_decided_signed_and_returned(ctx: Context, one: Sample) -> None:
    case = filed(ctx, one)
    assert case.case_key == one.case
    ctx = work_through(ctx, case)
    assert case.business == Case.Business.RETURNED
    wanted = {result.key for result in release_of(case).results_for(one.answers)}
    results = list(Result.objects.filter(case=case).select_related("file"))
    assert {result.key for result in results} <= wanted
    assert results
    for result in results:
        assert result.file is not None
        if result.signer_id:
            verdict = validate(read(result.file), read_roots(trust_folder(current().home)), ctx.now + timedelta(days=1))
            assert verdict.accepted, verdict
            assert len(verdict.signatures) == 2
