"""Copies made inside the database are dossiers: read like others, none twice, and every index is there again."""

import os

import psycopg
from psycopg.rows import dict_row
from tests.story import filed, sample

from bench.bulk import load_many
from tinhso.core.context import Context
from tinhso.core.database import connect
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import get_case, steps_taken

INDEXES = "SELECT count(*) AS n FROM pg_indexes WHERE tablename LIKE 'cases%' OR tablename LIKE 'onestop%'"
CONSTRAINTS = "SELECT count(*) AS n FROM pg_constraint"


def test_thousands_of_copies_are_dossiers_like_others(fresh_database: str, ctx: Context) -> None:
    real = [filed(ctx, sample(code, "in_person")) for code in ("1.001193", "1.004873")]
    with psycopg.connect(connect.get_urls(os.environ).owner, dbname=fresh_database, row_factory=dict_row) as connection:
        before = [connection.execute(asked).fetchone() for asked in (INDEXES, CONSTRAINTS)]
        load_many(connection, [case.pk for case in real], 3000)
        assert [connection.execute(asked).fetchone() for asked in (INDEXES, CONSTRAINTS)] == before
    assert Case.objects.count() == 3002
    last = Case.objects.latest("id")
    assert get_case(last.code) == last
    assert {row.act for row in steps_taken(last.pk)} == {row.act for row in steps_taken(real[1].pk)}
    assert last.received_by_id in {case.received_by_id for case in real}
    fresh = filed(ctx, sample("1.001193", "in_person"))
    assert fresh.pk > last.pk
