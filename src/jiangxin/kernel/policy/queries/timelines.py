"""What a record says from today on, as far as it is known already.

A certificate lapses, a job ends on a day that is on record, an honour grows older than
the time that counts: on such days the profile is computed anew. Between them it stands
still, and only ages and anniversaries pass.
"""

from collections.abc import Sequence
from datetime import date

from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.queries.one_profile import profile_of
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.rules.ages import anniversary
from jiangxin.kernel.policy.rules.explaining import Explanation
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.rules.turning import Stretch, next_turn

# What lies further ahead helps nobody today.
YEARS_AHEAD = 10
# A record that changes more often is followed no further than this.
MOST_STRETCHES = 40


def stretches_of(
    subject_id: int,
    policies: Sequence[Policy],
    on: date,
    subject: Subject = Subject.PERSON,
) -> list[Stretch]:
    """Return the profile of the day and of each later day on which the record turns.

    Raises NotFound.
    """
    turns = {turn for one in attributes_of(policies) for turn in one.all_turns()}
    days = {day for turn in turns for day in turn(subject_id, on)}
    until = anniversary(on, YEARS_AHEAD)
    starts = [on, *sorted(day for day in days if day <= until)][:MOST_STRETCHES]
    return [
        Stretch(start, profile_of(subject_id, policies, start, subject))
        for start in starts
    ]


def turns_of(
    subject_id: int,
    policies: Sequence[Policy],
    on: date,
    subject: Subject = Subject.PERSON,
) -> dict[str, Explanation]:
    """Return by code the next answer that differs, where it does within ten years.

    Raises NotFound.
    """
    stretches = stretches_of(subject_id, policies, on, subject)
    until = anniversary(on, YEARS_AHEAD)
    if len(stretches) == MOST_STRETCHES:
        until = stretches[-1].start
    found = {one.code: next_turn(one, stretches, until) for one in policies}
    return {code: answer for code, answer in found.items() if answer}
