"""Matching policies that speak of organisations, in the run that matches people.

Organisations are some tens of thousands where people are millions: so the difference is
found here, and the cause by what was read of each organisation the last time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.models import F

from jiangxin.foundation.db import Among, needs_transaction
from jiangxin.kernel.policy.enums import Sensitivity, Subject
from jiangxin.kernel.policy.models import (
    MatchRun,
    OrganisationMatch,
    OrganisationProfile,
)
from jiangxin.kernel.policy.operations.counting import PolicyCounts
from jiangxin.kernel.policy.operations.policy_texts import keep_texts
from jiangxin.kernel.policy.operations.profile_table import (
    PROFILES,
    dialect,
    profile_table,
    typed,
)
from jiangxin.kernel.policy.queries.profiles import attributes_of
from jiangxin.kernel.policy.registry import Attribute
from jiangxin.kernel.policy.rules.causes import Circumstances, Kept, cause, plain
from jiangxin.kernel.policy.rules.sql import granting
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Employment

ROWS_A_STATEMENT = 2_000
# Which line of the table applies, and the amount it gives.
Given = tuple[int | None, int | None]
# The values that an attribute had, by organisation.
Profiles = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Comparing:
    """What a run found, beside what was so before.

    new_texts: codes of the policies whose version was first seen in this run.
    """

    run: MatchRun
    before: Profiles
    now: Profiles
    new_texts: Collection[str]
    personal: Collection[str]
    has_day_passed: bool

    def because(self, policy: Policy, organisation_id: int) -> Kept | None:
        """Nobody knows why when nothing was ever read of any organisation."""
        if not self.before:
            return None
        reads = policy.attributes()
        return cause(
            Circumstances(
                reads,
                self.personal,
                has_new_text=policy.code in self.new_texts,
                has_day_passed=self.has_day_passed,
            ),
            self._read(self.before, organisation_id, reads),
            self._read(self.now, organisation_id, reads),
        )

    def _read(
        self, profiles: Profiles, organisation_id: int, reads: Sequence[str]
    ) -> dict[str, Any] | None:
        """A profile; None where there is none, or it lacks what is read by now."""
        found = profiles.get(organisation_id)
        return found if found and set(reads) <= set(found) else None


@needs_transaction
def match_organisations(
    *,
    run: MatchRun,
    policies: Sequence[Policy],
    organisation_ids: Sequence[int] | None,
    now: datetime,
) -> dict[str, PolicyCounts]:
    """Bring the matches of organisations up to date, and return how many by policy.

    policies: those about organisations. organisation_ids: None for all.
    """
    if not policies or (organisation_ids is not None and not organisation_ids):
        return {}
    texts = keep_texts(policies, now=now)
    read = attributes_of(policies)
    ids = organisation_ids
    with profile_table(read, ids, run.on, Subject.ORGANISATION) as cursor:
        found = {one.code: _find(cursor, one, run) for one in policies}
        profiles = _profiles(cursor, read)
    comparing = Comparing(
        run,
        _read_before(profiles),
        profiles,
        {code for code, text in texts.items() if text.seen_at == now},
        {one.key for one in read if one.sensitivity is Sensitivity.PERSONAL},
        MatchRun.objects.filter(on__lt=run.on).exists(),
    )
    counts = {one.code: _apply(one, found[one.code], comparing) for one in policies}
    _keep_profiles(comparing)
    return counts


def employers_of(person_ids: Sequence[int]) -> list[int]:
    """Return where these people work or worked: their number may have changed."""
    jobs = Employment.objects.filter(Among(F("person_id"), person_ids))
    return list(jobs.order_by().values_list("organisation", flat=True).distinct())


@needs_transaction
def end_of_withdrawn(run: MatchRun, known: Collection[str]) -> None:
    """A policy that is gone serves nobody."""
    OrganisationMatch.objects.filter(valid_to__isnull=True).exclude(
        policy_code__in=known
    ).update(valid_to=run.on, lost_in=run, lost_because={"why": "withdrawn"})


def _find(cursor: CursorWrapper, policy: Policy, run: MatchRun) -> dict[int, Given]:
    statement = granting(policy, run.on, dialect(), profiles=PROFILES).whole()
    cursor.execute(statement.replace("%", "%%"), [])
    return {number: (line, amount) for number, line, amount in cursor.fetchall()}


def _profiles(cursor: CursorWrapper, attributes: Sequence[Attribute]) -> Profiles:
    names = ", ".join(f'"{one.key}"' for one in attributes)
    cursor.execute(f"SELECT organisation_id, {names} FROM {PROFILES}")  # noqa: S608 -- our own names
    return {
        number: {
            one.key: plain(typed(one, value))
            for one, value in zip(attributes, values, strict=True)
        }
        for number, *values in cursor.fetchall()
    }


def _read_before(profiles: Profiles) -> Profiles:
    kept = OrganisationProfile.objects.filter(
        Among(F("organisation_id"), list(profiles))
    )
    return dict(kept.values_list("pk", "values"))


@needs_transaction
def _apply(
    policy: Policy, found: Mapping[int, Given], comparing: Comparing
) -> PolicyCounts:
    """Write down whom the policy newly serves, serves no more, or gives something else."""
    run = comparing.run
    is_open = OrganisationMatch.objects.filter(
        Among(F("organisation_id"), list(comparing.now)),
        policy_code=policy.code,
        valid_to__isnull=True,
    )
    held = {match.organisation_id: match for match in is_open}
    gained = [number for number in found if number not in held]
    OrganisationMatch.objects.bulk_create(
        (
            OrganisationMatch(
                policy_code=policy.code,
                organisation_id=number,
                valid_from=run.on,
                policy_version=policy.version,
                grant_row=found[number][0],
                amount_fen=found[number][1],
                gained_because=comparing.because(policy, number),
                gained_in=run,
            )
            for number in gained
        ),
        batch_size=ROWS_A_STATEMENT,
    )
    lost = [match for number, match in held.items() if number not in found]
    for match in lost:
        match.valid_to, match.lost_in = run.on, run
        match.lost_because = comparing.because(policy, match.organisation_id)
    altered = []
    for number, given in found.items():
        known = held.get(number)
        if known and (known.grant_row, known.amount_fen) != given:
            known.grant_row, known.amount_fen = given
            altered.append(known)
    OrganisationMatch.objects.bulk_update(
        [*lost, *altered],
        ["valid_to", "lost_in", "lost_because", "grant_row", "amount_fen"],
        batch_size=ROWS_A_STATEMENT // 10,
    )
    return PolicyCounts(len(found), len(gained), len(lost))


@needs_transaction
def _keep_profiles(comparing: Comparing) -> None:
    changed = [
        OrganisationProfile(organisation_id=number, values=values)
        for number, values in comparing.now.items()
        if comparing.before.get(number) != values
    ]
    OrganisationProfile.objects.bulk_create(
        changed,
        batch_size=ROWS_A_STATEMENT,
        update_conflicts=True,
        update_fields=["values"],
        unique_fields=["organisation"],
    )
