"""The profiles of many people as a temporary table, for the predicates of policies."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from jiangxin.foundation.db import in_batches
from jiangxin.kernel.policy.enums import AttributeType, Subject
from jiangxin.kernel.policy.queries.many_profiles import Statement, many_profiles
from jiangxin.kernel.policy.registry import Attribute
from jiangxin.kernel.policy.rules.sql import Dialect
from jiangxin.kernel.register.models import Organisation, Person

PROFILES = "policy_profile"
CHOSEN = "policy_chosen"

MODELS: dict[Subject, Any] = {
    Subject.PERSON: Person,
    Subject.ORGANISATION: Organisation,
}

IDS_A_STATEMENT = 10_000

COLUMN_TYPES = {
    AttributeType.DATE: "date",
    AttributeType.INTEGER: "bigint",
    AttributeType.DECIMAL: "numeric",
    AttributeType.BOOLEAN: "boolean",
    AttributeType.CODE: "text",
    AttributeType.TEXT: "text",
    AttributeType.MONEY: "bigint",
}


class HasKeyAndType(Protocol):
    """What becomes a column: an attribute, or less."""

    @property
    def key(self) -> str: ...

    @property
    def type(self) -> AttributeType: ...


# SQLite keeps a table by its key only when it is called just this.
ID_TYPES: dict[Dialect, str] = {"sqlite": "integer", "postgres": "bigint"}


def dialect() -> Dialect:
    return "postgres" if connection.vendor == "postgresql" else "sqlite"


@contextmanager
def profile_table(
    attributes: Sequence[Attribute],
    ids: Sequence[int] | None,
    on: date,
    subject: Subject = Subject.PERSON,
) -> Iterator[CursorWrapper]:
    """Make the table `policy_profile` (the subject's key and one column an attribute).

    ids: of whom; None for everybody. Gives the cursor to ask it with; the table
    is gone afterwards, or with the transaction if that is undone.
    """

    def select(subjects: QuerySet[Any]) -> Statement:
        return many_profiles(subjects, attributes, on)

    with table_of(attributes, ids, select, subject) as cursor:
        yield cursor


@contextmanager
def table_of(
    columns: Sequence[HasKeyAndType],
    ids: Sequence[int] | None,
    select: Callable[[QuerySet[Any]], Statement],
    subject: Subject = Subject.PERSON,
) -> Iterator[CursorWrapper]:
    """Make the same table of any statement. select: given whom, returns it."""
    with connection.cursor() as cursor:
        subjects: QuerySet[Any] = MODELS[subject].objects.all()
        if ids is not None:
            _load_chosen(cursor, ids)
            chosen: Any = RawSQL(f"SELECT subject_id FROM {CHOSEN}", [])  # noqa: S608, S611 -- our own name
            subjects = subjects.filter(pk__in=chosen)
        # The key also holds relations to their promise: nobody stands here twice.
        key = f"{subject.value}_id {ID_TYPES[dialect()]} PRIMARY KEY"
        fields = [
            f"{connection.ops.quote_name(one.key)} {COLUMN_TYPES[one.type]}"
            for one in columns
        ]
        cursor.execute(
            f"CREATE TEMPORARY TABLE {PROFILES} ({', '.join([key, *fields])})"
        )
        statement, parameters = select(subjects)
        cursor.execute(f"INSERT INTO {PROFILES} {statement}", parameters)
        if connection.vendor == "postgresql":
            # How many they are; the predicates read all of them, whatever they hold.
            cursor.execute(f"ANALYZE {PROFILES} ({subject.value}_id)")
        yield cursor
        cursor.execute(f"DROP TABLE {PROFILES}")
        if ids is not None:
            cursor.execute(f"DROP TABLE {CHOSEN}")


def _load_chosen(cursor: CursorWrapper, ids: Sequence[int]) -> None:
    cursor.execute(
        f"CREATE TEMPORARY TABLE {CHOSEN} "
        f" (subject_id {ID_TYPES[dialect()]} PRIMARY KEY)"
    )
    unique = dict.fromkeys(ids)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {CHOSEN} (subject_id) FROM STDIN") as copy:
            for one in unique:
                copy.write_row((one,))
        cursor.execute(f"ANALYZE {CHOSEN}")
        return
    for batch in in_batches(unique, IDS_A_STATEMENT):
        cursor.executemany(
            f"INSERT INTO {CHOSEN} VALUES (%s)",  # noqa: S608 -- our own name
            [(one,) for one in batch],
        )


def typed(one: Attribute, value: Any) -> Any:
    """SQLite gives days as texts and truths as numbers."""
    match one.type.value:
        case "date" if isinstance(value, str):
            return date.fromisoformat(value)
        case "boolean" if value is not None:
            return bool(value)
        case "decimal" if value is not None:
            return Decimal(str(value))
    return value
