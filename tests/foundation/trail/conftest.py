from importlib import import_module

import pytest
from django.db import connection

from jiangxin.foundation import parts
from tests.foundation.trail.samples import Closed, Named

protection = import_module(
    "jiangxin.foundation.trail.migrations.0002_refuse_changes_to_events"
)


@pytest.fixture
def part(monkeypatch):
    declared = parts.Part("tests", "Tests", "", brings=(Named, Closed))
    monkeypatch.setattr(parts, "_parts", {"tests": declared})
    return declared


@pytest.fixture
def protected(db):
    """The database as migrations leave it; see django_db_setup in tests/conftest.py."""
    with connection.cursor() as cursor:
        for statement in protection.statements_to_refuse(connection.vendor):
            cursor.execute(statement)


@pytest.fixture
def tamper(db):
    """Run a statement that a running platform's database would refuse."""

    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount > 0

    return run
