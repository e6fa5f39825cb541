"""How many a policy serves, as a run keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PolicyCounts:
    """Of those looked at: how many a policy serves, gained and lost."""

    eligible: int
    gained: int = 0
    lost: int = 0
