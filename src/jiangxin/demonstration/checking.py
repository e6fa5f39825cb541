"""Do the records add up to the figures of the nine stories? Counted by queries."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from jiangxin.demonstration.acting import listed as listed_in
from jiangxin.demonstration.holdings import listed
from jiangxin.demonstration.plan import Plan
from jiangxin.demonstration.window import PLAN, expected
from jiangxin.kernel.credentials.enums import (
    CredentialKind,
    CredentialStatus,
    SkillGrade,
)
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.policy.models import PolicyMatch
from jiangxin.kernel.register.enums import OrganisationKind, Ownership, SiteKind
from jiangxin.kernel.register.models import Membership, Organisation, Person, Site
from jiangxin.programmes.service_window.models import UnionCertificate

MAKER = "talent_pools.countryside_maker"
STAR = "craftsmen.star_technician"
HIGHLY_SKILLED = "craftsmen.highly_skilled_worker"
OWN_PROVINCE = "33"
# The page's own number.
FULL_PROXY = 25


@dataclass(frozen=True)
class Figure:
    """key: the row of docs/reference/demonstration-data.md that explains it."""

    key: str
    expected: int
    found: int

    @property
    def adds_up(self) -> bool:
        return self.expected == self.found


def count_figures(plan: Plan) -> Iterator[Figure]:
    """Yield each figure as planned and as the register holds it now."""
    yield from _skilled(plan)
    lanxi = plan.place("lanxi")
    makers = _of_groups(plan, "lanxi", {"makers"})
    yield Figure("lanxi.makers", makers, _matched(MAKER, lanxi.region))
    yield Figure("lanxi.makers_union", makers, _members(f"M{lanxi.region}"))
    binjiang = plan.place("binjiang")
    yield Figure(
        "binjiang.foreign",
        binjiang.foreign_employers,
        _organisations(binjiang.region, ownership=Ownership.FOREIGN).count(),
    )
    yield from _holdings(plan)
    yield from _window()
    partners = Organisation.objects.filter(kind=OrganisationKind.FEDERATION).exclude(
        region__code__startswith=OWN_PROVINCE
    )
    yield Figure("yiwu.partners", len(plan.partners), partners.count())


def _skilled(plan: Plan) -> Iterator[Figure]:
    for key in ("tiantai", "yongjia"):
        place = plan.place(key)
        graded = {group.key for group in place.groups if group.grades}
        high = graded - {"skilled"}
        yield Figure(
            f"{key}.skilled",
            _of_groups(plan, key, graded),
            _graded(place.region, SkillGrade.JUNIOR),
        )
        yield Figure(
            f"{key}.highly_skilled",
            _of_groups(plan, key, high),
            _graded(place.region, SkillGrade.SENIOR),
        )
        yield Figure(
            f"{key}.highly_skilled_matched",
            _of_groups(plan, key, high),
            _matched(HIGHLY_SKILLED, place.region),
        )
    tiantai = plan.place("tiantai")
    yield Figure(
        "tiantai.star",
        _of_groups(plan, "tiantai", {"star"}),
        _matched(STAR, tiantai.region),
    )


def _of_groups(plan: Plan, place: str, keys: set[str]) -> int:
    groups = plan.place(place).groups
    return sum(group.count for group in groups if group.key in keys)


def _working_in(region: str, through: str = "") -> Q:
    return Q(
        (f"{through}employments__organisation__region__code__startswith", region),
        (f"{through}employments__valid_to__isnull", True),
    )


def _graded(region: str, least: SkillGrade) -> int:
    """Count people who hold this grade or a higher one, each once."""
    certificates = Credential.objects.filter(
        kind=CredentialKind.SKILL_CERTIFICATE,
        status=CredentialStatus.VALID,
        grade__gte=least,
    )
    people = Person.objects.filter(_working_in(region))
    return people.filter(pk__in=certificates.values("person")).count()


def _matched(policy: str, region: str) -> int:
    matches = PolicyMatch.objects.filter(policy_code=policy, valid_to__isnull=True)
    return matches.filter(_working_in(region, "person__")).count()


def _members(union: str) -> int:
    return Membership.objects.filter(union__code=union, valid_to__isnull=True).count()


def _organisations(region: str, **conditions: object) -> QuerySet[Organisation]:
    return Organisation.objects.filter(region__code__startswith=region, **conditions)


def _window() -> Iterator[Figure]:
    """Count the quarter of story 6: by certificates, by matters, by their clocks."""
    plan = listed_in(PLAN)
    region, (first, last) = plan["region"], plan["quarter"]
    certificates = UnionCertificate.objects.filter(
        organisation__region__code__startswith=region,
        issued_on__range=(first, last),
        matter__isnull=False,
    )
    matters = Matter.objects.filter(certificate__in=certificates)
    yield Figure("pujiang.certificates", expected(), certificates.count())
    yield Figure(
        "pujiang.proxy",
        FULL_PROXY,
        matters.filter(channel=Channel.PROXY).count(),
    )
    yield Figure("pujiang.on_time", expected(), matters.filter(is_on_time=True).count())


def _holdings(plan: Plan) -> Iterator[Figure]:
    """Count what data/holdings.yaml lists, summed by place, kind and holder."""
    for place, kind, of in sorted(
        {(e["place"], e["kind"], e["of"] == "people") for e in listed()["credentials"]}
    ):
        given = Credential.objects.filter(kind=kind, status=CredentialStatus.VALID)
        region = plan.place(place).region
        if of:
            # By employer: the province's region would take in every county's people.
            found = given.filter(
                person__employments__organisation__code__startswith=f"E{region}-",
                person__employments__valid_to__isnull=True,
            ).count()
        else:
            found = given.filter(organisation__region__code__startswith=region).count()
        expected = _listed("credentials", place, kind, people=of)
        holders = "people" if of else "organisations"
        yield Figure(f"{place}.{kind}.{holders}", expected, found)
    for place, kind in sorted({(e["place"], e["kind"]) for e in listed()["sites"]}):
        sites = Site.objects.filter(
            kind=SiteKind(kind),
            organisation__region__code__startswith=plan.place(place).region,
        )
        yield Figure(
            f"{place}.site.{kind}", _listed("sites", place, kind), sites.count()
        )


def _listed(table: str, place: str, kind: str, *, people: bool | None = None) -> int:
    return sum(
        entry["count"]
        for entry in listed()[table]
        if (entry["place"], entry["kind"]) == (place, kind)
        and people in {None, entry["of"] == "people"}
    )
