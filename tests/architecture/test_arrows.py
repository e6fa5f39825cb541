"""E4: imports are not the only arrows, and all of them point down."""

import ast
import re

import pytest

from tests.architecture.tree import (
    PACKAGE,
    PROGRAMMES,
    name_of,
    our_models,
    python_files,
    templates,
)

LAYERS = ("foundation", "kernel", "programmes")
_USED = re.compile(r"{%\s*(?:include|extends)\s+[\"']([\w-]+)/")


def test_no_model_refers_to_a_layer_above_its_own():
    upward = [
        f"{model.__name__}.{field.name}"
        for level, layer in enumerate(LAYERS)
        for model in our_models(layer)
        for field in model._meta.get_fields(include_hidden=False)
        if field.concrete and field.is_relation and _above(field.related_model, level)
    ]
    assert upward == []


def test_no_model_of_a_programme_refers_to_another_programme():
    sideways = [
        f"{model.__name__}.{field.name}"
        for model in our_models("programmes")
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model.__module__.startswith("jiangxin.programmes")
        and field.related_model._meta.app_label != model._meta.app_label
    ]
    assert sideways == []


@pytest.mark.parametrize("layer", LAYERS[:2])
def test_no_template_uses_one_of_a_layer_above(layer):
    above = LAYERS[LAYERS.index(layer) + 1 :]
    folders = {path.name for name in above for path in (PACKAGE / name).iterdir()}
    upward = [
        f"{name_of(path)} uses {used}/"
        for path in templates(PACKAGE / layer)
        for used in _USED.findall(path.read_text(encoding="utf-8"))
        if used in folders
    ]
    assert upward == []


def test_no_kernel_module_names_a_programme():
    key = re.compile(rf"(programmes\.)?({'|'.join(PROGRAMMES)})([.:/].*)?")
    named = [
        f"{name_of(path)}:{node.lineno}: {node.value!r}"
        for path in python_files(PACKAGE / "kernel", PACKAGE / "foundation")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and key.fullmatch(node.value)
    ]
    assert named == []


def _above(model, level):
    return any(
        model.__module__.startswith(f"jiangxin.{layer}")
        for layer in LAYERS[level + 1 :]
    )
