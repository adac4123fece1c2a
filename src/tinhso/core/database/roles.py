"""Who may do what in the database, derived from what the models declare.

The owner makes tables. The application works on them, but rows of a model with `insert_only = True` it may only add
and read. The eraser may delete rows of models with `erasable = True` (private payloads past their retention) and
nothing else. Partitions are reached through their table, so nobody is granted anything on them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction

from tinhso.core.database.connect import DatabaseUrls, user_of

FIXED = ("django_migrations",)
"""Tables that only a migration writes."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Table names by what makes them special."""

    insert_only: tuple[str, ...]
    erasable: tuple[str, ...]

    def among(self, tables: Collection[str]) -> "Rights":
        """Only of tables that are there: a room under construction has models before it has migrations."""
        return Rights(
            tuple(name for name in self.insert_only if name in tables),
            tuple(name for name in self.erasable if name in tables),
        )


def declared_rights() -> Rights:
    """What the installed models declare."""
    return Rights(tuple(_tables_with("insert_only")), tuple(_tables_with("erasable")))


def apply_roles(urls: DatabaseUrls, *, using: str = "owner") -> None:
    """Grant and revoke until the database says what the models say. Idempotent; run as owner after each migration.

    Roles that are the owner itself are left alone: an owner cannot be kept from its own tables.
    """
    owner, app, eraser = user_of(urls.owner), user_of(urls.app), user_of(urls.eraser)
    with transaction.atomic(using=using):
        rights = declared_rights().among(connections[using].introspection.table_names())
        if app != owner:
            _grant_app(app, rights, using)
        if eraser not in (owner, app):
            _grant_eraser(eraser, rights, using)


def _grant_app(role: str, rights: Rights, using: str) -> None:
    name = _quote(role, using)
    _do(using, f"GRANT USAGE ON SCHEMA public TO {name}")
    _do(using, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    _do(using, f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
    _do(using, f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
    _revoke(using, "ALL", _partitions(using), name)
    _revoke(using, "UPDATE, DELETE, TRUNCATE", rights.insert_only, name)
    _revoke(using, "INSERT, UPDATE, DELETE", FIXED, name)


def _grant_eraser(role: str, rights: Rights, using: str) -> None:
    name = _quote(role, using)
    _do(using, f"GRANT USAGE ON SCHEMA public TO {name}")
    _do(using, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    for table in rights.erasable:
        _do(using, f"GRANT SELECT, DELETE ON {_quote(table, using)} TO {name}")


def _revoke(using: str, rights: str, tables: tuple[str, ...], role: str) -> None:
    if tables:
        _do(using, f"REVOKE {rights} ON {', '.join(_quote(table, using) for table in tables)} FROM {role}")


def _tables_with(mark: str) -> list[str]:
    return sorted(_table(model) for model in apps.get_models(include_auto_created=True) if _has(model, mark))


def _has(model: type[models.Model], mark: str) -> bool:
    return bool(getattr(model, mark, False)) and model._meta.managed and not model._meta.proxy


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _partitions(using: str) -> tuple[str, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relispartition AND c.relkind IN ('r', 'p') AND n.nspname = 'public'"
        )
        return tuple(sorted(row[0] for row in cursor.fetchall()))


def _quote(name: str, using: str) -> str:
    return connections[using].ops.quote_name(name)


def _do(using: str, statement: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
