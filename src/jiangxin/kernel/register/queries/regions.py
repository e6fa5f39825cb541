"""Regions: where they lie, and which there are to choose from."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ids.division_code import check_division_code
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.kernel.register.enums import RegionLevel
from jiangxin.kernel.register.models import Region
from jiangxin.kernel.register.queries.visibility import within

CODE_LENGTHS = (2, 4, 6, 9, 12)
BETWEEN = " / "
MOST_CHOICES = 400


def codes_above(code: str) -> list[str]:
    """Return the codes of the divisions a code lies in, widest first, itself last."""
    return [code[:length] for length in CODE_LENGTHS if length <= len(code)]


def paths_of(codes: Iterable[str]) -> dict[str, str]:
    """Return region paths by code, in one query: "Zhejiang / Jinhua / Pujiang"."""
    wanted = set(codes) - {""}
    above = {each for code in wanted for each in codes_above(code)}
    names = names_of(above)
    return {
        code: BETWEEN.join(names[each] for each in codes_above(code) if each in names)
        for code in wanted
    }


def path_of(code: str) -> str:
    """Return one region's path, "" for no code."""
    return paths_of([code]).get(code, "")


def names_of(codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of those codes that are regions."""
    return dict(Region.objects.filter(pk__in=codes).values_list("code", "name"))


def get_region(code: str) -> Region:
    """Raises NotFound."""
    region = Region.objects.filter(pk=code).first()
    if region is None:
        raise NotFound
    return region


def children_of(code: str) -> QuerySet[Region]:
    """Return the divisions right below a code; the provinces below ""."""
    return Region.objects.filter(parent=code or None).order_by("code")


def open_regions_within(actor: Actor, permission: str) -> QuerySet[Region]:
    """Return the regions in use that the actor holds `permission` for by region."""
    covered = Q(pk__in=[])
    for scope in actor.scopes(permission):
        if not scope.organisation_code:
            covered |= within(scope.region_code, "code") or Q(code__gt="")
    return Region.objects.filter(covered, valid_to__isnull=True).order_by("code")


def towns_to_choose(actor: Actor, permission: str) -> list[tuple[str, str]]:
    """Return code and label of the towns of an actor's place, for filters and pickers.

    The counties instead, or the cities, where there would be too many to choose from.
    """
    regions = open_regions_within(actor, permission)
    for level in (RegionLevel.TOWN, RegionLevel.COUNTY, RegionLevel.CITY):
        found = list(
            regions.filter(level=level).select_related("parent")[: MOST_CHOICES + 1]
        )
        if found and len(found) <= MOST_CHOICES:
            return [(region.pk, _label(region)) for region in found]
    return list(regions.filter(level=RegionLevel.PROVINCE).values_list("code", "name"))


def _label(region: Region) -> str:
    above = f"{region.parent.name} " if region.parent else ""
    return f"{above}{region.name}"


def find_regions(text: str, *, among: QuerySet[Region]) -> list[Region]:
    """Return the regions that a typed text may mean: by code, name, or end of a path.

    "330726100" or "330726100000" is a code; "Pujiang / Puyang" narrows "Puyang".
    """
    typed = text.strip()
    try:
        return list(among.filter(code=check_division_code(typed).code))
    except IdProblem:
        # Not a code, so a name.
        pass
    *above, name = [part.strip() for part in typed.split(BETWEEN.strip())]
    found = list(among.filter(name=name)[:MOST_CHOICES])
    if above:
        paths = paths_of([region.pk for region in found])
        wanted = BETWEEN.join([*above, name])
        found = [region for region in found if paths[region.pk].endswith(wanted)]
    return found
