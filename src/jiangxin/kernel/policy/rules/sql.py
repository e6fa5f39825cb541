"""A policy as a SQL predicate over profile columns, for several databases.

Traps that this module stays clear of: prefixes are compared with SUBSTRING, since LIKE
folds case on SQLite and knows wildcards; dates are ISO texts, since a cast becomes a
function call on SQLite; ages become birthdays, so that a column is compared with a
constant. A missing value satisfies nothing: there is no NOT over a group.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlglot import exp

from jiangxin.kernel.policy.enums import Comparison, Junction
from jiangxin.kernel.policy.rules.ages import latest_birth
from jiangxin.kernel.policy.rules.tree import REGION, Condition, Leaf, Policy, Scalar

Dialect = Literal["sqlite", "postgres"]


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
        terms.insert(0, compiler.starts_with(_column(REGION), (policy.region,)))
    return exp.and_(*terms).sql(dialect=dialect)


def _column(key: str) -> exp.Column:
    return exp.column(key, quoted=True)


class _Compiler:
    def __init__(self, on: date, dialect: Dialect) -> None:
        self.on = on
        self.dialect = dialect

    def condition(self, condition: Condition) -> exp.Expression:
        if isinstance(condition, Leaf):
            return self.leaf(condition)
        join = exp.or_ if condition.junction is Junction.ANY_OF else exp.and_
        return exp.paren(join(*(self.condition(one) for one in condition.members)))

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
        return exp.Literal.string(
            value.isoformat() if isinstance(value, date) else value
        )

    def among(self, column: exp.Expression, values: Any) -> exp.Expression:
        return exp.In(this=column, expressions=[self.value(one) for one in values])

    def starts_with(
        self, column: exp.Expression, prefixes: tuple[str, ...]
    ) -> exp.Expression:
        by_length: dict[int, list[str]] = defaultdict(list)
        for prefix in prefixes:
            by_length[len(prefix)].append(prefix)
        terms = [
            self.among(
                exp.Substring(
                    this=column.copy(),
                    start=exp.Literal.number(1),
                    length=exp.Literal.number(length),
                ),
                same_length,
            )
            for length, same_length in sorted(by_length.items())
        ]
        return terms[0] if len(terms) == 1 else exp.paren(exp.or_(*terms))

    def born_by(self, years: int) -> exp.Expression:
        return self.value(latest_birth(self.on, years))


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
    Comparison.NONE_OF: lambda it, column, limit: exp.not_(it.among(column, limit)),
    Comparison.STARTS_WITH_ONE_OF: lambda it, column, limit: it.starts_with(
        column, limit
    ),
    Comparison.IS_TRUE: lambda it, column, limit: exp.EQ(
        this=column, expression=it.value(limit)
    ),
    # Older than n - 1 is n or more; no more than n is younger than n + 1.
    Comparison.AGE_AT_LEAST: lambda it, column, years: exp.LTE(
        this=column, expression=it.born_by(years)
    ),
    Comparison.AGE_AT_MOST: lambda it, column, years: exp.GT(
        this=column, expression=it.born_by(years + 1)
    ),
}
