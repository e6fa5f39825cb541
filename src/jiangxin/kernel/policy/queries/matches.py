"""Whom policies serve, as kept by the last matching."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.policy.models import MatchRun, PolicyMatch
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries.refusals import is_refused
from jiangxin.kernel.register.models import Employment, Region
from jiangxin.kernel.register.queries.visibility import (
    covers_everything,
    people_visible_to,
)

RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Reach:
    """How many people a policy serves now, and what changed in the last seven days."""

    eligible: int = 0
    gained: int = 0
    lost: int = 0


def matches_visible_to(actor: Actor) -> QuerySet[PolicyMatch]:
    """Return the matches, open and ended, of people the actor may see them for."""
    if covers_everything(actor, VIEW):
        return PolicyMatch.objects.all()
    people = people_visible_to(actor, VIEW)
    return PolicyMatch.objects.filter(person__in=people.values("pk"))


def open_matches(actor: Actor, policy_code: str) -> QuerySet[PolicyMatch]:
    """Return whom a policy serves, as `_shown`."""
    found = matches_visible_to(actor)
    return _shown(found.filter(policy_code=policy_code, valid_to__isnull=True))


def lately_matched(
    actor: Actor, *, since: date, run_id: int | None = None
) -> QuerySet[PolicyMatch]:
    """Return whom policies found since a day and still serve, as `_shown`.

    run_id: whom this run found instead, also those who are served no more.
    """
    found = matches_visible_to(actor)
    if run_id is not None:
        return _shown(found.filter(gained_in=run_id))
    return _shown(found.filter(valid_from__gte=since, valid_to__isnull=True))


def lately_finding_runs(since: date, limit: int) -> list[MatchRun]:
    """Return the newest runs since a day that found anybody."""
    runs = MatchRun.objects.filter(on__gte=since)
    return list(
        runs.filter(Exists(PolicyMatch.objects.filter(gained_in=OuterRef("pk"))))[
            :limit
        ]
    )


def _shown(found: QuerySet[PolicyMatch]) -> QuerySet[PolicyMatch]:
    """Return matches with what lists of them show.

    `employer` and `region` are of the open employment; None for a person without one.
    `is_refusing`: the person does not want to be told of it. What is sealed stays so.
    """
    job = FilteredRelation(
        "person__employments", condition=Q(person__employments__valid_to__isnull=True)
    )
    return (
        found.select_related("person")
        .defer("person__phone", "person__id_number")
        .alias(job=job)
        .annotate(
            employer=F("job__organisation__name"),
            region_code=F("job__organisation__region_id"),
            region=F("job__organisation__region__name"),
            is_refusing=is_refused(),
        )
    )


def reach(actor: Actor, on: date) -> Mapping[str, Reach]:
    """Return the reach of each policy that serves, or lately served, anybody."""
    since = on - RECENT
    is_open = Q(valid_to__isnull=True)
    rows = (
        matches_visible_to(actor)
        .filter(is_open | Q(valid_to__gte=since))
        .values("policy_code")
        .annotate(
            eligible=Count("pk", filter=is_open),
            gained=Count("pk", filter=is_open & Q(valid_from__gte=since)),
            lost=Count("pk", filter=Q(valid_to__gte=since)),
        )
    )
    return {
        row["policy_code"]: Reach(row["eligible"], row["gained"], row["lost"])
        for row in rows
    }


def newly_served(actor: Actor, now: datetime) -> int:
    """Count the people with a match of the last seven days that still holds, once each."""
    since = today(now) - RECENT
    recent = matches_visible_to(actor).filter(
        valid_to__isnull=True, valid_from__gte=since
    )
    return recent.order_by().values("person").distinct().count()


def by_region(actor: Actor, policy_code: str, limit: int) -> list[tuple[str, str, int]]:
    """Return the regions with most people served: code, name and how many."""
    rows = (
        _jobs_of_served(actor, policy_code)
        .values("organisation__region_id", "organisation__region__name")
        .annotate(people=Count("pk"))
        .order_by("-people", "organisation__region_id")
        .values_list("organisation__region_id", "organisation__region__name", "people")
    )
    return list(rows[:limit])


def regions_served(actor: Actor, policy_code: str) -> list[tuple[str, str]]:
    """Return the regions where somebody is served, for choosing one."""
    codes = _jobs_of_served(actor, policy_code).values("organisation__region_id")
    found = Region.objects.filter(pk__in=codes).order_by("pk")
    return list(found.values_list("pk", "name"))


def _jobs_of_served(actor: Actor, policy_code: str) -> QuerySet[Employment]:
    served = matches_visible_to(actor).filter(
        policy_code=policy_code, valid_to__isnull=True
    )
    return Employment.objects.filter(
        valid_to__isnull=True, person__in=served.values("person")
    )


def history(person_id: int, policy_code: str) -> QuerySet[PolicyMatch]:
    """Return a person's matches with one policy, the latest first."""
    return PolicyMatch.objects.filter(
        person=person_id, policy_code=policy_code
    ).order_by("-valid_from", "-pk")


def last_run() -> MatchRun | None:
    return MatchRun.objects.first()


def last_run_for(reason: str) -> MatchRun | None:
    """Return the last run that a cause such as "roster:12" led to."""
    return MatchRun.objects.filter(reason=reason).first()


def matches_of_person(person_id: int) -> list[dict[str, object]]:
    """Return which policies serve or served a person, for the copy of their data."""
    matches = PolicyMatch.objects.filter(person=person_id).order_by("valid_from", "pk")
    names = ("policy_code", "policy_version", "valid_from", "valid_to")
    return [dict(row) for row in matches.values(*names)]
