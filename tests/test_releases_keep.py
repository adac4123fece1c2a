"""A thousand running dossiers and a new release: nothing of theirs changes, neither page nor paper nor date."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from bench.bulk import load_many
from django.test import Client
from psycopg.rows import dict_row

from tests.story import filed, sample
from tinhso.core.context import Context
from tinhso.core.database import connect
from tinhso.core.time import business_date
from tinhso.foundation.cases.actions.publish import publish
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release, Span
from tinhso.foundation.cases.release import TimeLimit as Limit
from tinhso.systems.onestop.following import tracking_address
from tinhso.systems.onestop.models import Slip
from tinhso.systems.onestop.slips import print_slip

MANY, LOOKED_AT = 1000, 60
MARRIAGE = "1.004873"
PDFTOTEXT = shutil.which("pdftotext")


def main_region(address: str) -> str:
    """What a page says of a dossier: its main element, without what is new in each answer (keys of forms)."""
    path = address.split("/", 3)[3]
    html = Client(headers={"accept-language": "vi"}).get(f"/{path}").content.decode()
    found = re.search(r"<main.*?</main>", html, re.S)
    assert found is not None
    return re.sub(r'name="(_once|csrfmiddlewaretoken)" value="[^"]*"', "", found[0])


def paper_text(slip: Slip) -> str:
    told = subprocess.run(
        [PDFTOTEXT or "", "-layout", "-", "-"], input=print_slip(slip), capture_output=True, check=True
    )
    return told.stdout.decode()


def rewritten(release: Release) -> Release:
    """Another name, twice the time, other steps' names: as much as one release may change."""
    cases = tuple(
        replace(case, limit=Limit(9, case.limit.unit, "9 ngày làm việc", case.limit.basis, case.limit.mark))
        for case in release.cases
    )
    steps = tuple(replace(step, name=f"{step.name} (mới)", limit=Span(1, step.limit.unit)) for step in release.steps)
    return replace(release, name="Thủ tục đã đổi tên", short_name="Tên mới", cases=cases, steps=steps)


@pytest.mark.skipif(PDFTOTEXT is None, reason="no pdftotext (Debian: apt-get install poppler-utils)")
def test_a_new_release_changes_nothing_of_a_thousand_running_dossiers(fresh_database: str, ctx: Context) -> None:
    real = filed(ctx, sample(MARRIAGE, "in_person"))
    with psycopg.connect(connect.get_urls(os.environ).owner, dbname=fresh_database, row_factory=dict_row) as connection:
        load_many(connection, [real.pk], MANY - 1)
    cases = list(Case.objects.order_by("pk"))
    assert len(cases) == MANY
    looked_at = [case.code for case in cases[:: MANY // LOOKED_AT]]
    dates = dict(Case.objects.values_list("code", "due_at"))
    pages = {code: main_region(tracking_address(code)) for code in looked_at}
    slip = Slip.objects.get(case=real)
    paper = paper_text(slip)

    row, today = find_release(MARRIAGE, business_date(ctx.now)), business_date(ctx.now)
    assert row is not None
    publish(ctx, rewritten(read_release(row)), today, row.templates)
    fresh = filed(replace(ctx, now=ctx.now + timedelta(minutes=1)), sample(MARRIAGE, "in_person"))

    assert "Tên mới" in main_region(tracking_address(fresh.code))
    assert {code: main_region(tracking_address(code)) for code in looked_at} == pages
    assert dict(Case.objects.exclude(pk=fresh.pk).values_list("code", "due_at")) == dates
    assert paper_text(slip) == paper
