"""The yardstick of a page that writes: pgbench doing the very statements that the page did.

The server writes down one request's statements; ids, keys and codes that must differ each time become variables. So
the yardstick follows the product: what pgbench runs is what was asked of the database, no more and no less.
"""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bench.installation import Installation
from tinhso.core.database import connect, record
from tinhso.core.database.engine import get_engine

FIRST_ID, STEP = 7_000_000_000, 10_000_000
"""Sequences are moved to ranges of their own before the request is written down, so that an id is known by its size."""

_LINE = re.compile(r"^\S+ \S+ \S+ \[(\d+)\] (\S*)@(\S*) LOG:  (?:statement|execute [^:]*): (.*)$")
_NEW = re.compile(r"^\S+ \S+ \S+ \[\d+\] ")
_UUID = re.compile(r"'([0-9a-f]{20})([0-9a-f]{12})'::uuid")
_UNTIL_CODED = re.compile(r"'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'(?!::)")
"""What stands for a dossier's code until the number is taken."""
_WRITES = re.compile("INSERT |WITH part_0 AS ")
_SEQUENCES = """
SELECT s.relname, t.relname FROM pg_class s
JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
JOIN pg_sequence q ON q.seqrelid = s.oid
WHERE s.relkind = 'S' AND q.seqtypid = 'bigint'::regtype
ORDER BY t.relname
"""
_COUNTER = "SELECT nextval('bench_count') AS n \\gset"


def capture(installation: Installation, act: Callable[[], None]) -> list[str]:
    """The statements of the application's one connection that writes during `act`."""
    with _superuser(installation) as server:
        _move_sequences(installation)
        folder = record.folder(installation.home) / "data" / "log"
        before = {path: path.stat().st_size for path in folder.glob("*.log")}
        server.execute("ALTER SYSTEM SET log_statement = 'all'")
        server.execute("SELECT pg_reload_conf()")
        time.sleep(1.2)
        act()
        time.sleep(0.3)
        server.execute("ALTER SYSTEM RESET log_statement")
        server.execute("SELECT pg_reload_conf()")
    told = _read(folder, before)
    writers = [process for process, statements in told.items() if any("events_request_key" in s for s in statements)]
    if len(writers) != 1:
        raise RuntimeError(f"{len(writers)} connections wrote under a request key")
    statements = told[writers[0]]
    begin = next(n for n, said in enumerate(statements) if "django_session" in said)
    return statements[begin:]


def script_of(statements: list[str], *, books: int) -> str:
    """The pgbench script: each transaction takes a number `n` of its own; `books` books are written in turn."""
    key = _said_in(statements, "INTO events_request_key ", r"'([0-9a-f]{32})'")
    code = _said_in(statements, ' "cases_case" ', r"'([0-9A-Z.]+-\d{6}-\d{4,})'")
    fresh = {found[1] for said in statements if _WRITES.match(said) for found in _UUID.finditer(said)}
    lines: list[str] = [_COUNTER]
    known: dict[str, str] = {}
    for number, statement in enumerate(statements):
        said = statement
        for identifier, variable in known.items():
            said = re.sub(rf"(?<![\w.]){identifier}(?![\w.])", f":{variable}", said)
        said = said.replace(f"'{key}'", f"('{key}' || :n)").replace(f"'{code}'", f"('{code}-' || :n)")
        said = _UUID.sub(lambda found: _fresh(found, fresh), said)
        said = _UNTIL_CODED.sub(r"(\g<0> || :n)", said)
        said = re.sub(r"'(letter:[^']+)'", r"('\1' || :n)", said)
        said = re.sub(r"'(dossier:[^']+)'", rf"('\1:' || (:n % {books}))", said)
        returned = re.match(r'INSERT INTO "(\w+)".* RETURNING "\w+"\."id"$', said)
        made = _made_by(statements[number + 1 :], returned[1]) if returned else set()
        if made:
            known |= dict.fromkeys(made, f"v{number}_id")
            lines.append(f"{said} \\gset v{number}_")
        else:
            lines.append(f"{said};")
    return "\n".join(lines) + "\n"


def _said_in(statements: list[str], where: str, pattern: str) -> str:
    for said in statements:
        if where in said and (found := re.search(pattern, said)):
            return found[1]
    raise ValueError(f"no {pattern} in a statement with {where}")


def pgbench(installation: Installation, script: str, *, clients: int, seconds: int) -> float:
    """Transactions a second."""
    engine = get_engine(os.environ)
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = [
            str(engine.bin / "pgbench"),
            "-n",
            "-f",
            file.name,
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(seconds),
        ]
        told = subprocess.run([*command, installation.database_url()], capture_output=True, text=True, check=False)
    found = re.search(r"^tps = ([\d.]+)", told.stdout, re.MULTILINE)
    if told.returncode or found is None or re.search(r"number of failed transactions: [1-9]", told.stdout):
        raise RuntimeError(f"pgbench: {told.stdout}\n{told.stderr[-2000:]}")
    return float(found[1])


def make_counter(installation: Installation) -> None:
    """What gives each transaction of pgbench its number. Of the bench's own installation only."""
    with psycopg.connect(installation.database_url("owner"), autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE IF NOT EXISTS bench_count")
        connection.execute(sql.SQL("GRANT USAGE ON bench_count TO {}").format(sql.Identifier(record.APP)))


def _fresh(found: "re.Match[str]", made: set[str]) -> str:
    if found[1] not in made:
        return found[0]
    return f"('{found[1]}' || lpad(to_hex(:n), 12, '0'))::uuid"


_RANGES: dict[str, int] = {}


def _made_by(later: list[str], table: str) -> set[str]:
    """The ids in later statements that lie in the range of this table's sequence."""
    begin = _RANGES.get(table, 0)
    found = {int(text) for said in later for text in re.findall(r"(?<![\w.'])(7\d{9})(?![\w.])", said)}
    return {str(number) for number in found if begin <= number < begin + STEP}


def _move_sequences(installation: Installation) -> None:
    with psycopg.connect(installation.database_url("owner"), autocommit=True) as connection:
        rows = connection.execute(_SEQUENCES).fetchall()
        for place, (sequence, table) in enumerate(rows):
            begin = _RANGES[str(table)] = FIRST_ID + place * STEP
            name = sql.Identifier(str(sequence))
            moved = sql.SQL("SELECT setval(%s, greatest(%s, (SELECT last_value + 1 FROM {})))").format(name)
            connection.execute(moved, [str(sequence), begin])


def _read(folder: Path, before: Mapping[Path, int]) -> dict[str, list[str]]:
    """Statements by process, each on one line."""
    told: dict[str, list[str]] = {}
    last: list[str] | None = None
    for path in sorted(folder.glob("*.log")):
        text = path.read_bytes()[before.get(path, 0) :].decode("utf-8", "replace")
        for line in text.split("\n"):
            if match := _LINE.match(line):
                last = told.setdefault(match[1], [])
                if match[2] == record.APP:
                    last.append(match[4].strip())
                else:
                    last = None
            elif _NEW.match(line):
                last = None
            elif last:
                last[-1] = f"{last[-1]} {line.strip()}"
    return {process: [said.rstrip(" ;") for said in statements] for process, statements in told.items() if statements}


@contextmanager
def _superuser(installation: Installation) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    url = connect.embedded_url(record.read(installation.home), record.SUPERUSER, "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
