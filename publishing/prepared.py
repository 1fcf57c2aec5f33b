"""Querysets whose SQL is made once. Making it takes Django longer than the rest of a query.

    @prepared
    def open_calls(now: Any) -> QuerySet[Call]:
        return Call.objects.published().filter(opens_at__lte=now, closes_at__gt=now)

    open_calls(now=timezone.now())  # a list of calls

The function is called once for each language, with expressions in place of its arguments. Its queryset may depend on
nothing but these. An argument is a value to compare a column with, but not None, or a list of values for `__in`; such
lookups of a relation are written `dialogue__pk__in`. If a list is empty, no query runs and nothing is found.

As usual, a queryset that locks its rows must be called inside a transaction.

An argument `user` is the reader. The SQL is kept for readers who are not signed in, as they all see the same; for
others it is made each time:

    @prepared
    def papers_of(dialogue: Any, user: Any) -> QuerySet[Paper]:
        return Paper.objects.visible_to(user).filter(dialogue=dialogue)
"""

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.db.models import QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from django.utils.translation import get_language

MAX_INTEGER = 2**63 - 1  # the largest number that a column can hold
Row = TypeVar("Row")


@dataclass(frozen=True)
class Parameter:
    """A parameter of the SQL: the argument with this name or, if it is a list, the value at `place` in it."""

    name: str
    place: int | None = None

    def of(self, values: dict[str, Any]) -> Any:
        """Return its value among those of the arguments."""
        return values[self.name] if self.place is None else values[self.name][self.place]


class MadeQuery(Query):
    """A query with the compiler that knows its SQL."""

    own_compiler: SQLCompiler

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        return self.own_compiler


class OwnCompilers(threading.local):
    """Compilers of this thread with its connections, by the key of their SQL and the alias of the database."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[Any, ...], SQLCompiler] = {}


class Prepared(Generic[Row]):
    """A function that returns the rows of a queryset as a list."""

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._made: dict[tuple[Any, ...], tuple[QuerySet[Any, Row], SQLCompiler, str, Sequence[Any]]] = {}
        self._own = OwnCompilers()

    def __call__(self, **arguments: Any) -> list[Row]:
        if any(isinstance(one, int) and abs(one) > MAX_INTEGER for one in arguments.values()):
            return []  # as Django does: no row has such a number, and SQLite takes none
        if None in arguments.values():
            raise ValueError("An argument of a prepared queryset cannot be None: NULL is compared in another way.")
        readers = {"user": arguments.pop("user")} if "user" in arguments else {}
        if any(not is_anonymous(reader) for reader in readers.values()):
            return list(self._make(**arguments, **readers))
        values = {name: _filled_up(value) if isinstance(value, list) else value for name, value in arguments.items()}
        lengths = {name: len(value) for name, value in values.items() if isinstance(value, list)}
        if 0 in lengths.values():
            return []
        key = (get_language(), *lengths.items())
        if key not in self._made:
            self._made[key] = self._prepare(values, {name: AnonymousUser() for name in readers})
        kept, compiler, sql, parameters = self._made[key]
        rows = kept.all()
        own = self._own_compiler(compiler, (*key, rows.db))
        if rows.query.select_for_update and own.connection.get_autocommit():
            raise TransactionManagementError("Rows can be locked in a transaction only.")
        filled = tuple(
            _adapted(one.of(values), own.connection) if isinstance(one, Parameter) else one for one in parameters
        )
        setattr(own, "as_sql", lambda *args, **kwargs: (sql, filled))  # noqa: B010  mypy wants no method replaced
        cast(MadeQuery, rows.query).own_compiler = own
        return list(rows)

    def _own_compiler(self, compiler: SQLCompiler, key: tuple[Any, ...]) -> SQLCompiler:
        """Return a compiler with the connection of this thread. It asks each column once how to convert its values."""
        using = key[-1]
        own = self._own.by_key.get(key)
        if own is None or own.connection is not connections[using]:
            own = self._own.by_key[key] = copy(compiler)
            own.using, own.connection = using, connections[using]
            converters = own.get_converters([column for column, *_rest in own.select[: own.col_count]])
            setattr(own, "get_converters", lambda columns: converters)  # noqa: B010  mypy wants no method replaced
        return own

    def _prepare(
        self, values: dict[str, Any], readers: dict[str, AnonymousUser]
    ) -> tuple[QuerySet[Any, Row], SQLCompiler, str, Sequence[Any]]:
        rows = self._make(**{name: _placeholder(name, value) for name, value in values.items()}, **readers)
        compiler = rows.query.get_compiler(rows.db)
        sql, parameters = compiler.as_sql()
        del compiler.connection  # it belongs to this thread
        iterable = rows._iterable_class
        rows.query = rows.query.chain(klass=MadeQuery)
        rows._iterable_class = iterable  # setting the query makes rows of `values_list` dictionaries
        return rows, compiler, sql, parameters


def is_anonymous(user: Any) -> bool:
    """Return whether a reader is not signed in and opened no preview. A `Guest`, who did, is of another class."""
    return user.__class__ is AnonymousUser  # not `type`, because the user of a request is a lazy object


def prepared(make: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """Return `make`, whose queryset is prepared; a decorator."""
    return Prepared(make)


def set_related(records: Collection[Any], **rows: Iterable[Any]) -> None:
    """Attach rows to the records of one model that they belong to, by the names of the relations.

    The `all()` of a relation then returns a list without a query. `prefetch_related` does the same, but makes its SQL
    each time.
    """
    if not records:
        return
    by_pk = {record.pk: record for record in records}
    for name, some in rows.items():
        back = next(iter(records))._meta.get_field(name).remote_field
        for record in records:
            record._prefetched_objects_cache = {**getattr(record, "_prefetched_objects_cache", {}), name: []}
        for row in some:
            record = by_pk[getattr(row, back.attname)]
            setattr(row, back.name, record)
            record._prefetched_objects_cache[name].append(row)


def _adapted(value: Any, connection: Any) -> Any:
    """Return a value as the database takes it. SQLite has no UUIDs, and Django keeps their digits there."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return connection.ops.adapt_unknown_value(value)


def _placeholder(name: str, value: Any) -> Value | list[Value]:
    if isinstance(value, list):
        return [Value(Parameter(name, place)) for place in range(len(value))]
    return Value(Parameter(name))


def _filled_up(some: list[Any]) -> list[Any]:
    """Return values with the last one repeated until there are 1, 4, 16 or so on, so that few statements are made."""
    length = 1
    while length < len(some):
        length *= 4
    return some + some[-1:] * (length - len(some))
