"""Bringing the database to what the code expects."""

import os

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tinhso.core.database.connect import get_urls
from tinhso.core.database.partitions import ensure_partitions
from tinhso.core.database.roles import apply_roles
from tinhso.core.running.progress import phase
from tinhso.core.time import clock

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
"""What every room may count on. All are trusted: the owner of the database may create them."""


def make_tables() -> None:
    """Extensions and tables, as the owner."""
    with connections["owner"].cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def migrate() -> None:
    """Tables, then partitions, then rights, as the owner; each idempotent. Tells its progress."""
    with phase("Các bảng dữ liệu"):
        make_tables()
    with phase("Phân vùng theo tháng"):
        ensure_partitions(clock())
    with phase("Quyền của từng vai"):
        apply_roles(get_urls(os.environ))
    connections["owner"].close()


def pending_migrations(*, using: str = "owner") -> list[str]:
    """Names of migrations in the code that the database has not had."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
