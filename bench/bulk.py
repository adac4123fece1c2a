"""Millions of dossiers in minutes: copies of a few real ones made inside the database, its indexes set aside meanwhile.

Each copy has the rows that inbox and tracking read: case, agencies' parts, clock, step records, the one-stop shop's own
row. Answers, papers, slips and events are left out (sealed texts would only fill the disk); what was left out is told
beside the figures.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from bench.copying import A_DAY, Connection

OF_CASE = ("cases_case", "cases_case_agency", "cases_clock_entry", "cases_step_record", "onestop_dossier")
"""The tables that are filled, parents first."""

CHUNK = 500_000
"""Dossiers in one statement: so many rows that a statement's own cost is nothing, so few that progress is seen."""

EARLIER = 1_000
"""Days before the templates' on which the first copies were filed: codes never meet those of other copies."""


def load_many(connection: Connection, ids: Sequence[int], count: int) -> int:
    """At least `count` copies of the cases `ids`, each of another agency, in turn; returns how many rows were written.
    Commits as it goes.

    As the tables' owner: indexes and foreign keys are dropped and made again, which also checks every row.
    """
    found = connection.execute("SELECT coalesce(max(id), 0) + 1 AS base FROM cases_case").fetchone()
    base = int(found["base"]) if found else 1
    rounds = -(-count // len(ids))
    each = max(CHUNK // len(ids), 1)
    rows = 0
    connection.execute("SET synchronous_commit = off")
    connection.execute("SET maintenance_work_mem = '1GB'")
    with _bare(connection):
        for begin in range(0, rounds, each):
            rows += _copy(connection, ids, base, range(begin, min(begin + each, rounds)))
            connection.commit()
    connection.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), %s)", [base + rounds * len(ids)])
    connection.commit()
    connection.autocommit = True
    for table in OF_CASE:
        connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
    connection.autocommit = False
    return rows


def _copy(connection: Connection, ids: Sequence[int], base: int, rounds: range) -> int:
    rows = 0
    for table in OF_CASE:
        key = "id" if table == "cases_case" else "case_id"
        columns = [name for name in _columns(connection, table) if name != "id" or table != "cases_case_agency"]
        columns = [name for name in columns if name != "id" or table != "cases_clock_entry"]
        statement = sql.SQL(
            "INSERT INTO {table} ({columns}) SELECT {values}"
            " FROM (SELECT c.*, row_number() OVER (PARTITION BY c.{key}) AS nth FROM {table} c"
            " WHERE c.{key} = ANY(%(ids)s)) c"
            " CROSS JOIN generate_series(%(first)s::int, %(last)s::int) AS n"
        ).format(
            table=sql.Identifier(table),
            key=sql.Identifier(key),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(_value(table, name, key) for name in columns),
        )
        given = {
            "ids": list(ids),
            "base": base,
            "first": rounds.start,
            "last": rounds.stop - 1,
            "count": len(ids),
            "a_day": A_DAY,
            "earlier": EARLIER,
        }
        rows += connection.execute(statement, given).rowcount
    return rows


_CASE = "%(base)s + n::bigint * %(count)s + array_position(%(ids)s::bigint[], c.{key}) - 1"
_DAYS = "(%(earlier)s + n / %(a_day)s)"


def _value(table: str, column: str, key: str) -> sql.Composable:
    """What a column of a copy says: its own number, code and instants; for the rest what the real one says."""
    case = _CASE.format(key=key)
    if column == key:
        return sql.SQL(case)
    if column == "public_id" or (column == "id" and table == "cases_step_record"):
        return sql.SQL(
            f"('01900000-0000-7000-8' || lpad(to_hex(c.nth), 3, '0') || '-' || lpad(to_hex({case}), 12, '0'))::uuid"
        )
    if column == "code":
        return sql.SQL(
            "regexp_replace(c.code, '-[0-9]{6}-[0-9]+$', '') || '-'"
            f" || to_char(c.submitted_at - {_DAYS} * interval '1 day', 'YYMMDD')"
            " || '-' || lpad((n %% %(a_day)s + 1)::text, 4, '0')"
        )
    if table == "cases_case" and column.endswith("_at"):
        return sql.SQL("c.{} - {} * interval '1 day'").format(sql.Identifier(column), sql.SQL(_DAYS))
    return sql.SQL("c.{}").format(sql.Identifier(column))


def _columns(connection: Connection, table: str) -> list[str]:
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum",
        [table],
    )
    return [str(row["attname"]) for row in found.fetchall()]


@dataclass(frozen=True, slots=True)
class _Set:
    """A constraint or index, and how to make it again."""

    drop: sql.Composed
    make: sql.Composed


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """The tables without foreign keys, unique constraints and indexes; primary keys stay, for others refer to them."""
    aside = [one for table in OF_CASE for one in (*_constraints(connection, table), *_indexes(connection, table))]
    for one in aside:
        connection.execute(one.drop)
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        for one in sorted(aside, key=lambda one: b"FOREIGN KEY" in one.make.as_bytes(connection)):
            connection.execute(one.make)
            connection.commit()


def _constraints(connection: Connection, table: str) -> list[_Set]:
    found = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) AS said FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('f', 'u')",
        [table],
    ).fetchall()
    name = sql.Identifier(table)
    return [
        _Set(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(row["conname"])),
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                name, sql.Identifier(row["conname"]), sql.SQL(row["said"])
            ),
        )
        for row in found
    ]


def _indexes(connection: Connection, table: str) -> list[_Set]:
    found = connection.execute(
        "SELECT indexrelid::regclass::text AS name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS said"
        " FROM pg_index"
        " WHERE indrelid = %s::regclass AND NOT indisprimary"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('u', 'x'))",
        [table],
    ).fetchall()
    return [
        _Set(sql.SQL("DROP INDEX {}").format(sql.Identifier(row["name"])), sql.Composed([sql.SQL(row["said"])]))
        for row in found
    ]
