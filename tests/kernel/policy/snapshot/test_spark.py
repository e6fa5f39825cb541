"""Spark gives the answers of DuckDB: policies of the benchmark over made-up people."""

import importlib.util
import shutil
import warnings

import pytest

from benchmarks.policy.people import make_people
from benchmarks.policy.policies import ON, policies
from jiangxin.kernel.policy.rules.sql import granting
from jiangxin.kernel.policy.snapshot import spark, store

PEOPLE = 3_000

pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None,
        reason="pyspark is not installed: requirements/spark.txt",
    ),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    # Its own helpers warn of what they will become, and it leaves sockets to its end.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def session():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = spark.local_session()
    # Compiling thirty policies takes longer than asking three thousand people.
    made.conf.set("spark.sql.codegen.wholeStage", "false")
    yield made
    made.stop()


def _found(one):
    return granting(one, ON, "duckdb", profiles="profile").whole()


def test_spark_finds_the_same_people_with_the_same_grants(session, tmp_path):
    connection = store.connect(tmp_path / "people.duckdb", read_only=False)
    make_people(connection, PEOPLE)
    spark.export(connection, tmp_path / "parquet")
    chosen = policies()[::3]
    expected = {
        (one.code, *row)
        for one in chosen
        for row in connection.execute(_found(one)).fetchall()
    }
    found = spark.matched(session, tmp_path / "parquet", chosen, ON).collect()
    assert {tuple(row) for row in found} == expected
    assert len(found) == len(expected) > PEOPLE // 2
