"""Policies for the business-rules package: one rule a row of what is granted."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_NUMERIC
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    select_rule_variable,
    string_rule_variable,
)

from benchmarks.policy.answers import NOT_SERVED
from benchmarks.policy.people import ATTRIBUTES, CODE, YES_NO
from benchmarks.policy.plain import Given, Joined, Plain, Test

Person = dict[str, Any]


def _variables() -> type[BaseVariables]:
    """A class with a variable an attribute, and one that says whether it is known."""
    methods: dict[str, Any] = {
        "__init__": lambda self, person: setattr(self, "person", person)
    }
    for key, (type_, _made) in ATTRIBUTES.items():
        if type_ is CODE:
            methods[key] = string_rule_variable()(_named(key, lambda v: v or ""))
            methods[f"{key}_listed"] = select_rule_variable()(
                _named(key, lambda v: [] if v is None else [v], f"{key}_listed")
            )
        elif type_ is YES_NO:
            methods[key] = boolean_rule_variable()(_named(key, bool))
        else:
            methods[key] = numeric_rule_variable()(_named(key, lambda v: v or 0))
        methods[f"{key}_known"] = boolean_rule_variable()(
            _named(key, lambda v: v is not None, f"{key}_known")
        )
    return type("Variables", (BaseVariables,), methods)


def _named(
    key: str, convert: Callable[[Any], Any], name: str = ""
) -> Callable[[Any], Any]:
    def read(self: Any) -> Any:
        return convert(self.person[key])

    read.__name__ = name or key
    return read


class Actions(BaseActions):
    def __init__(self, person: Person) -> None:
        self.person = person
        self.answer = NOT_SERVED

    @rule_action(
        params=dict.fromkeys(("base", "fen", "share", "floor", "cap"), FIELD_NUMERIC)
    )
    def give(self, base: int, fen: int, share: int, floor: int, cap: int) -> None:
        if share:
            part = (self.person["monthly_wage"] * share + 5000) // 10000
            fen = min(cap, max(floor, part))
        self.answer = base + fen


def evaluator(chosen: Sequence[Plain]) -> Callable[[Person], Iterable[float]]:
    variables = _variables()
    rules = [[_rule(policy, row) for row in policy.rows] for policy in chosen]

    def evaluate(person: Person) -> list[float]:
        given = []
        for one in rules:
            actions = Actions(person)
            run_all(one, variables(person), actions, stop_on_first_trigger=True)
            given.append(actions.answer)
        return given

    return evaluate


def _rule(policy: Plain, row: Given) -> dict[str, Any]:
    params = {
        name: getattr(row, name) for name in ("base", "fen", "share", "floor", "cap")
    }
    return {
        "conditions": {"all": list(map(_condition, (*policy.conditions, *row.when)))},
        "actions": [{"name": "give", "params": params}],
    }


def _condition(one: Test | Joined) -> dict[str, Any]:
    if isinstance(one, Joined):
        return {"any" if one.is_any else "all": list(map(_condition, one.members))}
    return {"all": [_ask(f"{one.attribute}_known", "is_true", True), _test(one)]}


def _ask(name: str, operator: str, value: Any) -> dict[str, Any]:
    return {"name": name, "operator": operator, "value": value}


def _test(one: Test) -> dict[str, Any]:  # noqa: PLR0911 -- one line a comparison
    name, first = one.attribute, one.values[0]
    match one.how:
        case "at_least":
            return _ask(name, "greater_than_or_equal_to", first)
        case "at_most":
            return _ask(name, "less_than_or_equal_to", first)
        case "between":
            low = _ask(name, "greater_than_or_equal_to", first)
            return {"all": [low, _ask(name, "less_than_or_equal_to", one.values[1])]}
        case "one_of" if isinstance(first, bool):
            return _ask(name, "is_true" if first else "is_false", True)
        case "one_of":
            return {"any": [_ask(name, "equal_to", value) for value in one.values]}
        case "none_of":
            listed = f"{name}_listed"
            return {
                "all": [_ask(listed, "does_not_contain", value) for value in one.values]
            }
        case "within":
            return {"any": [_ask(name, "starts_with", value) for value in one.values]}
    # It has no "does not start with": every code of another first letter is listed.
    others = sorted({"A", "C", "E", "G", "I", "O"} - set(one.values))
    return {"any": [_ask(name, "starts_with", value) for value in others]}
