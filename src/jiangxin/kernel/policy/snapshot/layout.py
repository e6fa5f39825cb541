"""The tables of the file: profiles, one table of matches a policy, and what they are of.

profile    person_id and one column an attribute
match_<n>  whom policy number n serves: person_id, the row of its table that grants it,
           and the amount
policy     the number of each policy, and the SQL that its matches were made with
about      the day, the moment, the last change included, how attributes are computed
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    version: str
    made_with: str

    @property
    def table(self) -> str:
        return f"match_{self.number}"


def make_tables(connection: DuckDBPyConnection, columns: Sequence[Column]) -> None:
    fields = ", ".join(
        ["person_id BIGINT", *(f"{one.name} {one.sql_type}" for one in columns)]
    )
    connection.execute(f"CREATE TABLE {PROFILE} ({fields})")
    connection.execute("CREATE TABLE IF NOT EXISTS about (key VARCHAR, value VARCHAR)")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS policy"
        " (number INTEGER, code VARCHAR, version VARCHAR, made_with VARCHAR)"
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
        "SELECT number, code, version, made_with FROM policy ORDER BY number"
    ).fetchall()
    return {row[1]: Kept(*row) for row in rows}


def keep_policy(connection: DuckDBPyConnection, code: str) -> Kept:
    """Return the policy's place in the file, made when it has none yet."""
    if known := kept_policies(connection).get(code):
        return known
    row = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM policy")
    (number,) = row.fetchone() or (1,)
    kept = Kept(number, code, "", "")
    connection.execute("INSERT INTO policy VALUES (?, ?, '', '')", [number, code])
    connection.execute(f"CREATE TABLE {kept.table} ({MATCH_COLUMNS})")
    return kept


def forget_policy(connection: DuckDBPyConnection, kept: Kept) -> None:
    connection.execute(f"DROP TABLE {kept.table}")
    connection.execute("DELETE FROM policy WHERE number = ?", [kept.number])
