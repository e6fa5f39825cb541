"""Made-up unions, employers, banks, schools and public bodies of the places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from jiangxin.demonstration.chance import rows_of, spread, weighted
from jiangxin.demonstration.numbers import credit_code
from jiangxin.demonstration.plan import Place, words
from jiangxin.kernel.register.enums import OrganisationKind, Ownership, Scale

# Above this many workers an employer counts as above the designated scale here. The
# real test is its revenue, which the register does not hold.
ABOVE_SCALE = 60
# Fewer members than this share a joint union (Trade Union Law, article 11).
OWN_UNION = 25
SCALES = ((1000, Scale.LARGE), (300, Scale.MEDIUM), (20, Scale.SMALL), (0, Scale.MICRO))
LARGEST_DRAW = 400.0
FOUNDED = (date(1992, 1, 1), date(2022, 12, 31))
FEDERATED_ON = date(2000, 1, 1)

_PRIVATE = weighted(
    [(Ownership.PRIVATE, 90), (Ownership.COLLECTIVE, 6), (Ownership.STATE, 4)]
)


@dataclass(frozen=True)
class Draft:
    """An organisation to be registered; others are named by their codes."""

    code: str
    name: str
    kind: OrganisationKind
    region: str
    valid_from: date
    credit_code: str = ""
    industry: str = ""
    sector: str = ""
    size: float = 0.0
    ownership: str = ""
    is_above_scale: bool = False
    upper: str | None = None
    employer: str | None = None

    @property
    def scale(self) -> str:
        if self.kind != OrganisationKind.EMPLOYER:
            return ""
        return next(scale for least, scale in SCALES if self.size >= least)


@dataclass(frozen=True)
class Surroundings:
    """What the regions say of a place: names by code, and where its employers sit."""

    names: Mapping[str, str]
    towns: Sequence[str]

    def short(self, region: str) -> str:
        """The name without its last sign, which says the level."""
        return self.names[region][:-1]


@dataclass
class Serials:
    """Counts credit codes through the whole demonstration."""

    last: int = 0

    def credit_code(self, authority: str) -> str:
        self.last += 1
        return credit_code(authority, self.last)


def draw_federations(
    regions: Sequence[str], names: Mapping[str, str], serials: Serials
) -> Iterator[Draft]:
    """Yield the federation of each region, under that of the region around it.

    regions: widest first.
    """
    known = set(regions)
    for region in regions:
        above = region[:-2]
        yield Draft(
            code=f"F{region}",
            name=words()["federation"].format(place=names[region]),
            kind=OrganisationKind.FEDERATION,
            region=region,
            valid_from=FEDERATED_ON,
            credit_code=serials.credit_code("89"),
            upper=f"F{above}" if above in known else None,
        )


def draw_place(
    place: Place, around: Surroundings, serials: Serials, chance: Random
) -> list[Draft]:
    """Return everything under the federation of a place, upper unions first."""
    unions = [_town_union(town, place, around, serials) for town in around.towns]
    joint = [_joint_union(town, around, serials) for town in around.towns]
    employers = _employers(place, around, serials, chance)
    own = [
        _grassroots_union(employer, serials)
        for employer in employers
        if employer.size >= OWN_UNION
    ]
    others = list(_others(place, around, serials, chance))
    return [*unions, *joint, *employers, *own, *others]


def union_of(employer: Draft) -> str:
    """Return the code of the union its workers belong to."""
    if employer.size >= OWN_UNION:
        return f"U{employer.code[1:]}"
    return f"J{employer.region}"


def sector_of(industry: str) -> str:
    """Return the trades of an industry; the most common ones for an unknown one."""
    sectors = {row["code"]: row["sector"] for row in rows_of("industries.csv")}
    return sectors.get(industry) or sectors.get(industry[:3]) or "machining"


def _town_union(
    town: str, place: Place, around: Surroundings, serials: Serials
) -> Draft:
    return Draft(
        code=f"T{town}",
        name=words()["town_union"].format(place=around.names[town]),
        kind=OrganisationKind.TOWN_UNION,
        region=town,
        valid_from=FEDERATED_ON,
        credit_code=serials.credit_code("81"),
        upper=f"F{place.region}",
    )


def _joint_union(town: str, around: Surroundings, serials: Serials) -> Draft:
    return Draft(
        code=f"J{town}",
        name=words()["joint_union"].format(place=around.names[town]),
        kind=OrganisationKind.JOINT_UNION,
        region=town,
        valid_from=FEDERATED_ON,
        credit_code=serials.credit_code("81"),
        upper=f"T{town}",
    )


def makers_union(place: Place, around: Surroundings, serials: Serials) -> Draft:
    """Return the joint union of the makers of the countryside."""
    return Draft(
        code=f"M{place.region}",
        name=words()["makers_union"].format(place=around.names[place.region]),
        kind=OrganisationKind.JOINT_UNION,
        region=place.region,
        valid_from=date(2023, 4, 28),
        credit_code=serials.credit_code("81"),
        upper=f"F{place.region}",
    )


def _grassroots_union(employer: Draft, serials: Serials) -> Draft:
    return Draft(
        code=union_of(employer),
        name=words()["grassroots_union"].format(employer=employer.name),
        kind=OrganisationKind.GRASSROOTS_UNION,
        region=employer.region,
        valid_from=employer.valid_from,
        credit_code=serials.credit_code("81"),
        upper=f"T{employer.region}",
        employer=employer.code,
    )


def _employers(
    place: Place, around: Surroundings, serials: Serials, chance: Random
) -> list[Draft]:
    count = place.employers + place.foreign_employers
    known = {row["key"]: row for row in rows_of("industries.csv")}
    heads = spread(count, list(place.industries.values()))
    kinds = [
        known[key]
        for key, n in zip(place.industries, heads, strict=True)
        for _ in range(n)
    ]
    chance.shuffle(kinds)
    sizes = _sizes(count, place, chance)
    brands = _brands(count, chance)
    foreign = set(chance.sample(range(count), place.foreign_employers))
    days = (FOUNDED[1] - FOUNDED[0]).days
    return [
        Draft(
            code=f"E{place.region}-{i + 1:05}",
            name=_company_name(
                brands[i], kinds[i], place, around, foreign=i in foreign
            ),
            kind=OrganisationKind.EMPLOYER,
            region=chance.choice(around.towns),
            valid_from=date.fromordinal(
                FOUNDED[0].toordinal() + int(chance.random() * days)
            ),
            credit_code=serials.credit_code(kinds[i]["authority"]),
            industry=kinds[i]["code"],
            sector=kinds[i]["sector"],
            size=sizes[i],
            ownership=(
                Ownership.FOREIGN if i in foreign else _PRIVATE.draw(chance, 1)[0]
            ),
            # One at least, so that every place has some.
            is_above_scale=sizes[i] >= min(ABOVE_SCALE, max(sizes)),
        )
        for i in range(count)
    ]


def _sizes(count: int, place: Place, chance: Random) -> list[float]:
    """Return how many work at each employer: few at most, very many at a few."""
    drawn = [min(chance.paretovariate(place.tail), LARGEST_DRAW) for _ in range(count)]
    whole = sum(drawn)
    mean = max(place.people / count, place.mean_size)
    return [size * mean * count / whole for size in drawn]


def _brands(count: int, chance: Random) -> list[str]:
    signs = [row["character"] for row in rows_of("brands.csv")]
    pairs = chance.sample(range(len(signs) ** 2), count)
    return [signs[pair // len(signs)] + signs[pair % len(signs)] for pair in pairs]


def _company_name(
    brand: str,
    kind: Mapping[str, str],
    place: Place,
    around: Surroundings,
    *,
    foreign: bool,
) -> str:
    is_cooperative = kind["authority"] != "91"
    form = "cooperative" if is_cooperative else "company"
    form = "foreign_company" if foreign else form
    name: str = words()[form].format(
        place=around.short(place.region), brand=brand, word=kind["word"]
    )
    return name


def _others(
    place: Place, around: Surroundings, serials: Serials, chance: Random
) -> Iterator[Draft]:
    """Yield banks, schools and the public bodies a federation works with."""
    short, full = around.short(place.region), around.names[place.region]
    brands = _brands(place.banks + place.schools, chance)
    named = [
        (
            "B",
            OrganisationKind.BANK,
            words()["bank"].format(place=short, brand=brand),
            "91",
        )
        for brand in brands[: place.banks]
    ]
    named += [
        (
            "S",
            OrganisationKind.SCHOOL,
            words()["school"].format(place=short, brand=b),
            "12",
        )
        for b in brands[place.banks :]
    ]
    if len(place.region) > 2:  # noqa: PLR2004 -- a county, not the province
        named += [
            ("P", OrganisationKind.PUBLIC_BODY, form.format(place=full), "11")
            for form in words()["public_bodies"]
        ]
    for i, (letter, kind, name, authority) in enumerate(named, 1):
        yield Draft(
            code=f"{letter}{place.region}-{i:02}",
            name=name,
            kind=kind,
            region=place.region,
            valid_from=FEDERATED_ON,
            credit_code=serials.credit_code(authority),
        )
