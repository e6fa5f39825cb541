"""Finding whom policies serve, and keeping what was found."""

from jiangxin.kernel.policy.operations.matching import (
    NotOnThisDay,
    PolicyCounts,
    match_people,
    preview,
)
from jiangxin.kernel.policy.operations.whole_register import (
    match_everyone,
)

__all__ = [
    "NotOnThisDay",
    "PolicyCounts",
    "match_everyone",
    "match_people",
    "preview",
]
