"""Writing the demonstration: people by the roster's own road, the rest in bulk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from random import Random

import polars as pl
from django.db import connection

from jiangxin.demonstration import holdings
from jiangxin.demonstration.numbers import REGISTER_RANGE
from jiangxin.demonstration.organisations import (
    Draft,
    Serials,
    Surroundings,
    draw_federations,
    draw_place,
    makers_union,
    union_of,
)
from jiangxin.demonstration.people import Workplace, draw_people
from jiangxin.demonstration.plan import Place, Plan, read_plan, words
from jiangxin.demonstration.texts import as_texts, with_numbers
from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.db import (
    bulk_insert,
    for_database,
    opens_transaction,
    reserve_ids,
)
from jiangxin.foundation.sealing import blind_index
from jiangxin.foundation.trail.events import subject
from jiangxin.foundation.trail.operations import record_many
from jiangxin.kernel.notices.operations import telling_nobody
from jiangxin.kernel.register.enums import UNIONS, OrganisationKind, RosterState, Source
from jiangxin.kernel.register.events import OrganisationRegistered
from jiangxin.kernel.register.models import (
    Organisation,
    Person,
    Region,
    RosterImport,
)
from jiangxin.kernel.register.registry import PeopleChange, announce_people_changed
from jiangxin.kernel.register.roster.checking import check_rows
from jiangxin.kernel.register.roster.comparing import compare, counts
from jiangxin.kernel.register.roster.context import RosterContext, context_for
from jiangxin.kernel.register.roster.loading import load
from jiangxin.kernel.register.roster.problems import Problems
from jiangxin.kernel.register.roster.reading import ROW

Progress = Callable[[str], None]

PROVINCE = "33"
COUNTY = 6
# Towns proper; what comes after are farms, forests and development zones.
LAST_TOWN = "400"
REASON = "demonstration"


class FaultyDemonstration(RuntimeError):
    """The import refused rows that were drawn to be sound: a fault of this code."""


@dataclass
class Loading:
    """What a load knows while it goes on."""

    plan: Plan
    on: date
    now: datetime
    progress: Progress
    serials: Serials = field(default_factory=Serials)
    ids: dict[str, int] = field(default_factory=dict)
    people: int = 0

    def chance(self, key: str) -> Random:
        """Return chance of its own for a place, so that one does not shift another."""
        return Random(f"{self.plan.seed}:{key}")  # noqa: S311 -- repeatable on purpose


def is_loaded() -> bool:
    return Organisation.objects.filter(code=f"F{PROVINCE}").exists()


@opens_transaction
def load_demonstration(*, scale: float, now: datetime, progress: Progress) -> int:
    """Register the places, their organisations, people and holdings, all or nothing.

    Needs the regions. Policies are matched by the same transaction, as after any
    import; nobody is told whom they serve, as all of it was so before.
    Returns how many people there are. Raises FaultyDemonstration.
    """
    loading = Loading(read_plan(scale), today(now), now, progress)
    with telling_nobody():
        _load_federations(loading)
        for place in loading.plan.places:
            progress(place.key)
            _load_place(place, loading)
    return loading.people


def _load_federations(loading: Loading) -> None:
    counties = [p.region for p in loading.plan.places if len(p.region) == COUNTY]
    homes = {region[:4] for region in counties}
    regions = [PROVINCE, *sorted(homes), *sorted(counties)]
    names = _names([*regions, *loading.plan.partners])
    drafts = [
        *draw_federations(regions, names, loading.serials),
        *draw_federations(loading.plan.partners, names, loading.serials),
    ]
    _register(drafts, loading)


def _load_place(place: Place, loading: Loading) -> None:
    chance = loading.chance(place.key)
    around = _surroundings(place)
    drafts = draw_place(place, around, loading.serials, chance)
    if place.has_makers_union:
        drafts.append(makers_union(place, around, loading.serials))
    _register(drafts, loading)
    employers = [d for d in drafts if d.kind == OrganisationKind.EMPLOYER]
    holders = _holders(place, around, drafts, loading)
    holdings.open_sites(holders, now=loading.now)
    holdings.give_to_organisations(holders, chance=chance, now=loading.now)
    people = _draw(place, employers, loading, chance)
    for union, some in people.group_by("union", maintain_order=True):
        _load_people(place, some, employers, union[0], loading, around)
    given = holdings.give_to_people(
        place.key,
        _people_by_group(people),
        holders.names,
        chance=chance,
        now=loading.now,
    )
    announce_people_changed(
        PeopleChange(given, on=loading.on, at=loading.now, actor=SYSTEM, reason=REASON)
    )
    loading.people += people.height


def _draw(
    place: Place, employers: Sequence[Draft], loading: Loading, chance: Random
) -> pl.DataFrame:
    workplaces = [
        Workplace(i, employer.size, employer.sector, employer.is_above_scale)
        for i, employer in enumerate(employers)
    ]
    people = draw_people(
        place.groups,
        workplaces,
        educations=loading.plan.educations,
        # A province's people were born in its capital.
        division=f"{place.region}0102"[:COUNTY],
        on=loading.on,
        chance=chance,
    )
    number = loading.plan.places.index(place)
    # People of different places may be born in one county on one day: each place has
    # sequence numbers of its own.
    first, count = REGISTER_RANGE
    share = count // len(loading.plan.places)
    return with_numbers(
        people,
        chance=chance,
        first_phone=loading.people,
        site=number,
        sequence=(first + number * share, share),
    )


def _load_people(
    place: Place,
    people: pl.DataFrame,
    employers: Sequence[Draft],
    union: str | None,
    loading: Loading,
    around: Surroundings,
) -> None:
    """Write people as if a roster of their federation had been handed in.

    union: the one they all belong to; None for their employers' own.
    """
    texts = as_texts(
        people,
        {i: employer.code for i, employer in enumerate(employers)},
        chance=loading.chance(f"{place.key}:texts"),
        issuer=words()["skill_issuer"].format(place=around.short(place.region)),
    ).with_row_index(ROW, offset=2)
    context = _context(place, employers, union, loading)
    problems = Problems()
    rows = compare(check_rows(texts, problems, context), problems, context)
    refused = problems.frame().filter(~pl.col("is_warning"))
    if refused.height:
        raise FaultyDemonstration(refused.group_by("column", "code").len().rows())
    roster = _roster(place, context, counts(rows, problems))
    load(
        rows,
        context=context,
        roster_id=roster.pk,
        actor=SYSTEM,
        progress=lambda _stage: None,
    )


def _context(
    place: Place, employers: Sequence[Draft], union: str | None, loading: Loading
) -> RosterContext:
    ids = loading.ids
    federation = Organisation.objects.get(code=f"F{place.region}")
    known = context_for(federation, on=loading.on, today=loading.on, now=loading.now)
    return replace(
        known,
        # Also the joint unions, which the register does not tie to one employer.
        unions={ids[employer.code]: ids[union_of(employer)] for employer in employers},
        own_union_id=None if union is None else ids[union],
        allow_demonstration=True,
        # As if each employer had handed in its own.
        source=Source.EMPLOYER,
    )


def _roster(
    place: Place, context: RosterContext, found: Mapping[str, int]
) -> RosterImport:
    """Keep a roster that the people's trails can name; there is no file behind it."""
    return RosterImport.objects.create(
        organisation=context.organisation,
        file_name=f"{REASON}: {place.key}",
        file_digest=sha256(b"").hexdigest(),
        state=RosterState.APPLIED,
        counts=found,
        effective_on=context.on,
        handed_in_at=context.now,
        applied_at=context.now,
    )


