"""The tables of the file: profiles, one table of matches a policy, and what they are of.

profile    person_id and one column an attribute
served_<n> whom policy number n serves: person_id, the row of its table that grants it,
           and the amount where that does not follow from the row
match_<n>  the same as a view, always with the amount
policy     the number of each policy, the SQL that its matches were made with, and how
           many people it serves
about      the day, the moment, the last change included, how attributes are computed
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from duckdb import DuckDBPyConnection

from jiangxin.kernel.policy.enums import AttributeType

PROFILE = "profile"
COLUMN_TYPES = {
    AttributeType.DATE: "DATE",
    AttributeType.INTEGER: "BIGINT",
    AttributeType.DECIMAL: "DECIMAL(18, 4)",
    AttributeType.BOOLEAN: "BOOLEAN",
    AttributeType.CODE: "VARCHAR",
    AttributeType.TEXT: "VARCHAR",
    AttributeType.MONEY: "BIGINT",
}
MATCH_COLUMNS = "person_id BIGINT, grant_row SMALLINT, amount_fen BIGINT"


@dataclass(frozen=True)
class Column:
    """One attribute as a column."""

    key: str
    type: AttributeType

    @property
    def name(self) -> str:
        return f'"{self.key}"'

    @property
    def sql_type(self) -> str:
        return COLUMN_TYPES[self.type]


@dataclass(frozen=True)
class Kept:
    """A policy as the file knows it. made_with: SQL of its matches, "" when none are."""

    number: int
    code: str
    version: str = ""
    made_with: str = ""
    people: int = 0

    @property
    def matches(self) -> str:
        """What is read."""
        return f"match_{self.number}"

    @property
    def served(self) -> str:
        """What is written."""
        return f"served_{self.number}"


def make_tables(connection: DuckDBPyConnection, columns: Sequence[Column]) -> None:
    fields = ", ".join(
        ["person_id BIGINT", *(f"{one.name} {one.sql_type}" for one in columns)]
    )
    connection.execute(f"CREATE TABLE {PROFILE} ({fields})")
    connection.execute("CREATE TABLE IF NOT EXISTS about (key VARCHAR, value VARCHAR)")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS policy"
        " (number INTEGER, code VARCHAR, version VARCHAR, made_with VARCHAR,"
        " people BIGINT)"
    )


def about(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return what the file says of itself; nothing when it is new."""
    known = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'about'"
    ).fetchone()
    if known is None:
        return {}
    return dict(connection.execute("SELECT key, value FROM about").fetchall())


def say_about(connection: DuckDBPyConnection, values: Mapping[str, str]) -> None:
    connection.execute("DELETE FROM about")
    connection.executemany(
        "INSERT INTO about VALUES (?, ?)", [list(item) for item in values.items()]
    )


def kept_policies(connection: DuckDBPyConnection) -> dict[str, Kept]:
    """Return the policies whose matches are in the file, by code."""
    rows = connection.execute(
        "SELECT number, code, version, made_with, people FROM policy ORDER BY number"
    ).fetchall()
    return {row[1]: Kept(*row) for row in rows}


def add_policy(connection: DuckDBPyConnection, kept: Kept) -> None:
    """Give a policy its place in the file; it serves nobody yet."""
    connection.execute("INSERT INTO policy VALUES (?, ?, ?, ?, ?)", astuple(kept))
    connection.execute(f"CREATE TABLE {kept.served} ({MATCH_COLUMNS})")
    connection.execute(f"CREATE VIEW {kept.matches} AS FROM {kept.served}")


def keep_policies(connection: DuckDBPyConnection, kept: Iterable[Kept]) -> None:
    """Write down these policies, and no others."""
    columns = list(zip(*map(astuple, kept), strict=True))
    connection.execute("DELETE FROM policy")
    if columns:
        places = ", ".join(["unnest(?)"] * len(columns))
        connection.execute(f"INSERT INTO policy SELECT {places}", columns)


def next_number(kept: Iterable[Kept]) -> int:
    return max((one.number for one in kept), default=0) + 1


def replace_matches(
    connection: DuckDBPyConnection, kept: Kept, table: str, matches: str
) -> None:
    """Let a table take the place of the policy's. matches: the view on it as SQL."""
    connection.execute(
        f"DROP TABLE IF EXISTS {kept.served};"
        f"ALTER TABLE {table} RENAME TO {kept.served};"
        f"CREATE OR REPLACE VIEW {kept.matches} AS {matches}"
    )


def drop_matches(connection: DuckDBPyConnection, kept: Kept) -> None:
    connection.execute(f"DROP VIEW {kept.matches}")
    connection.execute(f"DROP TABLE {kept.served}")
