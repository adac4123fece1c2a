"""Tables cut by month: models with a class attribute `partitioned_by = "recorded_at"`.

Each has monthly partitions named `<table>_2026_11`, made ahead, and a DEFAULT one so that no row is ever refused.
Months begin at midnight in Vietnam. A unique index of such a table must contain the partitioning column; what is unique
for ever has its own unpartitioned key table.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.apps import apps
from django.db import connections, migrations, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from tinhso.core.time import VN_ZONE, business_date

MONTHS_BEHIND = 1
MONTHS_AHEAD = 24


def partitioned_table_sql(table: str, columns: str, *, by: str) -> tuple[str, str]:
    """The forward and reverse SQL of a RunSQL that makes a table cut by the column `by`.

    `columns` is what stands between the brackets of CREATE TABLE, primary key included.
    """
    forward = (
        f'CREATE TABLE "{table}" ({columns}) PARTITION BY RANGE ("{by}");\n'
        f'CREATE TABLE "{table}_default" PARTITION OF "{table}" DEFAULT;'
    )
    return forward, f'DROP TABLE "{table}";'


class CreatePartitionedModel(migrations.CreateModel):
    """CreateModel whose table is cut by the column `by`: the columns come from the fields and cannot drift.

    The model's primary key is a CompositePrimaryKey that contains `by`.
    """

    def __init__(self, *args: object, by: str, **kwargs: object) -> None:
        self.by = by
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        name, args, kwargs = super().deconstruct()
        return name, list(args), {**kwargs, "by": self.by}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        plain = schema_editor.sql_create_table
        schema_editor.sql_create_table = f'{plain} PARTITION BY RANGE ("{self.by}")'
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.sql_create_table = plain
        table = to_state.apps.get_model(app_label, self.name)._meta.db_table
        schema_editor.execute(f'CREATE TABLE "{table}_default" PARTITION OF "{table}" DEFAULT')


def ensure_partitions(now: datetime, *, using: str = "owner") -> list[str]:
    """Make the missing months from one behind `now` to two years ahead, as owner. Returns the names made."""
    made: list[str] = []
    for model in partitioned_models():
        made += _ensure_table(model._meta.db_table, model.partitioned_by, business_date(now), using)  # type: ignore[attr-defined]
    return made


def partitioned_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "partitioned_by", "")]


def months_ahead(*, using: str, today: date) -> dict[str, int]:
    """How many months from today on each partitioned table has a partition of its own for, without a gap."""
    return {
        model._meta.db_table: _reach(model._meta.db_table, _children(model._meta.db_table, using), today)
        for model in partitioned_models()
    }


def _reach(table: str, children: set[str], today: date) -> int:
    reach = 0
    for start in _months(today, 0, MONTHS_AHEAD):
        if _name(table, start) not in children:
            break
        reach += 1
    return reach


def _ensure_table(table: str, column: str, today: date, using: str) -> list[str]:
    known = _children(table, using)
    if not known:  # no migration has made it yet
        return []
    missing = [month for month in _months(today, -MONTHS_BEHIND, MONTHS_AHEAD) if _name(table, month) not in known]
    for start in missing:
        with transaction.atomic(using=using):
            _make(table, column, start, using)
    return [_name(table, start) for start in missing]


def _make(table: str, column: str, start: date, using: str) -> None:
    """Build the month aside, move what the default partition holds of it, then attach it.

    Attaching takes a lighter lock on the table than PARTITION OF: readers and writers of other months go on.
    """
    name, lower, upper = _name(table, start), _midnight(start), _midnight(_next(start))
    inside = f'"{column}" >= %s AND "{column}" < %s'
    with connections[using].cursor() as cursor:
        cursor.execute(f'CREATE TABLE "{name}" (LIKE "{table}" INCLUDING ALL)')
        cursor.execute(f'LOCK TABLE "{table}_default" IN ACCESS EXCLUSIVE MODE')
        cursor.execute(
            f'WITH moved AS (DELETE FROM "{table}_default" WHERE {inside} RETURNING *)'  # noqa: S608  our own names
            f' INSERT INTO "{name}" SELECT * FROM moved',
            [lower, upper],
        )
        cursor.execute(f'ALTER TABLE "{table}" ATTACH PARTITION "{name}" FOR VALUES FROM (%s) TO (%s)', [lower, upper])


def _children(table: str, using: str) -> set[str]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid"
            " WHERE inhparent = to_regclass(%s)",
            [f'public."{table}"'],
        )
        return {row[0] for row in cursor.fetchall()}


def _months(today: date, first: int, last: int) -> Iterator[date]:
    for offset in range(first, last + 1):
        years, month = divmod(today.month - 1 + offset, 12)
        yield date(today.year + years, month + 1, 1)


def _next(start: date) -> date:
    return next(_months(start, 1, 1))


def _midnight(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=VN_ZONE).isoformat()


def _name(table: str, start: date) -> str:
    return f"{table}_{start:%Y_%m}"