def _register(drafts: Sequence[Draft], loading: Loading) -> None:
    """Insert organisations and their first trail events."""
    ids = reserve_ids(Organisation, len(drafts))
    loading.ids |= {draft.code: pk for draft, pk in zip(drafts, ids, strict=True)}
    known = loading.ids
    day = for_database(Organisation, "valid_from")
    bulk_insert(
        Organisation,
        [
            "id",
            "code",
            "credit_code",
            "name",
            "kind",
            "region_id",
            "industry",
            "scale",
            "is_above_scale",
            "ownership",
            "upper_id",
            "employer_id",
            "valid_from",
        ],
        (
            (
                known[draft.code],
                draft.code,
                draft.credit_code,
                draft.name,
                str(draft.kind.value),
                draft.region,
                draft.industry,
                str(draft.scale),
                draft.is_above_scale,
                str(draft.ownership),
                known[draft.upper] if draft.upper else None,
                known[draft.employer] if draft.employer else None,
                day(draft.valid_from),
            )
            for draft in drafts
        ),
    )
    record_many(
        (
            (
                subject("organisation", known[draft.code]),
                OrganisationRegistered(
                    code=draft.code,
                    kind=str(draft.kind.value),
                    valid_from=draft.valid_from,
                ),
            )
            for draft in drafts
        ),
        actor=SYSTEM,
        at=loading.now,
        assume_new=True,
    )


def _surroundings(place: Place) -> Surroundings:
    """Return the towns of a county, or the cities of the province."""
    children = Region.objects.filter(parent=place.region).values_list("code", flat=True)
    towns = sorted(code for code in children if code[COUNTY:] < LAST_TOWN)
    return Surroundings(_names([place.region, *towns]), towns)


def _names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Region.objects.filter(code__in=list(codes)).values_list("code", "name"))


def _holders(
    place: Place, around: Surroundings, drafts: Sequence[Draft], loading: Loading
) -> holdings.Holders:
    largest = sorted(drafts, key=lambda draft: -draft.size)
    employers, unions = (
        [
            holdings.Holder(loading.ids[draft.code], draft.name, draft.region)
            for draft in largest
            if draft.kind in kinds
        ]
        for kinds in ((OrganisationKind.EMPLOYER,), UNIONS)
    )
    return holdings.Holders(
        place=place.key,
        names={
            "place": around.names[place.region],
            "short": around.short(place.region),
        },
        region=place.region,
        federation=loading.ids[f"F{place.region}"],
        employers=employers,
        unions=unions,
    )


def _people_by_group(people: pl.DataFrame) -> dict[str, list[int]]:
    """Return the person ids of groups small enough to be given something."""
    found = {}
    for (group,), some in people.group_by("group", maintain_order=True):
        if some.height > holdings.MOST_HOLDERS:
            continue
        keys = [blind_index(n, purpose="register.id_number") for n in some["id_number"]]
        ids = dict(
            Person.objects.filter(id_index__in=keys).values_list("id_index", "id")
        )
        found[str(group)] = [ids[key] for key in keys]
    return found


def analyse() -> None:
    """Tell the database how large its tables have become, for its query plans."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
