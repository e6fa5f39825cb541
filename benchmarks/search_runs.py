"""Searches of one register, measured in a process of its own; see search."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

import django

from benchmarks.report import Measure, peak_megabytes, print_measure

django.setup()

from django.db import connection  # noqa: E402 -- after setup
from django.db.models import Q, QuerySet  # noqa: E402 -- after setup

from benchmarks.made_register import make_register  # noqa: E402 -- after setup
from jiangxin.foundation.actor import Actor, Scope  # noqa: E402 -- after setup
from jiangxin.foundation.wall.visits import admit, behind_the_wall  # noqa: E402 -- as above
from jiangxin.foundation.web.listing.paging import ordered, take  # noqa: E402 -- as above
from jiangxin.kernel.access.enums import Role  # noqa: E402 -- after setup
from jiangxin.kernel.access.queries import AccountActor, HeldRole  # noqa: E402 -- as above
from jiangxin.kernel.register.models import Employment, Person  # noqa: E402 -- as above
from jiangxin.kernel.register.models.person import id_tail_index  # noqa: E402 -- as above
from jiangxin.kernel.register.queries.search import people_matching  # noqa: E402 -- as above
from jiangxin.kernel.register.queries.visibility import people_visible_to  # noqa: E402 -- as above
from jiangxin.kernel.register.views.people_listing import (  # noqa: E402 -- as above
    people_listing,
    with_ties,
)

TIMES = 25
PAGE = 25
COUNTY = "330726"

Find = Callable[[QuerySet[Person], str], QuerySet[Person]]


def samples(seed: int, times: int) -> dict[str, list[str]]:
    """Return texts of each kind that a clerk may type, of people who exist."""
    chance = Random(seed)
    numbers = list(Person.objects.values_list("pk", flat=True))
    people = Person.objects.in_bulk(chance.sample(numbers, times))
    typed: dict[str, list[str]] = {}
    for person in people.values():
        employer = person.employments.get().organisation.name
        for kind, text in {
            "name": person.name,
            "surname": person.name[0],
            "given name": person.name[1:],
            "pinyin": person.name_pinyin,
            "pinyin begun": person.name_pinyin[:3],
            "one letter": person.name_pinyin[0],
            "initials": person.name_initials,
            "two initials": person.name_initials[:2],
            "employer": employer,
            "part of employer": employer[:2],
            "any employer": employer[-4:],
            "name and employer": f"{person.name} {employer[:4]}",
            "last four": person.id_number[-4:],
            "phone": person.phone or str(person.pk),
            "identity number": person.id_number,
            "person number": str(person.pk),
            "nobody": f"{person.name}\u4e00",
        }.items():
            typed.setdefault(kind, []).append(text)
    return typed


def actors() -> Iterator[Actor]:
    """An officer of everywhere and of a county, and the clerk of one employer."""
    busiest = Employment.objects.order_by("organisation").first()
    code = busiest.organisation.code if busiest else ""
    for role, scope in (
        (Role.FEDERATION_OFFICER, Scope()),
        (Role.FEDERATION_OFFICER, Scope(COUNTY)),
        (Role.UNION_CLERK, Scope(organisation_code=code)),
    ):
        yield AccountActor(1, "bench", held=(HeldRole(role, scope),))


def indexed(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    for word in text.split():
        people = people_matching(people, word)
    return people


def scanned(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """The plain way: every word anywhere in any column."""
    for word in text.split():
        people = people.filter(
            Q(name__icontains=word)
            | Q(name_pinyin__icontains=word)
            | Q(name_initials__icontains=word)
            | Q(id_tail_index=id_tail_index(word))
            | Q(
                pk__in=Employment.objects.filter(
                    valid_to__isnull=True, organisation__name__icontains=word
                ).values("person")
            )
        )
    return people


def search(find: Find, seed: str, times: int = TIMES) -> Measure:
    """Find people and read the first page as the list does: count, rows, their ties."""
    column = next(c for c in people_listing().columns if c.key == "name")
    seconds: dict[str, list[float]] = {}
    typed = samples(int(seed), times)
    limit = people_listing().count_limit
    asked = [(kind, text) for kind, texts in typed.items() for text in texts]
    for actor in list(actors()):
        with behind_the_wall():
            admit(actor)
            for kind, text in asked:
                begun = time.perf_counter()
                people = with_ties(find(people_visible_to(actor), text))
                rows = ordered(people, column, falling=False)
                take(rows, number=1, size=PAGE, count_limit=limit)
                seconds.setdefault(kind, []).append(time.perf_counter() - begun)
    return measured(seconds)


def floor(seed: str) -> Measure:
    """Read a page of people whose primary keys are known."""
    chance = Random(int(seed))
    numbers = list(Person.objects.values_list("pk", flat=True))
    seconds = []
    for _ in range(TIMES * 20):
        keys = chance.sample(numbers, PAGE)
        begun = time.perf_counter()
        list(with_ties(Person.objects.filter(pk__in=keys)))
        seconds.append(time.perf_counter() - begun)
    return measured({"by primary key": seconds})


def measured(seconds: dict[str, Sequence[float]]) -> Measure:
    """Return the 95th percentile of all searches, and of each kind in milliseconds."""
    together = [each for some in seconds.values() for each in some]
    return Measure(
        "search",
        Person.objects.count(),
        percentile(together, 95),
        peak_megabytes(),
        f"median {statistics.median(together) * 1e3:.1f} ms,"
        f" slowest {max(together) * 1e3:.1f} ms, of {len(together)}",
        {kind: round(percentile(some, 95) * 1e3, 1) for kind, some in seconds.items()},
    )


def percentile(seconds: Sequence[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1]


def make(people: str) -> Measure:
    begun = time.perf_counter()
    make_register(int(people))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    took = time.perf_counter() - begun
    return Measure("make", int(people), took, peak_megabytes())


RUNS: dict[str, Callable[..., Measure]] = {
    "make": make,
    "ours": lambda seed: search(indexed, seed),
    # Fewer, for each takes long.
    "peer": lambda seed: search(scanned, seed, times=TIMES // 8),
    "floor": floor,
}

if __name__ == "__main__":
    print_measure(RUNS[sys.argv[1]](*sys.argv[2:]))
