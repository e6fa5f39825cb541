"""What a roster's rows are read against: its organisation, employers, unions, days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from jiangxin.foundation.ids.typing_habits import plain
from jiangxin.kernel.register.enums import UNIONS, OrganisationKind, Source
from jiangxin.kernel.register.models import Organisation

AMBIGUOUS = -1

_HOLDS_MEMBERS = (OrganisationKind.GRASSROOTS_UNION, OrganisationKind.JOINT_UNION)
# Their rosters are what they collected and looked through, not one employer's word.
_FEDERATED = (OrganisationKind.FEDERATION, OrganisationKind.TOWN_UNION)


@dataclass(frozen=True)
class RosterContext:
    """The world a roster is checked in.

    employers: by name and by code in capitals; AMBIGUOUS where two share a name.
    regions: the division each employer lies in.
    own_employer_id: where everyone works unless a row says otherwise, if anywhere.
    unions: the union of an employer; own_union_id: where everyone is a member, if
    the roster is a grassroots or joint union's.
    source: whose word its rows are, which decides what they may replace.
    on: the day the roster's facts are true as of. today: the day of the check.
    """

    organisation: Organisation
    employers: Mapping[str, int]
    own_employer_id: int | None
    regions: Mapping[int, str]
    unions: Mapping[int | None, int]
    own_union_id: int | None
    on: date
    today: date
    now: datetime
    allow_demonstration: bool
    source: Source = Source.EMPLOYER


def context_for(
    organisation: Organisation, *, on: date, today: date, now: datetime
) -> RosterContext:
    """Read what the rows of this organisation's roster may refer to.

    A federation, a town union and a joint union may name the employers of their
    region; an employer, and the union of one employer, only that employer.
    """
    own_employer_id = _own_employer_id(organisation)
    employers = Organisation.objects.filter(closed_on__isnull=True)
    if own_employer_id is None:
        employers = employers.filter(
            region__code__startswith=organisation.region_id
        ).exclude(kind__in=UNIONS)
    else:
        employers = employers.filter(pk=own_employer_id)
    unions = Organisation.objects.filter(
        kind__in=_HOLDS_MEMBERS,
        employer__isnull=False,
        closed_on__isnull=True,
        region__code__startswith=organisation.region_id,
    )
    return RosterContext(
        organisation=organisation,
        employers=_by_name_and_code(
            employers.values_list("id", "name", "code", "credit_code")
        ),
        own_employer_id=own_employer_id,
        regions=dict(employers.values_list("id", "region_id")),
        unions=dict(unions.values_list("employer_id", "id")),
        own_union_id=(organisation.pk if organisation.kind in _HOLDS_MEMBERS else None),
        on=on,
        today=today,
        now=now,
        allow_demonstration=settings.DEMONSTRATION,
        source=(
            Source.FEDERATION if organisation.kind in _FEDERATED else Source.EMPLOYER
        ),
    )


def _own_employer_id(organisation: Organisation) -> int | None:
    if not organisation.is_union:
        return organisation.pk
    return organisation.employer_id


def _by_name_and_code(
    rows: Iterable[tuple[int, str, str, str | None]],
) -> dict[str, int]:
    found: dict[str, int] = {}
    for pk, name, code, credit_code in rows:
        key = plain_name(name)
        found[key] = pk if found.get(key, pk) == pk else AMBIGUOUS
        for exact in (code, credit_code):
            if exact:
                found[exact.upper()] = pk
    return found


def plain_name(name: str) -> str:
    """Fold width, brackets and spaces, which differ from one hand to the next."""
    return plain(name).upper()
