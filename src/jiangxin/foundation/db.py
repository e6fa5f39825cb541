"""Transactions and bulk loading, the same on SQLite and PostgreSQL."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

from jiangxin.foundation.wall.visits import for_the_platform

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

ROWS_A_STATEMENT = 5_000
# Fewer than these are joined quickly in whatever way.
ROWS_WORTH_A_LOOK = 1_000


def opens_transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Run the operation in one transaction of its own.

    Raises RuntimeError when one is already open: an operation that is a step of
    another carries `needs_transaction` instead, so a transaction has one owner.
    An operation asks by itself whether its actor may, and has to know of everybody
    (is this number in the register?): it acts outside of the second wall.
    """

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with for_the_platform(), transaction.atomic(durable=True):
            return function(*args, **kwargs)

    return inner


def needs_transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Refuse to run outside a transaction.

    Raises TransactionManagementError, which is a fault of the caller's code.
    """

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            message = f"{function.__qualname__} must run inside a transaction"
            raise transaction.TransactionManagementError(message)
        return function(*args, **kwargs)

    return inner


def after_commit(function: Callable[[], object]) -> None:
    """Call `function` once the transaction is safe; never when it is undone."""
    transaction.on_commit(function)


class Among(Lookup[Any]):
    """`Among(F("number"), numbers)`: the column is one of many values.

    As one parameter, where `__in` would make one of each value and take longer to
    write the statement than the database takes to answer it. rhs: texts or integers.
    """

    prepare_rhs = False

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        values = list(self.rhs)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", (*params, values)
        chosen = "SELECT value FROM json_each(%s)"
        return f"{column} IN ({chosen})", (*params, json.dumps(values))


class AfterFirst(models.Func):
    """`AfterFirst("name")`: a text without its first character, also in an index.

    The position stands in the statement, not among its parameters: SQLite would not
    know the index by a parameter.
    """

    function = "SUBSTR"
    template = "%(function)s(%(expressions)s, 2)"
    arity = 1
    output_field = models.CharField()


class HasFour(models.Func):
    """`HasFour("name")`: a text has four or more characters, also in an index."""

    function = "LENGTH"
    template = "%(function)s(%(expressions)s) > 3"
    arity = 1
    output_field = models.BooleanField()


class Given(Lookup[Any]):
    """`Given(F("pk"), "function", value)`: a function of ours gives it, on PostgreSQL."""

    prepare_rhs = False

    def __init__(self, lhs: models.F, function: str, rhs: str) -> None:
        super().__init__(lhs, rhs)
        self.function = function

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        function = connection.ops.quote_name(self.function)
        return f"{column} IN (SELECT {function}(%s))", (*params, self.rhs)


class BeginsWith(Lookup[Any]):
    """`BeginsWith(F("name"), beginning)`: for PostgreSQL alone.

    Not LIKE: behind row-level security only operators that are known to tell nothing
    of the rows they see may choose them by an index, and this is one.
    """

    prepare_rhs = False

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} ^@ %s", (*params, self.rhs)


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items (itertools.batched arrives with 3.12)."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


@needs_transaction
def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Return `count` primary keys that nobody else will be given, in rising order.

    Bulk rows then know their keys before they are written, so rows of several tables
    can point at each other without being read back.
    """
    if count == 0:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # SQLite has one writer at a time and this transaction is it.
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 -- our own name
        highest = cursor.fetchone()[0] or 0
        cursor.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
        )
        ever_given = cursor.fetchone() or (0,)
        first = max(highest, ever_given[0]) + 1
        return range(first, first + count)


@needs_transaction
def bulk_insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> int:
    """Insert rows by the database's quickest road and return how many.

    columns: database column names. rows: values in that order, as the database driver
    wants them (no field conversion happens; `for_database` helps).
    Raises IntegrityError like any insert; nothing of the transaction then stays.
    """
    if connection.vendor == "postgresql":
        count = _copy(model, columns, rows)
        _tell_planner(model, count)
        return count
    return _execute_many(model, columns, rows)


def _tell_planner(model: type[models.Model], added: int) -> None:
    """Have PostgreSQL look at a table that has grown by much.

    Until it has looked it plans as if the table were small, and joins ten thousand rows
    with ten thousand one by one; by itself it looks a minute after the commit.
    """
    if added < ROWS_WORTH_A_LOOK:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", [table]
        )
        (known,) = cursor.fetchone() or (0,)
        if added > known / 10:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _names(columns: Sequence[str]) -> str:
    return ", ".join(connection.ops.quote_name(column) for column in columns)


def _copy(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    table = connection.ops.quote_name(model._meta.db_table)
    count = 0
    with (
        connection.wrap_database_errors,  # what fails shows at the end of the copy
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy,
    ):
        for count, row in enumerate(rows, 1):  # noqa: B007 -- counted on purpose
            copy.write_row(row)
    return count


def _execute_many(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    table = connection.ops.quote_name(model._meta.db_table)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({_names(columns)}) VALUES ({places})"  # noqa: S608 -- our own names
    count = 0
    with connection.cursor() as cursor:
        for batch in in_batches(rows, ROWS_A_STATEMENT):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def for_database(model: type[models.Model], name: str) -> Callable[[Any], Any]:
    """Return the function that turns a Python value into the driver's, for a field."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        message = f"{model.__name__}.{name} holds no value of its own"
        raise TypeError(message)

    def convert(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    return convert


def empty_log() -> None:
    """Write what SQLite has committed from its log into the file; waits for nobody.

    What somebody still reads or writes stays for the next time. PostgreSQL does so
    by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
