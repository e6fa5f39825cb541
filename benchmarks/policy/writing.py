"""Writing a policy as an expression of another language: Python, zen, CEL, JSON-Logic."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.policy.answers import NOT_SERVED
from benchmarks.policy.plain import Given, Joined, Plain, Test


@dataclass(frozen=True)
class Language:
    """How an expression is written. half_up: hundredths of a per cent of a wage, in fen."""

    null: str
    both: str
    either: str
    no: str
    choice: str
    starts: str
    within: str
    outside: str
    part: str
    yes_no: tuple[str, str] = ("true", "false")


PYTHON = Language(
    null="None",
    both=" and ",
    either=" or ",
    no="not ({})",
    choice="({then} if {when} else {other})",
    starts="{name}.startswith({prefix})",
    within="{name} in ({values},)",
    outside="{name} not in ({values},)",
    part="({name} * {share} + 5000) // 10000",
    yes_no=("True", "False"),
)
ZEN = Language(
    null="null",
    both=" and ",
    either=" or ",
    no="not ({})",
    choice="({when} ? {then} : {other})",
    starts="startsWith({name}, {prefix})",
    within="{name} in [{values}]",
    outside="{name} not in [{values}]",
    part="floor(({name} * {share} + 5000) / 10000)",
)
CEL = Language(
    null="null",
    both=" && ",
    either=" || ",
    no="!({})",
    choice="({when} ? {then} : {other})",
    starts="{name}.startsWith({prefix})",
    within="{name} in [{values}]",
    outside="!({name} in [{values}])",
    part="({name} * {share} + 5000) / 10000",
)


def expression(policy: Plain, language: Language) -> str:
    """Return an expression whose value is the answer as one number."""
    writer = _Writer(language)
    answer = "0"
    for row in reversed(policy.rows):
        answer = writer.given(row, answer)
    when = language.both.join(map(writer.condition, policy.conditions))
    return language.choice.format(when=f"({when})", then=answer, other=str(NOT_SERVED))


@dataclass(frozen=True)
class _Writer:
    language: Language

    def condition(self, one: Test | Joined) -> str:
        if isinstance(one, Test):
            return self.test(one)
        join = self.language.either if one.is_any else self.language.both
        return f"({join.join(map(self.condition, one.members))})"

    def test(self, one: Test) -> str:
        known = f"{one.attribute} != {self.language.null}"
        return f"({known}{self.language.both}{TESTS[one.how](self, one)})"

    def value(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.language.yes_no[0 if value else 1]
        return f"'{value}'" if isinstance(value, str) else str(value)

    def among(self, template: str, one: Test) -> str:
        values = ", ".join(map(self.value, one.values))
        return template.format(name=one.attribute, values=values)

    def starts(self, one: Test) -> str:
        tests = [
            self.language.starts.format(name=one.attribute, prefix=self.value(prefix))
            for prefix in one.values
        ]
        return f"({self.language.either.join(tests)})"

    def given(self, row: Given, other: str) -> str:
        amount = str(row.base + row.fen)
        if row.share:
            amount = self.share(row)
        if not row.when:
            return amount
        when = self.language.both.join(map(self.condition, row.when))
        return self.language.choice.format(when=when, then=amount, other=other)

    def share(self, row: Given) -> str:
        choice = self.language.choice
        part = self.language.part.format(name="monthly_wage", share=row.share)
        bounded = choice.format(
            when=f"{part} > {row.cap}",
            then=row.cap,
            other=choice.format(
                when=f"{part} < {row.floor}", then=row.floor, other=f"({part})"
            ),
        )
        return f"({row.base} + {bounded})"


TESTS: dict[str, Callable[[_Writer, Test], str]] = {
    "at_least": lambda _it, one: f"{one.attribute} >= {one.values[0]}",
    "at_most": lambda _it, one: f"{one.attribute} <= {one.values[0]}",
    "between": lambda it, one: (
        f"{one.attribute} >= {one.values[0]}{it.language.both}"
        f"{one.attribute} <= {one.values[1]}"
    ),
    "one_of": lambda it, one: it.among(it.language.within, one),
    "none_of": lambda it, one: it.among(it.language.outside, one),
    "within": lambda it, one: it.starts(one),
    "not_within": lambda it, one: it.language.no.format(it.starts(one)),
}


def json_logic(policy: Plain) -> dict[str, Any]:
    """The same as JSON-Logic."""
    answer: Any = 0
    for row in reversed(policy.rows):
        answer = _json_given(row, answer)
    when = _json_all(list(map(_json_condition, policy.conditions)))
    return {"if": [when, answer, NOT_SERVED]}


def _json_condition(one: Test | Joined) -> Any:
    if isinstance(one, Joined):
        members = list(map(_json_condition, one.members))
        return {"or": members} if one.is_any else _json_all(members)
    name = {"var": one.attribute}
    return {"and": [{"!==": [name, None]}, _json_test(name, one)]}


def _json_test(name: Any, one: Test) -> Any:
    first = one.values[0]
    match one.how:
        case "at_least":
            return {">=": [name, first]}
        case "at_most":
            return {"<=": [name, first]}
        case "between":
            return {"<=": [first, name, one.values[1]]}
        case "one_of":
            return {"in": [name, list(one.values)]}
        case "none_of":
            return {"!": {"in": [name, list(one.values)]}}
    starts = {"or": [{"===": [{"substr": [name, 0, len(p)]}, p]} for p in one.values]}
    return starts if one.how == "within" else {"!": starts}


def _json_all(members: list[Any]) -> Any:
    return members[0] if len(members) == 1 else {"and": members}


def _json_given(row: Given, other: Any) -> Any:
    amount: Any = row.base + row.fen
    if row.share:
        whole = {"+": [{"*": [{"var": "monthly_wage"}, row.share]}, 5000]}
        part = {"/": [{"-": [whole, {"%": [whole, 10000]}]}, 10000]}
        amount = {"+": [row.base, {"min": [row.cap, {"max": [row.floor, part]}]}]}
    if not row.when:
        return amount
    return {"if": [_json_all(list(map(_json_condition, row.when))), amount, other]}
