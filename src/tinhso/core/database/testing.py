"""Databases for tests: a template made once per state of the code, and copies of it in a fifth of a second.

A session fixture overrides pytest-django's `django_db_setup`:

    with django_db_blocker.unblock(), testing.fresh_database(testing.get_template(load_law, reads=[...])):
        yield

and a test that commits, races or counts rows takes a copy of its own with the same `fresh_database`. The tests then
work as the application's role, with the rights they will have in life.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

import tinhso
from tinhso.core.database import connect, embedded
from tinhso.core.database.migrating import make_tables
from tinhso.core.database.partitions import ensure_partitions
from tinhso.core.database.roles import apply_roles
from tinhso.core.time import clock

Loader = Callable[[], None]

TEMPLATE_PREFIX, COPY_PREFIX = "tinhso_template_", "tinhso_test_"
KEPT_FOR = timedelta(days=1)
_LOCK = 7_265_001


def get_template(loader: Loader | None = None, *, reads: Iterable[Path] = ()) -> str:
    """The name of a migrated database with rights and partitions, filled by `loader` as the application.

    It is made when the migrations, the models or the files in `reads` (what the loader runs and loads) have changed
    since it was; several sessions at once make it once. Starts the embedded database if need be.
    """
    if not connect.is_external(os.environ):
        embedded.ensure(os.environ)
    name = TEMPLATE_PREFIX + _fingerprint([*_schema_files(), *reads])
    with _maintenance() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not _exists(server, name):
            _sweep(server)
            draft = f"{name}_draft"
            _drop(server, draft)
            _create(server, draft, "template0")
            with _pointed_at(draft):
                _fill(loader)
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (draft, name))))
    return name


def clone(template: str, name: str = "") -> str:
    """A copy of the template, by name; a name of its own when none is given."""
    name = name or f"{COPY_PREFIX}{os.getpid()}_{secrets.token_hex(4)}"
    with _maintenance() as server:
        _create(server, name, template)
    return name


def drop(name: str) -> None:
    """Remove a copy, ending whoever is still connected to it."""
    with _maintenance() as server:
        _drop(server, name)


@contextmanager
def fresh_database(template: str) -> Iterator[str]:
    """A copy that Django's connections, of every thread, lead to; dropped at the end. Yields its name."""
    name = clone(template)
    try:
        with _pointed_at(name):
            yield name
    finally:
        drop(name)


def urls_of(name: str) -> connect.DatabaseUrls:
    """The addresses of a copy: for processes that a test starts."""
    urls = connect.get_urls(os.environ)
    return connect.DatabaseUrls(*(connect.with_database(url, name) for url in (urls.app, urls.owner, urls.eraser)))


def _fill(loader: Loader | None) -> None:
    make_tables()
    ensure_partitions(clock())
    apply_roles(connect.get_urls(os.environ))
    if loader:
        loader()


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    """Lead both of Django's connections to another database; new threads share their settings."""
    urls = urls_of(name)
    before = {alias: dict(connections.settings[alias]) for alias in ("default", "owner")}
    _lead({"default": connect.django_database(urls.app), "owner": connect.django_database(urls.owner)})
    try:
        yield
    finally:
        _lead(before)


def _lead(entries: dict[str, dict[str, Any]]) -> None:
    for alias, entry in entries.items():
        connections[alias].close()
        connections.settings[alias].update(entry)


@contextmanager
def _maintenance() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """The owner's connection to the installation's own database, from which others are made."""
    with psycopg.connect(connect.get_urls(os.environ).owner, autocommit=True) as connection:
        yield connection


def _create(server: "psycopg.Connection[tuple[object, ...]]", name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6):
        try:
            server.execute(statement)
            break
        except psycopg.errors.ObjectInUse:  # a connection to the template is just closing
            time.sleep(wait)
    else:
        server.execute(statement)
    made = sql.Literal(clock().isoformat())
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), made))


def _drop(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    """FORCE ends the sessions of our own roles; a vacuum worker's, which is not ours to end, is soon over."""
    for patience in (0.2, 0.5, 1, 2, 4):
        try:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            return
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            time.sleep(patience)
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _exists(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _sweep(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Drop what runs that were killed, or older code, left behind more than a day ago."""
    rows = server.execute(
        "SELECT datname FROM pg_database WHERE (starts_with(datname, %s) OR starts_with(datname, %s))"
        " AND shobj_description(oid, 'pg_database') < %s",
        [TEMPLATE_PREFIX, COPY_PREFIX, (clock() - KEPT_FOR).isoformat()],
    )
    for (name,) in rows.fetchall():
        try:
            _drop(server, str(name))
        except psycopg.Error:  # in use, or another session's
            continue


def _schema_files() -> list[Path]:
    """The code that decides what an empty database looks like."""
    code = Path(tinhso.__file__).parent
    return [
        *code.rglob("migrations/*.py"),
        *code.rglob("models.py"),
        *code.rglob("models/*.py"),
        *(code / "core" / "database").glob("*.py"),
    ]


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
