"""Many dossiers out of a few real ones: every row that belongs to a dossier again, by COPY, under new keys.

The copies are consistent: same states, records, clock, events and sealed answers as the dossier they are copies of,
each with ids, public ids, code and event positions of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

Row = dict[str, Any]
Connection = psycopg.Connection[Row]
Copied = tuple[UUID, Any, Row]
"""A copied event's id, its recorded time, and the private part to copy."""

OF_CASE = (
    ("cases_case", "id"),
    ("cases_case_agency", "case_id"),
    ("cases_case_answers", "case_id"),
    ("cases_case_paper", "case_id"),
    ("cases_clock_entry", "case_id"),
    ("cases_task", "case_id"),
    ("cases_step_record", "case_id"),
    ("onestop_dossier", "case_id"),
    ("onestop_slip", "case_id"),
    ("events_event", "case_id"),
)
"""Tables with a dossier's rows, parents first, and the column that names the dossier."""

NUMBERED = frozenset(name for name, _ in OF_CASE) - {"cases_step_record", "onestop_dossier", "events_event"}
"""Those whose `id` comes from a sequence; the others have uuids or the dossier's own."""


@dataclass(frozen=True, slots=True)
class Template:
    """One real dossier: its rows by table, and the private parts of its events."""

    rows: dict[str, list[Row]]
    private: dict[UUID, Row]

    @property
    def code(self) -> str:
        return str(self.rows["cases_case"][0]["code"])


A_DAY = 900

Planned = tuple[Template, int, str]
"""A copy to make: of what, the id of its case, its code."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was copied, and the codes of the copies."""

    rows: int
    codes: list[str]


def read_template(connection: Connection, code: str) -> Template:
    case = connection.execute("SELECT id FROM cases_case WHERE code = %s", [code]).fetchone()
    if case is None:
        raise ValueError(f"no dossier {code}")
    rows = {table: _rows(connection, table, column, case["id"]) for table, column in OF_CASE}
    events = [row["id"] for row in rows["events_event"]]
    private = connection.execute("SELECT * FROM events_private WHERE event_id = ANY(%s)", [events]).fetchall()
    return Template(rows, {row["event_id"]: row for row in private})


def load_copies(connection: Connection, templates: Sequence[Template], count: int, before: int) -> Loaded:
    """`count` copies, the templates in turn; `before`: how many copies there are already, so that codes go on.

    Commits once, then brings sequences and statistics up to date.
    """
    first = {table: _next(connection, table) for table in NUMBERED}
    codes = [code_of(templates[n % len(templates)].code, before + n) for n in range(count)]
    plan: list[Planned] = [(templates[n % len(templates)], first["cases_case"] + n, codes[n]) for n in range(count)]
    rows = 0
    events: list[Copied] = []
    for table, _ in OF_CASE:
        made = _Copies(table, first.get(table, 0))
        with connection.cursor() as cursor:
            rows += made.write(cursor, plan, events)
        if table in NUMBERED:
            _set_next(connection, table, made.number)
    rows += _load_spine(connection, events)
    connection.commit()
    for table, _ in OF_CASE:
        connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
    connection.commit()
    return Loaded(rows, codes)


def code_of(template: str, place: int) -> str:
    """A code as the template's agency would have given it on an earlier day: a few hundred a day."""
    agency, day, _ = template.rsplit("-", 2)
    earlier = datetime.strptime(day, "%y%m%d") - timedelta(days=1 + place // A_DAY)  # noqa: DTZ007  a date alone
    return f"{agency}-{earlier:%y%m%d}-{place % A_DAY + 1:04d}"


class _Copies:
    """The COPY of one table."""

    def __init__(self, table: str, number: int) -> None:
        self.table, self.number = table, number

    def write(self, cursor: "psycopg.Cursor[Row]", plan: Sequence[Planned], events: "list[Copied]") -> int:
        columns = next((list(rows[0]) for template, _, _ in plan if (rows := template.rows[self.table])), None)
        if columns is None:
            return 0
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.table), names)
        change = {column: self._changed(column) for column in columns}
        written = 0
        with cursor.copy(statement) as copy:
            for template, case, code in plan:
                for row in template.rows[self.table]:
                    fresh = [change[name](value, case, code, row) for name, value in row.items()]
                    if self.table == "events_event":
                        events.append((fresh[columns.index("id")], row["recorded_at"], template.private[row["id"]]))
                    copy.write_row(fresh)
                    written += 1
        return written

    def _changed(self, column: str) -> Callable[[Any, int, str, Row], Any]:
        if column == "case_id" or (column == "id" and self.table == "cases_case"):
            return lambda value, case, code, row: case
        if column == "id" and self.table in NUMBERED:
            return lambda value, case, code, row: self._take()
        if column in ("id", "public_id"):
            return lambda value, case, code, row: uuid4()
        if column == "code":
            return lambda value, case, code, row: code
        if column == "subject_id":
            return lambda value, case, code, row: case if row["subject_kind"] == "case" else value
        return lambda value, case, code, row: Jsonb(value) if isinstance(value, dict | list) else value

    def _take(self) -> int:
        self.number += 1
        return self.number - 1


def _load_spine(connection: Connection, events: "Sequence[Copied]") -> int:
    """The private parts and the gap-free positions of the copied events."""
    connection.execute("LOCK TABLE events_position IN EXCLUSIVE MODE")  # the sequencer waits meanwhile
    last = connection.execute("SELECT coalesce(max(position), 0) AS position FROM events_position").fetchone()
    place = int(last["position"]) if last else 0
    with connection.cursor() as cursor, cursor.copy("COPY events_private (event_id, salt, body) FROM STDIN") as copy:
        for event, _, private in events:
            copy.write_row((event, private["salt"], private["body"]))
    with connection.cursor() as cursor:
        statement = "COPY events_position (position, event_id, recorded_at) FROM STDIN"
        with cursor.copy(statement) as copy:
            for offset, (event, at, _) in enumerate(events, 1):
                copy.write_row((place + offset, event, at))
    return 2 * len(events)


def _rows(connection: Connection, table: str, column: str, case: int) -> list[Row]:
    statement = sql.SQL("SELECT * FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(statement, [case]).fetchall()


def _next(connection: Connection, table: str) -> int:
    statement = sql.SQL("SELECT coalesce(max(id), 0) + 1 AS next FROM {}").format(sql.Identifier(table))
    found = connection.execute(statement).fetchone()
    return int(found["next"]) if found else 1


def _set_next(connection: Connection, table: str, number: int) -> None:
    connection.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, max(number, 1)])
