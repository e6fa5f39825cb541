import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tools import postgres


@pytest.fixture(scope="module")
def address():
    try:
        with postgres.temporary_cluster() as given:
            yield given
    except postgres.NoPostgres as problem:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(problem))


def test_cluster_answers_and_sorts_by_code_point(address):
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    assert row == ("C.UTF-8", "UTF8")


def test_cluster_has_the_extensions_that_search_needs(address):
    with psycopg.connect(address) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute("SELECT show_trgm('王')").fetchone()
    assert row is not None
    assert len(row[0]) == 2


def test_nothing_listens_and_nothing_is_left_when_it_ends():
    try:
        with postgres.temporary_cluster() as address:
            with psycopg.connect(address) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
            assert row is not None
    except postgres.NoPostgres as problem:
        pytest.skip(str(problem))
    assert not Path(row[0]).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)
    assert urlsplit(address).hostname == "127.0.0.1"
