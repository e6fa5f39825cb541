"""Telling those whom a matching newly found to be served, and the staff of their places.

In the transaction of the matching, by one statement a policy (docs/adr/0024).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Count

from jiangxin.foundation.actor import Scope
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.access.queries.holders import holders_of
from jiangxin.kernel.notices.operations import tell_account, tell_people, tells
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries.refusals import subject_of
from jiangxin.kernel.policy.telling import FOUND_PEOPLE, NEWLY_SERVED
from jiangxin.kernel.register.models import Employment, Membership, Organisation


@needs_transaction
def tell_of_run(run: MatchRun, *, now: datetime) -> None:
    """Tell whom a run newly found, and the staff of their places how many they are.

    A person is told once a policy and day, an account of the staff once a run. When the whole register is matched for the very first time only the staff are told:
    nothing happened to the people that day.
    """
    if not tells(now):
        return
    found: dict[str, list[int]] = defaultdict(list)
    gained = PolicyMatch.objects.filter(gained_in=run)
    for code, person_id in gained.values_list("policy_code", "person_id"):
        found[code].append(person_id)
    if not found:
        return
    is_first = _is_first(run)
    if not is_first:
        for code, person_ids in found.items():
            tell_people(
                NEWLY_SERVED,
                person_ids=person_ids,
                subject=subject_of(code),
                key=run.on.isoformat(),
                facts={"since": run.on},
                now=now,
            )
    _tell_staff(run, is_first=is_first, now=now)


def _is_first(run: MatchRun) -> bool:
    return run.people is None and not MatchRun.objects.exclude(pk=run.pk).exists()


@needs_transaction
def _tell_staff(run: MatchRun, *, is_first: bool, now: datetime) -> None:
    holders = holders_of(VIEW, on=today(now))
    for account_id, people in _seen_by(holders, run).items():
        tell_account(
            FOUND_PEOPLE,
            account_id=account_id,
            subject=f"run:{run.pk}",
            facts={"people": people, "on": run.on, "is_first": is_first},
            now=now,
        )


def _seen_by(
    holders: Mapping[int, Sequence[Scope]], run: MatchRun
) -> Mapping[int, int]:
    """Return how many of the people found each account sees; none that sees nobody.

    Counted here, by region and by organisation at once, because a query for each of
    some hundred accounts would take longer than matching one person.
    """
    codes = {one.organisation_code for held in holders.values() for one in held} - {""}
    by_region = _people_by_region(run)
    tied = _tied_people(run, codes) if codes else {}
    counts = {
        account: _count(held, by_region, tied) for account, held in holders.items()
    }
    return {account: people for account, people in counts.items() if people}


def _count(
    held: Sequence[Scope],
    by_region: Mapping[str, int],
    tied: Mapping[str, Mapping[int, str]],
) -> int:
    """Those of the regions, and of the organisations who are not of the regions."""
    regions = {one.region_code for one in held if not one.organisation_code}
    people: dict[int, str] = {}
    for one in held:
        people |= tied.get(one.organisation_code, {})
    inside = sum(n for region, n in by_region.items() if _is_inside(region, regions))
    return inside + sum(not _is_inside(region, regions) for region in people.values())


def _is_inside(region: str, regions: Iterable[str]) -> bool:
    return any(region.startswith(one) for one in regions)


def _people_by_region(run: MatchRun) -> dict[str, int]:
    rows = PolicyMatch.objects.filter(gained_in=run).values("person__region_code")
    counted = rows.order_by().annotate(people=Count("person", distinct=True))
    return dict(counted.values_list("person__region_code", "people"))


def _tied_people(run: MatchRun, codes: Collection[str]) -> dict[str, dict[int, str]]:
    """Return by organisation its people among those found, with where they count.

    As `people_visible_to` has it: who works there, or at the employer it is the union
    of, or is a member.
    """
    organisations = list(
        Organisation.objects.filter(code__in=codes).values_list(
            "code", "pk", "employer_id"
        )
    )
    gained = PolicyMatch.objects.filter(gained_in=run).values("person")
    open_ties = {"person__in": gained, "valid_to__isnull": True}
    workplaces = {pk for _code, *places in organisations for pk in places if pk}
    unions = {pk for _code, pk, _employer in organisations}
    at: dict[int, dict[int, str]] = defaultdict(dict)
    for place, person, region in Employment.objects.filter(
        **open_ties, organisation__in=workplaces
    ).values_list("organisation_id", "person_id", "person__region_code"):
        at[place][person] = region
    members: dict[int, dict[int, str]] = defaultdict(dict)
    for union, person, region in Membership.objects.filter(
        **open_ties, union__in=unions
    ).values_list("union_id", "person_id", "person__region_code"):
        members[union][person] = region
    return {
        code: {**at[pk], **at.get(employer or 0, {}), **members[pk]}
        for code, pk, employer in organisations
    }
