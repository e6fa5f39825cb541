"""A policy as SQL over profile columns, for several databases: whom it serves, with what.

Traps that this module stays clear of: prefixes are compared with SUBSTRING, since LIKE
folds case on SQLite and knows wildcards; dates are ISO texts, since a cast becomes a
function call on SQLite; ages become birthdays, so that a column is compared with a
constant; money is whole fen, so that no engine rounds its own way. A missing value
satisfies nothing: there is no NOT over a group.

And a trap of speed: DuckDB takes an OR, or an IN of texts, row by row where it stands in
a WHERE as such, and by whole vectors where its outcome is compared with something, in a
third of the time or less. So there they are compared with TRUE.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from sqlglot import exp

from jiangxin.kernel.policy.enums import Comparison, Junction
from jiangxin.kernel.policy.rules.ages import latest_birth, months_before
from jiangxin.kernel.policy.rules.tree import (
    WHOLE_SHARE,
    Amount,
    Condition,
    GrantRow,
    Leaf,
    Policy,
    Scalar,
    Share,
)

Dialect = Literal["sqlite", "postgres", "duckdb", "spark"]

# They compare a date with a text by turning the column into text, or not at all.
TYPED_DATES: tuple[Dialect, ...] = ("duckdb", "spark")
# Dividing whole numbers gives a whole number with a plain stroke.
WHOLE_DIVISION: tuple[Dialect, ...] = ("sqlite", "postgres")
# What DuckDB compares with a column as it reads it, without further ado.
PLAIN = (exp.GTE, exp.LTE, exp.GT, exp.EQ, exp.NEQ, exp.Between, exp.StartsWith)

GRANT_ROW = "grant_row"


class GrantColumns(NamedTuple):
    """Two expressions over the profile.

    row: which row of the table applies, counted from 1; null when none does. fen: what
    it gives, by the column `grant_row` that holds it; 0 when no row applies, null for a
    row that gives no money, for a share of something that is not on record, and for a
    policy without a table. reads: what else of the profile the amount takes.
    """

    row: str
    fen: str
    reads: tuple[str, ...] = ()


class Granting(NamedTuple):
    """Whom a policy serves by which row of its table, and what that gives.

    served: the statement for the first. fen: an expression over its columns for the
    second. follows_from_row: whether it takes no more than the number of the row.
    subject: the column that names whom.
    """

    served: str
    fen: str
    follows_from_row: bool
    subject: str = "person_id"

    def whole(self) -> str:
        """Return one statement for the subject, grant_row and amount_fen."""
        return self.amounts(f"({self.served}) AS served")

    def amounts(self, served: str) -> str:
        """The same, of a table that holds what `served` finds."""
        return (
            f"SELECT {self.subject}, {GRANT_ROW}, CAST({self.fen} AS BIGINT) AS amount_fen"  # noqa: S608 -- checked files
            f" FROM {served}"
        )


def predicate(policy: Policy, on: date, dialect: Dialect) -> str:
    """Return the condition that selects the profiles eligible on that day.

    Columns are named by attribute keys. Nobody is selected when the policy is not in
    force. The text holds no parameter markers: its values come from checked files.
    """
    if not policy.is_in_force(on):
        return "1 = 0"
    compiler = _Compiler(on, dialect)
    terms = [compiler.condition(condition) for condition in policy.conditions]
    if policy.region:
        region = _column(policy.region_attribute)
        terms.insert(0, compiler.starts_with(region, (policy.region,)))
    asked = [compiler.term(one) for one in terms]
    return exp.and_(*asked, copy=False).sql(dialect=dialect)


def grant(policy: Policy, on: date, dialect: Dialect) -> GrantColumns:
    """Return what the profiles that `predicate` selects are given on that day.

    `explaining` says the same for one profile.
    """
    if policy.grants is None or not policy.is_in_force(on):
        return GrantColumns("NULL", "NULL")
    compiler = _Compiler(on, dialect)
    row = exp.Case()
    for number, one in enumerate(policy.grants.rows, start=1):
        row = row.when(compiler.all_of(one), exp.Literal.number(number), copy=False)
    fen = compiler.fen(policy.grants.rows)
    shares = [one.gives for one in policy.rows if isinstance(one.gives, Share)]
    return GrantColumns(
        row.sql(dialect=dialect),
        fen.sql(dialect=dialect),
        reads=tuple(dict.fromkeys(one.attribute for one in shares)),
    )


def granting(policy: Policy, on: date, dialect: Dialect, *, profiles: str) -> Granting:
    """Return how to find whom a policy serves on a day, and what it grants them.

    profiles: the table that is asked.
    """
    row, fen, reads = grant(policy, on, dialect)
    read = "".join(f", {_column(key).sql(dialect=dialect)}" for key in reads)
    subject = f"{policy.subject.value}_id"
    served = (
        f"SELECT {subject}, CAST({row} AS SMALLINT) AS {GRANT_ROW}{read}"  # noqa: S608 -- checked files
        f" FROM {profiles} WHERE {predicate(policy, on, dialect)}"
    )
    return Granting(served, fen, not reads, subject)


def _column(key: str) -> exp.Column:
    return exp.column(key, quoted=True)


class _Compiler:
    """Builds expressions that stand in one place each, so none is copied (`copy=False`)."""

    def __init__(self, on: date, dialect: Dialect) -> None:
        self.on = on
        self.dialect = dialect

    def term(self, condition: exp.Expression) -> exp.Expression:
        """One of several conditions that stand side by side in a WHERE."""
        if self.dialect != "duckdb" or isinstance(condition, PLAIN):
            return condition
        return exp.EQ(this=exp.paren(condition, copy=False), expression=exp.true())

    def condition(self, condition: Condition) -> exp.Expression:
        if isinstance(condition, Leaf):
            return self.leaf(condition)
        join = exp.or_ if condition.junction is Junction.ANY_OF else exp.and_
        members = [self.condition(one) for one in condition.members]
        return exp.paren(join(*members, copy=False), copy=False)

    def leaf(self, leaf: Leaf) -> exp.Expression:
        return BUILDERS[leaf.comparison](
            self, _column(leaf.attribute), leaf.limit(self.on)
        )

    def value(self, value: Scalar) -> exp.Expression:
        if isinstance(value, bool):
            if self.dialect == "sqlite":
                return exp.Literal.number(int(value))
            return exp.true() if value else exp.false()
        if isinstance(value, int | Decimal):
            return exp.Literal.number(
                str(value) if isinstance(value, int) else format(value, "f")
            )
        if isinstance(value, date):
            day = exp.Literal.string(value.isoformat())
            if self.dialect not in TYPED_DATES:
                return day
            return exp.Cast(this=day, to=exp.DataType(this=exp.DataType.Type.DATE))
        return exp.Literal.string(value)

    def all_of(self, row: GrantRow) -> exp.Expression:
        # A row without conditions applies to all; `1 = 1` is true in every dialect.
        always = exp.EQ(this=exp.Literal.number(1), expression=exp.Literal.number(1))
        terms = [self.condition(condition) for condition in row.when] or [always]
        return exp.paren(exp.and_(*terms, copy=False), copy=False)

    def fen(self, rows: Sequence[GrantRow]) -> exp.Expression:
        """What the rows give, by the number of the one that applies."""
        shares = [row.gives for row in rows if isinstance(row.gives, Share)]
        alike = {(one.attribute, one.limits(self.on)) for one in shares}
        if len(shares) < len(rows) or len(alike) > 1:
            return self.by_row([self.given(row) for row in rows])
        # Rows that differ in the rate alone: reckoned once, and not once a row.
        rates = self.by_row([self.value(one.hundredths(self.on)) for one in shares])
        no_row = exp.Is(this=_column(GRANT_ROW), expression=exp.null())
        nothing = exp.Literal.number(0)
        reckoned = self.share(shares[0], rates)
        return exp.Case().when(no_row, nothing, copy=False).else_(reckoned, copy=False)

    def by_row(self, values: Iterable[exp.Expression]) -> exp.Case:
        chosen = exp.Case(this=_column(GRANT_ROW))
        for number, value in enumerate(values, start=1):
            chosen = chosen.when(exp.Literal.number(number), value, copy=False)
        return chosen.else_(exp.Literal.number(0), copy=False)

    def given(self, row: GrantRow) -> exp.Expression:
        match row.gives:
            case Amount() as amount:
                return self.value(amount.fen(self.on))
            case Share() as share:
                return self.share(share, self.value(share.hundredths(self.on)))
        return exp.null()

    def share(self, share: Share, hundredths: exp.Expression) -> exp.Expression:
        column = _column(share.attribute)
        # Half up: nothing is owed of a debt, so no number here is below zero.
        part = self.divided(
            exp.paren(
                column.copy() * hundredths + self.value(WHOLE_SHARE // 2), copy=False
            ),
            WHOLE_SHARE,
        )
        # One over the other, so that the part is reckoned once a person.
        floor, cap = share.limits(self.on)
        bounded = self.bounded(exp.Greatest, part, floor or 0)
        if cap is not None:
            bounded = self.bounded(exp.Least, bounded, cap)
        # What is not on record would be passed over, and the floor given instead.
        unknown = exp.Is(this=column, expression=exp.null())
        return exp.Case().when(unknown, exp.null(), copy=False).else_(bounded)

    def bounded(
        self,
        which: type[exp.Greatest | exp.Least],
        value: exp.Expression,
        bound: int,
    ) -> exp.Expression:
        # Neither side is null; each dialect is asked for its own plain function.
        passes_over_nulls = self.dialect != "sqlite"
        return which(
            this=value, expressions=[self.value(bound)], ignore_nulls=passes_over_nulls
        )

    def divided(self, whole: exp.Expression, by: int) -> exp.Expression:
        number = exp.Literal.number(by)
        if self.dialect in WHOLE_DIVISION:
            is_sqlite = self.dialect == "sqlite"
            return exp.Div(this=whole, expression=number, typed=True, safe=is_sqlite)
        return exp.IntDiv(this=whole, expression=number)

    def among(self, column: exp.Expression, values: Any) -> exp.Expression:
        return exp.In(this=column, expressions=[self.value(one) for one in values])

    def starts_with(
        self, column: exp.Expression, prefixes: tuple[str, ...]
    ) -> exp.Expression:
        if self.dialect == "duckdb":
            return self.starts_with_each(column, prefixes)
        by_length: dict[int, list[str]] = defaultdict(list)
        for prefix in prefixes:
            by_length[len(prefix)].append(prefix)
        terms = (
            self.among(
                exp.Substring(
                    this=column.copy(),
                    start=exp.Literal.number(1),
                    length=exp.Literal.number(length),
                ),
                same_length,
            )
            for length, same_length in sorted(by_length.items())
        )
        return self.any_of(terms)

    def starts_with_each(
        self, column: exp.Expression, prefixes: tuple[str, ...]
    ) -> exp.Expression:
        """DuckDB has a function for it, which is quicker than cutting texts."""
        return self.any_of(
            exp.StartsWith(this=column.copy(), expression=self.value(prefix))
            for prefix in prefixes
        )

    def any_of(self, terms: Iterable[exp.Expression]) -> exp.Expression:
        first, *others = terms
        if not others:
            return first
        return exp.paren(exp.or_(first, *others, copy=False), copy=False)

    def since(self, column: exp.Expression, first: date) -> exp.Expression:
        """Between a day and the one that is asked about."""
        return exp.Between(this=column, low=self.value(first), high=self.value(self.on))

    def born_by(self, years: int) -> exp.Expression:
        return self.value(latest_birth(self.on, years))


# At least n years: the day came n years ago or earlier. No more than n: less than n + 1.
def _years_at_least(it: _Compiler, column: exp.Column, years: Any) -> exp.Expression:
    return exp.LTE(this=column, expression=it.born_by(years))


def _years_at_most(it: _Compiler, column: exp.Column, years: Any) -> exp.Expression:
    return exp.GT(this=column, expression=it.born_by(years + 1))


Builder = Callable[[_Compiler, exp.Column, Any], exp.Expression]

BUILDERS: dict[Comparison, Builder] = {
    Comparison.AT_LEAST: lambda it, column, limit: exp.GTE(
        this=column, expression=it.value(limit)
    ),
    Comparison.AT_MOST: lambda it, column, limit: exp.LTE(
        this=column, expression=it.value(limit)
    ),
    Comparison.BETWEEN: lambda it, column, limit: exp.Between(
        this=column, low=it.value(limit[0]), high=it.value(limit[1])
    ),
    Comparison.EQUALS: lambda it, column, limit: exp.EQ(
        this=column, expression=it.value(limit)
    ),
    Comparison.NOT_EQUALS: lambda it, column, limit: exp.NEQ(
        this=column, expression=it.value(limit)
    ),
    Comparison.ONE_OF: lambda it, column, limit: it.among(column, limit),
    Comparison.NONE_OF: lambda it, column, limit: exp.not_(
        it.among(column, limit), copy=False
    ),
    Comparison.STARTS_WITH_ONE_OF: lambda it, column, limit: it.starts_with(
        column, limit
    ),
    Comparison.IS_TRUE: lambda it, column, limit: exp.EQ(
        this=column, expression=it.value(limit)
    ),
    Comparison.STARTS_WITH_NONE_OF: lambda it, column, limit: exp.not_(
        it.starts_with(column, limit), copy=False
    ),
    Comparison.AGE_AT_LEAST: _years_at_least,
    Comparison.AGE_AT_MOST: _years_at_most,
    Comparison.YEARS_SINCE_AT_LEAST: _years_at_least,
    Comparison.YEARS_SINCE_AT_MOST: _years_at_most,
    Comparison.WITHIN_MONTHS: lambda it, column, months: it.since(
        column, months_before(it.on, months)
    ),
    Comparison.WITHIN_DAYS: lambda it, column, days: it.since(
        column, it.on - timedelta(days)
    ),
}
