"""The same policies on Spark, over Parquet in partitions: for what outgrows a machine.

Spark is no dependency: requirements/spark.txt brings it, and it needs Java.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from jiangxin.kernel.policy.rules.sql import granting
from jiangxin.kernel.policy.rules.tree import REGION, Policy
from jiangxin.kernel.policy.snapshot.layout import PROFILE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# The first four digits of a division code name a prefecture.
DIGITS = 4


def export(connection: DuckDBPyConnection, folder: Path) -> None:
    """Write the profiles as Parquet, a folder for each prefecture."""
    connection.execute(
        f"COPY (SELECT *, coalesce(left({REGION}, {DIGITS}), '') AS prefecture"  # noqa: S608 -- our own names
        f" FROM {PROFILE}) TO '{folder}' (FORMAT parquet, COMPRESSION zstd,"
        " PARTITION_BY (prefecture), OVERWRITE_OR_IGNORE)"
    )


def matched(
    spark: "SparkSession", folder: Path, policies: Sequence[Policy], on: date
) -> "DataFrame":
    """Return whom each policy serves: policy_code, person_id, grant_row, amount_fen."""
    spark.read.parquet(str(folder)).createOrReplaceTempView(PROFILE)
    return spark.sql(" UNION ALL ".join(_select(one, on) for one in policies))


def _select(policy: Policy, on: date) -> str:
    found = granting(policy, on, "spark", profiles=PROFILE).whole()
    return f"SELECT '{policy.code}' AS policy_code, found.* FROM ({found}) AS found"  # noqa: S608 -- checked files


def local_session(cores: int = 2) -> Any:
    """Start Spark in this machine, quietly and without its pages."""
    from pyspark.sql import SparkSession

    return (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("jiangxin")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(cores))
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
