"""Small policies and people for these tests."""

from datetime import UTC, date, datetime

from jiangxin.kernel.credentials.enums import CredentialKind, Ladder
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.policy.enums import (
    Absence,
    Comparison,
    Junction,
    Period,
    Subject,
    Tier,
)
from jiangxin.kernel.policy.rules.tree import (
    GrantRow,
    GrantTable,
    Group,
    Leaf,
    Policy,
    Sentence,
)
from jiangxin.kernel.register.models import (
    Employment,
    Membership,
    Organisation,
    Person,
    Region,
)

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LONG_AGO = date(2020, 1, 1)

WORDS = Sentence("某条件", "Some condition")


def leaf(attribute, comparison, given, absent_means=Absence.UNKNOWN):
    return Leaf(attribute, Comparison(comparison), given, WORDS, "c. 1", absent_means)


def any_of(*members):
    return Group(Junction.ANY_OF, members, WORDS, "c. 2")


def all_of(*members):
    return Group(Junction.ALL_OF, members, WORDS, "c. 3")


def row(*when, gives=None, rate=None):
    return GrantRow(when, gives, rate, WORDS, "c. 4")


def table(rows, period=Period.ONCE):
    return GrantTable(period, tuple(rows))


def policy(*conditions, region="", starts=LONG_AGO, ends=None, **values):
    details = {
        "code": "tests.some_policy",
        "title": Sentence("某政策", "Some policy"),
        "summary": Sentence("某摘要", "Some summary"),
        "issuer": "某单位",
        "document": "《某文件》",
        "clause": "第一条",
        "region": region,
        "subject": Subject.PERSON,
        "in_force_from": starts,
        "in_force_to": ends,
        "tier": Tier.QUICK,
        "is_demonstration": False,
        "note": None,
        "conditions": conditions,
        "cases": (),
        "version": "v1",
    }
    return Policy(**{**details, **values})


def region(code):
    levels = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
    parent = None
    for length in (2, 4, 6, 9, 12):
        if length <= len(code):
            parent, _made = Region.objects.get_or_create(
                pk=code[:length],
                defaults={
                    "name": f"R{code[:length]}",
                    "level": levels[length],
                    "parent": parent,
                },
            )
    return parent


def organisation(code="o1", *, kind="employer", at="331023", **values):
    return Organisation.objects.create(
        code=code,
        name=values.pop("name", f"Organisation {code}"),
        kind=kind,
        region=region(at),
        valid_from=LONG_AGO,
        **values,
    )


def person(number=1, **values):
    details = {
        "name": f"职工{number}",
        "name_pinyin": f"zhi gong {number}",
        "sex": "1",
        "birth_on": date(1990, 1, 1),
        "education": "31",
        "valid_from": LONG_AGO,
        "id_number": f"X{number}",
        "id_index": f"{number:032d}",
        "registered_at": NOW,
    }
    return Person.objects.create(**{**details, **values})


def count_in(who, region_code):
    """What the register's operations keep beside the ties."""
    who.region_code = region_code
    who.save(update_fields=["region_code"])


def employ(who, at, since=LONG_AGO, until=None, occupation=""):
    count_in(who, at.region_id)
    return Employment.objects.create(
        person=who,
        organisation=at,
        valid_from=since,
        valid_to=until,
        occupation=occupation,
    )


def join(who, union, since=LONG_AGO, until=None):
    count_in(who, who.region_code or union.region_id)
    return Membership.objects.create(
        person=who, union=union, valid_from=since, valid_to=until
    )


def certify(who, grade, *, since=LONG_AGO, until=None, status="valid"):
    return Credential.objects.create(
        person=who,
        kind=CredentialKind.SKILL_CERTIFICATE,
        ladder=Ladder.SKILL,
        grade=grade,
        valid_from=since,
        valid_to=until,
        status=status,
        recorded_at=NOW,
    )
