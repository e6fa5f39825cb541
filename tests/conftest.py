"""Which database the tests run on, and what all of them share.

`pytest` runs everything on SQLite. `JIANGXIN_TEST_DATABASE=postgresql pytest` runs those
that touch a database again, on a PostgreSQL started for the occasion.
"""

import os
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import settings as hypothesis_settings

from tests.walk_summary import pytest_terminal_summary  # noqa: F401 -- a hook of pytest
from tools import postgres

trail_protection = import_module(
    "jiangxin.foundation.trail.migrations.0002_refuse_changes_to_events"
)

ON_POSTGRESQL = os.environ.get("JIANGXIN_TEST_DATABASE") == "postgresql"
IN_CI = os.environ.get("CI") == "true"

# How long an example takes is the machine's affair, and no test's.
hypothesis_settings.register_profile("jiangxin", deadline=None)
hypothesis_settings.load_profile("jiangxin")

_at_the_end = pytest.StashKey[ExitStack]()


def pytest_configure(config):
    if hasattr(config, "workerinput"):  # of xdist: it inherits what was started here
        return
    stack = config.stash[_at_the_end] = ExitStack()
    if ON_POSTGRESQL:
        try:
            address = stack.enter_context(postgres.temporary_cluster())
        except postgres.NoPostgres as problem:
            pytest.exit(
                f"PostgreSQL tests skipped: {problem}", returncode=1 if IN_CI else 0
            )
        os.environ["JIANGXIN_DATABASE"] = address
        # Django has read its settings by now, but has not connected.
        settings.DATABASES["default"]["PORT"] = str(urlsplit(address).port)


def pytest_unconfigure(config):
    if _at_the_end in config.stash:
        config.stash[_at_the_end].close()


def pytest_report_header():
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_modifyitems(config, items):
    """Leave out what this database has no say in."""
    wanted, other = [], []
    for item in items:
        (wanted if _belongs_here(item) else other).append(item)
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = wanted


def _belongs_here(item):
    if not ON_POSTGRESQL:
        return item.get_closest_marker("postgresql_only") is None
    touches_database = item.get_closest_marker("django_db") or (
        {"db", "transactional_db"} & set(item.fixturenames)
    )
    elsewhere = item.get_closest_marker("sqlite_only") or (
        item.get_closest_marker("browser")
    )
    return bool(touches_database and not elsewhere)


@pytest.fixture
def now():
    """A Monday morning in Zhejiang."""
    return datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the trail be emptied: tests that commit are cleaned up by deleting rows.

    Tests of the refusal itself put it back (tests/foundation/trail/conftest.py).
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in trail_protection.statements_to_allow(connection.vendor):
            cursor.execute(statement)
