"""E14: migrations are a line, each named for what it does."""

import re
from collections import Counter

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import PACKAGE, our_models

_NAME = re.compile(r"\d{4}_(?!auto|merge|alter_\w+_and_more)[a-z][a-z0-9_]+")


def _ours():
    labels = {
        config.label for config in apps.get_app_configs() if _is_ours(config.name)
    }
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        (key, migration)
        for key, migration in loader.disk_migrations.items()
        if key[0] in labels
    ]


def _is_ours(name):
    return name.startswith("jiangxin.")


def test_each_migration_is_named_for_what_it_does():
    names = [name for (_label, name), _migration in _ours()]
    assert [name for name in names if not _NAME.fullmatch(name)] == []


def test_migrations_of_an_app_are_a_line():
    after = Counter(
        dependency
        for (label, _name), migration in _ours()
        for dependency in migration.dependencies
        if dependency[0] == label
    )
    assert [key for key, count in after.items() if count > 1] == []


def test_each_app_with_models_has_migrations():
    labels = {model._meta.app_label for model in our_models()}
    assert labels - {label for (label, _name), _migration in _ours()} == set()


def test_migrations_import_no_code_of_models():
    importing = [
        path.name
        for path in PACKAGE.glob("*/*/migrations/*.py")
        if re.search(r"jiangxin[\w.]*\.(models|operations|queries)\b", path.read_text())
    ]
    assert importing == []
