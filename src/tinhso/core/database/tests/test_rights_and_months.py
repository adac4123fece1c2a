"""What the database itself refuses, and where rows of each month lie."""

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.apps import apps

from tinhso.core.database import partitions, testing
from tinhso.core.database.connect import DatabaseUrls, get_urls
from tinhso.core.database.roles import apply_roles, declared_rights
from tinhso.core.time import VN_ZONE, clock

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=VN_ZONE)
NEW_YEAR = datetime(2040, 1, 1, 0, 0, tzinfo=VN_ZONE)


@pytest.fixture(scope="module")
def urls(django_db_blocker: Any) -> Iterator[DatabaseUrls]:
    """A migrated database without data, and its addresses."""
    with django_db_blocker.unblock(), testing.fresh_database(testing.get_template()) as name:
        yield testing.urls_of(name)


def test_some_tables_are_insert_only_and_some_erasable() -> None:
    rights = declared_rights()
    assert "events_event" in rights.insert_only
    assert "events_private" in rights.erasable


@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET {} = NULL", "TRUNCATE {}"])
def test_the_application_can_only_add_to_insert_only_tables(urls: DatabaseUrls, verb: str) -> None:
    with psycopg.connect(urls.app) as connection:
        for model in apps.get_models():
            if getattr(model, "insert_only", False):
                table, column = model._meta.db_table, model._meta.local_concrete_fields[0].column
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(verb.format(f'"{table}"', f'"{column}"'))
                connection.rollback()


def test_the_application_reaches_a_partition_only_through_its_table(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.app) as connection:
        connection.execute("SELECT count(*) FROM events_event")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM events_event_default")


def test_the_application_cannot_pretend_a_migration(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM django_migrations")


def test_the_eraser_deletes_private_parts_and_sees_nothing_else(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.eraser) as connection:
        connection.execute("DELETE FROM events_private WHERE event_id IS NULL")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM events_event")


def test_rights_and_months_are_the_same_when_made_again(urls: DatabaseUrls) -> None:
    before = _grants(urls)
    apply_roles(get_urls(os.environ))
    assert partitions.ensure_partitions(clock()) == []
    assert _grants(urls) == before


def test_one_address_for_all_leaves_the_owners_rights_alone(urls: DatabaseUrls) -> None:
    before = _grants(urls)
    apply_roles(DatabaseUrls(urls.owner, urls.owner, urls.owner))
    assert _grants(urls) == before


def test_every_partitioned_table_has_months_two_years_ahead(urls: DatabaseUrls) -> None:
    ahead = partitions.months_ahead(using="owner", today=clock().date())
    assert ahead
    assert min(ahead.values()) > partitions.MONTHS_AHEAD


def test_a_month_begins_at_midnight_in_vietnam(urls: DatabaseUrls) -> None:
    partitions.ensure_partitions(NOW)
    with psycopg.connect(urls.owner) as connection:
        for moment, table in (
            (datetime(2026, 12, 1, tzinfo=VN_ZONE), "events_event_2026_12"),
            (datetime(2026, 12, 1, tzinfo=VN_ZONE) - timedelta(microseconds=1), "events_event_2026_11"),
        ):
            assert _add_event(connection, moment) == table
        connection.rollback()


def test_a_row_without_a_month_waits_in_the_default_and_moves_when_its_month_is_made(urls: DatabaseUrls) -> None:
    with psycopg.connect(urls.owner) as connection:
        assert _add_event(connection, NEW_YEAR) == "events_event_default"
    made = partitions.ensure_partitions(NEW_YEAR)
    assert "events_event_2040_01" in made
    with psycopg.connect(urls.owner) as connection:
        rows = connection.execute(
            "SELECT tableoid::regclass::text FROM events_event WHERE recorded_at = %s", [NEW_YEAR]
        )
        assert rows.fetchall() == [("events_event_2040_01",)]


def test_months_run_over_the_end_of_the_year() -> None:
    assert list(partitions._months(date(2026, 12, 31), -1, 1)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


def test_a_template_is_made_once_for_the_same_code(urls: DatabaseUrls) -> None:
    assert testing.get_template() == testing.get_template()


def _add_event(connection: "psycopg.Connection[tuple[object, ...]]", recorded_at: datetime) -> object:
    row = connection.execute(
        "INSERT INTO events_event"
        " (id, type, schema_version, occurred_at, recorded_at, subject_kind, subject_id, payload, commitment)"
        " VALUES (gen_random_uuid(), 'a.b.c', 1, %(at)s, %(at)s, 'case', 1, '{}', '')"
        " RETURNING tableoid::regclass::text",
        {"at": recorded_at},
    ).fetchone()
    assert row
    return row[0]


def _grants(urls: DatabaseUrls) -> list[tuple[object, ...]]:
    with psycopg.connect(urls.owner) as connection:
        return connection.execute("SELECT relname, relacl::text FROM pg_class ORDER BY 1").fetchall()
