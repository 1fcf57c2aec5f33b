"""Copies all rows from a database of SQLite into one of PostgreSQL, for a site that has outgrown the first."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

from . import database


def copy_rows(path: Path) -> None:
    """Replace the rows of the open database by those of an SQLite database in a file.

    Both have the tables of this release. Rows keep their keys, and no signal is sent: `loaddata` would note each row as
    a change, under a key that belongs to another row.
    """
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    with database.second(path) as source, transaction.atomic(), connection.cursor() as cursor:
        # Migrations wrote rows, such as roles.
        connection.ops.execute_sql_flush(
            connection.ops.sql_flush(no_style(), [model._meta.db_table for model in models])
        )
        for model in models:
            _copy(model, source, cursor)
        for reset in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(reset)
    ContentType.objects.clear_cache()


def _copy(model: Any, source: str, cursor: Any) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    rows = model._base_manager.using(source).order_by().values_list(*[field.attname for field in fields])
    quoted = connection.ops.quote_name
    columns, places = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    cursor.executemany(
        f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608  names of ours
        (
            [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
            for row in rows.iterator(chunk_size=1_000)
        ),
    )
