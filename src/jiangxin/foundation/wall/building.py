"""Making the role that requests take, and the policies it is held to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from jiangxin.foundation.wall.visits import SUFFIX

POLICY = "within_reach"

# In a block of its own: two test databases of one server may be made at one time.
_MAKE = """
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN;
    GRANT {role} TO {user};
EXCEPTION WHEN duplicate_object OR unique_violation OR internal_error THEN NULL;
END $$
"""
# The last two: of tables that later migrations create.
_GIVE = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}
    GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""


def raise_wall(connection: BaseDatabaseWrapper) -> bool:
    """Make the role if we may, and give it the tables; return whether it can be taken.

    What each row is held to, the policies of the tables say: so it may have them all.
    Doing it again changes nothing.
    """
    if connection.vendor != "postgresql":
        return False
    names = _names(connection)
    with connection.cursor() as cursor:
        if not stands(connection) and _may_make_roles(connection):
            cursor.execute(_MAKE.format(**names))
        if not stands(connection):
            return False
        cursor.execute(_GIVE.format(**names))
    return True


def stands(connection: BaseDatabaseWrapper) -> bool:
    """Return whether requests can take the role."""
    return _tells(
        connection,
        "SELECT pg_has_role(oid, 'member') FROM pg_catalog.pg_roles"
        " WHERE rolname = session_user || %s",
        SUFFIX,
    )


def has_policies(connection: BaseDatabaseWrapper) -> bool:
    """Return whether migrations walled tables in already."""
    return _tells(
        connection,
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_policies WHERE policyname = %s)",
        POLICY,
    )


def signs_in_as_superuser(connection: BaseDatabaseWrapper) -> bool:
    return _tells(
        connection,
        "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = session_user",
    )


def policy(table: str, condition: str) -> Iterator[str]:
    """Yield what walls a table in. Its owner, who is the platform, is not held."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"CREATE POLICY {POLICY} ON {table} USING ({condition})"


def no_policy(table: str) -> Iterator[str]:
    yield f"DROP POLICY {POLICY} ON {table}"
    yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"


def through(table: str, column: str) -> str:
    """Return the condition that another walled table lets a row's reference through.

    Not EXISTS, which PostgreSQL likes to answer by reading the whole of `table` first.
    """
    return f"(SELECT true FROM {table} AS seen WHERE seen.id = {column})"  # noqa: S608 -- our own names


def wall_in(conditions: Mapping[str, str]) -> RunPython:
    """Return the step of a migration that walls tables in; elsewhere it does nothing.

    conditions: {table: condition under which a row is let through}.
    """

    def each(make: Callable[[str], Iterable[str]]) -> Callable[[Any, Any], None]:
        def run(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 -- Django's
            if editor.connection.vendor != "postgresql":
                return
            with editor.connection.cursor() as cursor:
                for table in conditions:
                    for statement in make(table):
                        cursor.execute(statement)

        return run

    return RunPython(
        each(lambda table: policy(table, conditions[table])), each(no_policy)
    )


def _may_make_roles(connection: BaseDatabaseWrapper) -> bool:
    return _tells(
        connection,
        "SELECT rolsuper OR rolcreaterole FROM pg_catalog.pg_roles"
        " WHERE rolname = session_user",
    )


def _tells(connection: BaseDatabaseWrapper, question: str, *values: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row = cursor.fetchone()
    return bool(row and row[0])


def _names(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user::text, current_schema()::text")
        user, schema = cursor.fetchone()
    quote = connection.ops.quote_name
    return {
        "user": quote(user),
        "role": quote(f"{user}{SUFFIX}"),
        "schema": quote(schema),
    }
