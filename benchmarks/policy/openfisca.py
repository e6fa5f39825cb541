"""The policies as OpenFisca variables over numpy columns.

Words become their places in the column's dictionary, and class prefixes tables over it,
made ready before the clock starts; that is to its advantage.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from duckdb import DuckDBPyConnection
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.policy.answers import A_ROW, Answers
from benchmarks.policy.people import ATTRIBUTES, CODE, DATE
from benchmarks.policy.plain import Given, Joined, Plain, Test, plain
from benchmarks.policy.policies import policies

UNKNOWN = -1
PERIOD = "2026-11"
Columns = dict[str, Any]
Words = dict[str, list[str]]


def evaluate_columns(
    connection: DuckDBPyConnection, people: int
) -> tuple[Answers, float]:
    """Return the answers, and the seconds that computing them took."""
    columns, words = _read(connection, people)
    person = build_entity(key="person", plural="persons", label="", is_person=True)
    system = TaxBenefitSystem([person])
    for key in ATTRIBUTES:
        system.add_variable(_variable(key, person))
    chosen = [plain(one) for one in policies()]
    for number, one in enumerate(chosen, 1):
        system.add_variable(_variable(f"row_{number}", person, _row_of(one, words)))
        system.add_variable(_variable(f"fen_{number}", person, _fen_of(one, number)))
    simulation = SimulationBuilder().build_default_simulation(system, count=people)
    for key, values in columns.items():
        simulation.set_input(key, PERIOD, values)
    began = time.perf_counter()
    results = [
        (
            simulation.calculate(f"row_{number}", PERIOD),
            simulation.calculate(f"fen_{number}", PERIOD),
        )
        for number in range(1, len(chosen) + 1)
    ]
    seconds = time.perf_counter() - began
    return _answers(results), seconds


def _read(connection: DuckDBPyConnection, people: int) -> tuple[Columns, Words]:
    columns: Columns = {}
    words: Words = {}
    for key, (type_, _made) in ATTRIBUTES.items():
        if type_ is CODE:
            found = connection.execute(
                f'SELECT DISTINCT "{key}" FROM profile WHERE "{key}" IS NOT NULL ORDER BY 1'
            ).fetchall()
            words[key] = [word for (word,) in found]
            connection.execute(
                f'CREATE OR REPLACE TEMPORARY TABLE words AS SELECT word, row_number() OVER (ORDER BY word) - 1 AS place FROM (SELECT DISTINCT "{key}" AS word FROM profile WHERE "{key}" IS NOT NULL)'
            )
            asked = f'SELECT coalesce(place, -1) FROM profile LEFT JOIN words ON word = "{key}"'
        elif type_ is DATE:
            # Days since 1 January of the year 1, as Python counts them.
            asked = f"SELECT coalesce(\"{key}\" - DATE '1970-01-01' + 719163, -1) FROM profile"
        else:
            asked = f'SELECT coalesce("{key}"::BIGINT, -1) FROM profile'
        rows = connection.execute(
            f"{asked} WHERE person_id <= {people} ORDER BY person_id"
        ).fetchnumpy()
        columns[key] = np.asarray(next(iter(rows.values()))).astype(np.int32)
    return columns, words


def _variable(
    name: str, person: Any, formula: Callable[..., Any] | None = None
) -> type[Variable]:
    body: dict[str, Any] = {
        "value_type": int,
        "entity": person,
        "definition_period": MONTH,
        "label": name,
    }
    if formula:
        body["formula"] = formula
    return type(name, (Variable,), body)


def _row_of(one: Plain, words: Words) -> Callable[..., Any]:
    def formula(persons: Any, _period: Any) -> Any:
        def read(key: str) -> Any:
            return persons(key, PERIOD)

        served = _all(one.conditions, read, words)
        rows = [_all(row.when, read, words) for row in one.rows]
        applies = [np.full(served.shape, row) if row is True else row for row in rows]
        numbers = [row.number for row in one.rows]
        return np.where(served, np.select(applies, numbers, 0), UNKNOWN)

    return formula


def _fen_of(one: Plain, number: int) -> Callable[..., Any]:
    def formula(persons: Any, _period: Any) -> Any:
        row = persons(f"row_{number}", PERIOD)
        wage = persons("monthly_wage", PERIOD)
        return np.select(
            [row == given.number for given in one.rows],
            [_gives(given, wage) for given in one.rows],
            0,
        )

    return formula


def _gives(given: Given, wage: Any) -> Any:
    if not given.share:
        return given.fen
    part = (wage.astype(np.int64) * given.share + 5000) // 10000
    return np.minimum(given.cap, np.maximum(given.floor, part))


def _all(conditions: Any, read: Callable[[str], Any], words: Words) -> Any:
    result: Any = True
    for one in conditions:
        result = result & _condition(one, read, words)
    return result


def _condition(one: Test | Joined, read: Callable[[str], Any], words: Words) -> Any:
    if isinstance(one, Joined):
        if not one.is_any:
            return _all(one.members, read, words)
        result: Any = False
        for member in one.members:
            result = result | _condition(member, read, words)
        return result
    return _test(one, read(one.attribute), words.get(one.attribute))


def _test(one: Test, values: Any, words: list[str] | None) -> Any:
    first = one.values[0]
    known = values != UNKNOWN
    if words is not None:
        holds = np.array([_word_holds(one, word) for word in words])
        return known & holds[values]
    match one.how:
        case "at_least":
            return known & (values >= first)
        case "at_most":
            return known & (values <= first)
        case "between":
            return known & (values >= first) & (values <= one.values[1])
    return known & np.isin(values, [int(value) for value in one.values])


def _word_holds(one: Test, word: str) -> bool:
    match one.how:
        case "one_of":
            return word in one.values
        case "none_of":
            return word not in one.values
        case "within":
            return word.startswith(one.values)
    return not word.startswith(one.values)


def _answers(results: list[tuple[Any, Any]]) -> Answers:
    found = Answers()
    for number, (row, fen) in enumerate(results, 1):
        for place in np.flatnonzero(row != UNKNOWN):
            answer = int(row[place]) * A_ROW + int(fen[place])
            found.add(number, int(place) + 1, answer)
    return found
