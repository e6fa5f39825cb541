"""Finding whom policies serve, and keeping what was found."""

from jiangxin.kernel.policy.operations.counting import PolicyCounts
from jiangxin.kernel.policy.operations.freezing import freeze_answer
from jiangxin.kernel.policy.operations.matching import (
    NotOnThisDay,
    match_people,
    preview,
)
from jiangxin.kernel.policy.operations.on_snapshot import match_on_snapshot
from jiangxin.kernel.policy.operations.whole_register import (
    match_everyone,
    match_register,
)

__all__ = [
    "NotOnThisDay",
    "PolicyCounts",
    "freeze_answer",
    "match_everyone",
    "match_on_snapshot",
    "match_people",
    "match_register",
    "preview",
]
