"""A trial service, its applicant in the northern town, and a window in the county town."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from jiangxin.foundation import parts
from jiangxin.foundation.actor import Scope
from jiangxin.foundation.parts import Part, register_part
from jiangxin.kernel.matters import registry
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.accepting import (
    accept_matter,
    ask_supplements,
)
from jiangxin.kernel.matters.operations.deciding import grant_matter
from jiangxin.kernel.matters.operations.drafting import (
    Begun,
    Contact,
    begin_matter,
    submit_matter,
)
from jiangxin.kernel.matters.operations.materials import NewFile, add_material
from jiangxin.kernel.matters.operations.working import finish_step
from jiangxin.kernel.matters.registry import ServiceFolder
from tests.foundation.uploads.samples import pdf, png
from tests.kernel.register.cast import COUNTY, SOUTH, Somebody
from tests.kernel.register.conftest import (
    firms,
    made_up_people,
    make_organisation,
    make_person,
    regions,
)
from tests.unreached import UNREACHED

__all__ = [
    "PDF",
    "PNG",
    "firms",
    "made_up_people",
    "make_organisation",
    "make_person",
    "regions",
]

PDF, PNG = pdf(), png()
PERMIT = "trial.permit"
REQUEST = "trial.request"
CONTACT = Contact("李主席", "13800138000")
ANSWERS = {"chair": "李明", "years": "5"}
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
COLLEAGUE = Somebody(
    (Scope(COUNTY),), label="窗口小周", account_id=UNREACHED + 22, permissions=OFFICE
)
FAR_WINDOW = Somebody(
    (Scope(SOUTH),), label="南镇窗口", account_id=UNREACHED + 23, permissions=OFFICE
)
LEADER = Somebody(
    (Scope(COUNTY),),
    label="王主席",
    account_id=UNREACHED + 31,
    permissions=SIDE | {"matters.view", "matters.assign"},
)
NOBODY = Somebody(label="路人", account_id=UNREACHED + 99)


@pytest.fixture(autouse=True)
def trial_services(monkeypatch):
    """Bring the trial services beside those of the programmes."""
    monkeypatch.setattr(parts, "_parts", dict(parts._parts))
    folder = Path(__file__).parent / "services"
    register_part(Part("trial", "Trial", "", brings=(ServiceFolder(folder),)))
    registry._services.cache_clear()
    yield
    monkeypatch.undo()
    registry._services.cache_clear()


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.JIANGXIN_UPLOADS = tmp_path
    return tmp_path


@pytest.fixture
def offer(tmp_path, monkeypatch):
    """Offer the trial permit with other words from now on; None: no longer."""
    service = registry.service("trial.permit")

    def offered(**changes):
        folder = tmp_path / f"services-{len(changes)}"
        folder.mkdir()
        if changes:
            text = service.text
            for words, instead in changes["words"]:
                assert words in text
                text = text.replace(words, instead)
            (folder / "permit.yaml").write_text(text, encoding="utf-8")
        monkeypatch.delitem(parts._parts, "trial")
        register_part(Part("trial", "Trial", "", brings=(ServiceFolder(folder),)))
        registry._services.cache_clear()

    return offered


@pytest.fixture
def begin(firms, now):
    def begun(actor=CHAIR, *, service=PERMIT, at=None, **more):
        given = {"token": uuid4(), "organisation_id": firms.north_union.pk, **more}
        return begin_matter(Begun(service, **given), actor=actor, now=at or now)

    return begun


@pytest.fixture
def hand_in(now):
    def handed_in(matter, *keys, actor=CHAIR, content=PDF, name="文件.pdf", at=None):
        for key in keys:
            add_material(
                matter_id=matter.pk,
                key=key,
                file=NewFile(name, content),
                actor=actor,
                now=at or now,
            )

    return handed_in


@pytest.fixture
def submit(begin, hand_in, now):
    """Submit a whole application; `missing` materials are not handed in."""

    def submitted(*, missing=(), at=None, answers=ANSWERS):
        matter = begin(at=at)
        hand_in(matter, *{"approval", "form"}.difference(missing), at=at)
        return submit_matter(
            matter_id=matter.pk,
            seen=matter.version,
            answers=answers,
            contact=CONTACT,
            actor=CHAIR,
            now=at or now,
        )

    return submitted


@pytest.fixture
def accept(submit, now):
    def accepted(*, actor=WINDOW, at=None, later=timedelta(hours=1), **more):
        matter = submit(at=at)
        return accept_matter(
            matter_id=matter.pk,
            seen=matter.version,
            actor=actor,
            now=(at or now) + later,
            **more,
        )

    return accepted


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def ask(now):
    """Tell the applicant what to put right."""

    def asked(matter, *items, actor=WINDOW, at=None):
        return ask_supplements(
            matter_id=matter.pk,
            seen=fresh(matter).version,
            items=dict.fromkeys(items or ["material:form"], "没有盖章"),
            actor=actor,
            now=at or now,
        )

    return asked


@pytest.fixture
def act(now):
    """Do an act to a matter as it is now, whatever was seen of it before."""

    def acted(operation, matter, *, actor=WINDOW, at=None, **more):
        return operation(
            matter_id=matter.pk,
            seen=fresh(matter).version,
            actor=actor,
            now=at or now,
            **more,
        )

    return acted


@pytest.fixture
def grant(accept, act):
    """Grant a whole application."""

    def granted(*, at=None, matter=None):
        matter = matter or accept(at=at)
        for _step in ("review", "publicity"):
            act(finish_step, matter, at=at)
        return act(grant_matter, matter, at=at)

    return granted


def lines_of_life(matter):
    """Everything of a matter that an act may change, to see that nothing has."""
    row = Matter.objects.filter(pk=matter.pk).values().get()
    related = [
        list(manager.order_by("pk").values())
        for manager in (matter.acts, matter.stops, matter.notices, matter.materials)
    ]
    return row, related
