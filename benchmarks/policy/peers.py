"""Other engines on the same people and policies.

    python -m benchmarks.policy.peers NAME FOLDER PEOPLE

They get the people as ready dicts and compile their rules once; what is timed is the
evaluation alone, with nothing stored. Ours reads from disk and stores.
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import django

from benchmarks.policy import answers
from benchmarks.policy.answers import Answers
from benchmarks.policy.people import ATTRIBUTES
from benchmarks.policy.plain import Plain, people, plain
from benchmarks.policy.policies import policies
from benchmarks.policy.writing import CEL, PYTHON, ZEN, expression, json_logic
from benchmarks.report import Measure, peak_megabytes, print_measure

Person = dict[str, Any]
# Evaluates all policies for one person.
Evaluate = Callable[[Person], Iterable[float]]


def _python(chosen: Sequence[Plain]) -> Evaluate:
    """One generated function of all policies."""
    names = "\n".join(f"    {key} = p[{key!r}]" for key in ATTRIBUTES)
    values = ", ".join(expression(one, PYTHON) for one in chosen)
    scope: dict[str, Any] = {}
    exec(f"def evaluate(p):\n{names}\n    return ({values})", scope)
    evaluate: Evaluate = scope["evaluate"]
    return evaluate


def _zen(chosen: Sequence[Plain]) -> Evaluate:
    import zen

    listed = ", ".join(expression(one, ZEN) for one in chosen)
    evaluate: Evaluate = zen.compile_expression(f"[{listed}]").evaluate
    return evaluate


def _rust_cel(chosen: Sequence[Plain]) -> Evaluate:
    import cel

    listed = ", ".join(expression(one, CEL) for one in chosen)
    evaluate: Evaluate = cel.compile(f"[{listed}]").execute
    return evaluate


def _cpp_cel(chosen: Sequence[Plain]) -> Evaluate:
    from cel_expr_python import cel

    environment = cel.NewEnv(variables=dict.fromkeys(ATTRIBUTES, cel.Type.DYN))
    listed = ", ".join(expression(one, CEL) for one in chosen)
    compiled = environment.compile(f"[{listed}]")

    def evaluate(person: Person) -> Iterable[float]:
        return [each.value() for each in compiled.eval(data=person).value()]

    return evaluate


def _datalogic(chosen: Sequence[Plain]) -> Evaluate:
    import datalogic_py

    rule = datalogic_py.Engine().compile([json_logic(one) for one in chosen])
    evaluate: Evaluate = rule.evaluate
    return evaluate


def _json_logic(chosen: Sequence[Plain]) -> Evaluate:
    from json_logic import jsonLogic

    rules = [json_logic(one) for one in chosen]
    return lambda person: [jsonLogic(rule, person) for rule in rules]


def _business_rules(chosen: Sequence[Plain]) -> Evaluate:
    from benchmarks.policy.business import evaluator

    return evaluator(chosen)


# Of each: its module, the most people it is given, and how it is made ready.
PEERS: dict[str, tuple[str, int, Callable[[Sequence[Plain]], Evaluate]]] = {
    "plain Python, one generated function": ("json", 100_000, _python),
    "datalogic-py (JSON-Logic in Rust)": ("datalogic_py", 100_000, _datalogic),
    "zen-engine, one compiled expression": ("zen", 100_000, _zen),
    "cel-expr-python (CEL in C++)": ("cel_expr_python", 20_000, _cpp_cel),
    "common-expression-language (CEL in Rust)": ("cel", 20_000, _rust_cel),
    "panzi-json-logic (JSON-Logic in Python)": ("json_logic", 5_000, _json_logic),
    "business-rules": ("business_rules", 1_000, _business_rules),
}
# Evaluates columns, so it is timed on as many people as ours.
OPENFISCA = "openfisca-core (numpy columns)"


def is_installed(name: str) -> bool:
    module = "openfisca_core" if name == OPENFISCA else PEERS[name][0]
    return importlib.util.find_spec(module) is not None


def run(name: str, folder: Path, most: int) -> Measure:
    from jiangxin.kernel.policy.snapshot import store

    connection = store.connect(folder / "matched.duckdb", read_only=True)
    if name == OPENFISCA:
        from benchmarks.policy.openfisca import evaluate_columns

        found, seconds = evaluate_columns(connection, most)
        return _checked(
            name, found, answers.in_file(connection, up_to=most), most, seconds
        )
    limit = min(most, PEERS[name][1])
    expected = answers.in_file(connection, up_to=limit)
    rows = connection.execute(
        f"SELECT * EXCLUDE person_id FROM profile WHERE person_id <= {limit} ORDER BY person_id"
    ).fetchall()
    given = people(rows, list(ATTRIBUTES))
    evaluate = PEERS[name][2]([plain(one) for one in policies()])
    evaluate(given[0])
    began = time.perf_counter()
    results = [evaluate(person) for person in given]
    seconds = time.perf_counter() - began
    found = Answers()
    for person_id, result in enumerate(results, 1):
        found.add_row(person_id, result)
    return _checked(name, found, expected, limit, seconds)


def _checked(
    name: str, found: Answers, expected: Answers, people: int, seconds: float
) -> Measure:
    if found != expected:
        message = f"{name} answers otherwise: {found}, not {expected}"
        raise AssertionError(message)
    return Measure(name, people, seconds, peak_megabytes(), f"{found.count:,} the same")


def main() -> None:
    django.setup()
    name, folder, most = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    print_measure(run(name, folder, most))


if __name__ == "__main__":
    main()
