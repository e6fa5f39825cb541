"""A union of the northern town applies at the window; the window does all the rest."""

from datetime import timedelta
from uuid import uuid4

import pytest

from jiangxin.foundation.actor import Scope
from jiangxin.kernel.matters.enums import Channel
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import accept_matter
from jiangxin.kernel.matters.operations.deciding import grant_matter
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    Contact,
    begin_matter,
    submit_matter,
)
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.matters.registry import service
from jiangxin.programmes.service_window import registry
from jiangxin.programmes.service_window.operations.numbering import (
    NumberFacts,
    enter_number,
)
from tests.kernel.register.cast import COUNTY, SOUTH, Somebody
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)
from tests.unreached import UNREACHED

__all__ = ["firms", "made_up_people", "make_organisation", "make_person", "regions"]

SIDE = frozenset({"register.view_organisations", "register.view_people"})
OFFICE = SIDE | {"matters.view", "matters.handle", "matters.decide", "matters.file"}
CHAIR = Somebody(
    (Scope(organisation_code="U-NORTH"),),
    label="李主席",
    account_id=UNREACHED + 11,
    permissions=SIDE | {"matters.file"},
)
WINDOW = Somebody(
    (Scope(COUNTY),), label="窗口小陈", account_id=UNREACHED + 21, permissions=OFFICE
)
FAR_WINDOW = Somebody(
    (Scope(SOUTH),), label="南镇窗口", account_id=UNREACHED + 23, permissions=OFFICE
)
NOBODY = Somebody(label="路人", account_id=UNREACHED + 99)

CODE = "81330726MC0000012D"
ANSWERS = {
    registry.FIRST: {
        "upper_union": "浦江县总工会",
        "member_count": "30",
        "legal_representative": "李明",
        "domicile": "北镇人民路1号",
        "approval_number": "浦总工〔2026〕12号",
        "term_from": "2026-03-01",
        "term_years": "5",
    },
    registry.CHANGE: {"changed_on": "2026-11-02"},
    registry.RENEWAL: {
        "legal_representative": "周敏",
        "approval_number": "浦总工〔2031〕3号",
        "term_from": "2026-11-01",
        "term_years": "3",
    },
    registry.REISSUE: {"lost_on": "2026-11-10", "what_happened": "搬家时遗失"},
    registry.CANCELLATION: {
        "ground": "merged",
        "ended_on": "2026-11-01",
        "cleared": "yes",
    },
    registry.CREDIT_CODE: {
        "upper_union": "浦江县总工会",
        "legal_representative": "王强",
        "domicile": "北镇人民路2号",
        "approval_number": "浦总工〔2026〕20号",
        "term_from": "2026-03-01",
        "term_years": "5",
    },
    registry.JOIN: {
        "phone": "13800138000",
        "employer": "北方机械",
        "union": "U-NORTH",
        "wish": "yes",
    },
    registry.MOVE: {"phone": "13800138000", "union": "U-SOUTH", "ground": "new_job"},
}


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def accept(firms, now):
    """Bring an application to the window and through acceptance."""

    def accepted(code, *, at=None, papers=None, **more):
        at = at or now
        wanted = service(code)
        subject = (
            {"person_id": more.pop("person_id")}
            if "person_id" in more
            else {"organisation_id": more.pop("union", firms.north_union).pk}
        )
        begun = Begun(code, uuid4(), Channel.WINDOW, **subject)
        matter = begin_matter(begun, actor=WINDOW, now=at)
        matter = submit_matter(
            matter_id=matter.pk,
            seen=matter.version,
            answers={**ANSWERS[code], **more},
            contact=Contact("李主席", "13800138000"),
            actor=WINDOW,
            now=at,
        )
        needed = [one.key for one in wanted.materials if one.is_needed]
        return accept_matter(
            matter_id=matter.pk,
            seen=matter.version,
            papers=[*needed, *(papers or ())],
            actor=WINDOW,
            now=at + timedelta(minutes=5),
        )

    return accepted


@pytest.fixture
def finish(now):
    """Do the steps up to one, or all of them."""

    def finished(matter, *, until="", at=None):
        matter = fresh(matter)
        while matter.step != until:
            matter = finish_step(
                matter_id=matter.pk, seen=matter.version, actor=WINDOW, now=at or now
            )
        return matter

    return finished


@pytest.fixture
def number(now):
    def entered(matter, text="ZJ-001", *, at=None, actor=WINDOW, **more):
        day = (at or now).date()
        facts = {
            "issued_on": day,
            "valid_from": day,
            "valid_to": day.replace(year=day.year + 4),
            "credit_code": CODE,
            **more,
        }
        return enter_number(
            matter_id=matter.pk,
            facts=NumberFacts(text, **facts),
            actor=actor,
            now=at or now,
        )

    return entered


@pytest.fixture
def grant(now):
    def granted(matter, *, at=None):
        return grant_matter(
            matter_id=matter.pk,
            seen=fresh(matter).version,
            actor=WINDOW,
            now=at or now + timedelta(minutes=10),
        )

    return granted


@pytest.fixture
def carry(accept, finish, number, grant):
    """From application to decision; returns the granted matter."""

    def carried(code, text="ZJ-001", *, at=None, days=None, **more):
        matter = accept(code, at=at, **more)
        if code in registry.ISSUES:
            finish(matter, until="number", at=at)
            number(matter, text, at=at, **(days or {}))
        finish(matter, at=at)
        return grant(matter, at=at)

    return carried
