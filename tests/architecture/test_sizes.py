"""E3: a long module has become two things; a long view hides an operation."""

import ast

from tests.architecture.tree import PACKAGE, ROOT, name_of, python_files

MODULE_LINES = 400
VIEW_LINES = 30


def test_no_module_has_more_than_400_lines():
    files = python_files(PACKAGE, ROOT / "tools", ROOT / "tests", ROOT / "benchmarks")
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
    }
    assert {name: n for name, n in lengths.items() if n > MODULE_LINES} == {}


def test_no_view_has_more_than_30_lines():
    too_long = {}
    for path in python_files(PACKAGE):
        if path.stem != "views" and path.parent.name != "views":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and _takes_request(node):
                lines = node.end_lineno - node.lineno + 1
                if lines > VIEW_LINES:
                    too_long[f"{name_of(path)}: {node.name}"] = lines
    assert too_long == {}


def _takes_request(node):
    return bool(node.args.args) and node.args.args[0].arg == "request"
