"""Single profiles out of the published snapshot."""

from collections.abc import Sequence
from typing import Any

from jiangxin.kernel.policy.snapshot import store
from jiangxin.kernel.policy.snapshot.layout import PROFILE


def profiles_in_snapshot(people: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return profiles by person number, as of the snapshot's day. Raises NoSnapshot."""
    cursor = store.published().execute(
        f"SELECT * FROM {PROFILE} WHERE person_id IN (SELECT unnest(?))",  # noqa: S608 -- our own name
        [list(people)],
    )
    keys = [column[0] for column in cursor.description or ()][1:]
    return {row[0]: dict(zip(keys, row[1:], strict=True)) for row in cursor.fetchall()}
